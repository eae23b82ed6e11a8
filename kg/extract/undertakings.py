"""Classes that only the claims about a thing can tell."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.claims import Claim
from kg.extract.drafts import FIRM, Draft, Reading

__all__ = ["settle_undertakings"]


def settle_undertakings(claims: Iterable[Claim], reading: Reading) -> None:
    """Takes for an initiative what only its noun calls a technology ("a ticketing system").

    It must be put to use for an event, undertaken with others or the like: the domain's lexicon
    lists the relations that only an undertaking is subject of.
    """
    for claim in claims:
        draft = claim.subject
        if claim.predicate not in reading.lexicon.undertaking_relations or not _may_be(draft):
            continue
        if draft.type == "Technology":
            draft.votes["Initiative"] += draft.weights["Technology"] + FIRM


def _may_be(draft: Draft) -> bool:
    return draft.known is None and not (draft.named and draft.is_firm)
