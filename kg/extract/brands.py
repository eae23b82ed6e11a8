"""Offerings that carry the name of an organisation ("Acme Pay" of Acme)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.aliases import words
from kg.extract.drafts import Draft, Place, Reading

__all__ = ["Brand", "find_brands"]

# What the name tells of the two, by class of the offering.
PREDICATES = {
    "Platform": ("operatesPlatform",),
    "Product": ("provides",),
    "Service": ("provides",),
    "Technology": ("developedBy", "provides"),
    "Event": ("organizes",),
    "SportsEvent": ("organizes",),
}


@dataclass(frozen=True, slots=True)
class Brand:
    """An offering whose name begins with its owner's, and where it stands."""

    owner: Draft
    offering: Draft
    predicate: str
    place: Place


def find_brands(reading: Reading) -> Iterator[Brand]:
    """Every mention of an offering that bears the name of an organisation of the article."""
    owners = {
        words(name): draft
        for draft in reading.drafts
        if draft.named and reading.is_a(draft, ("Organization",))
        for name in (draft.label, *(reading.text(p) for p in draft.places))
    }
    for draft in list(reading.drafts):
        if not draft.named or draft.type not in PREDICATES or not draft.is_firm:
            continue
        mine = words(draft.label)
        owner = next(
            (owners[mine[:n]] for n in range(len(mine) - 1, 0, -1) if mine[:n] in owners), None
        )
        if owner is None or owner is draft:
            continue
        for predicate in PREDICATES[draft.type]:
            for place in sorted(draft.places):
                yield Brand(owner, draft, predicate, place)
