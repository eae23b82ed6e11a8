"""Where companies are based, as a demonym says: "the Danish toymaker", "Danish toymaker Acme"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from kg.extract.claims import Claim, attribution_of, stretch_of
from kg.extract.drafts import Draft, Reading
from kg.extract.reference import Reference
from kg.model.statement import Modality

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

__all__ = ["nationalities"]

COMPANY = "Company"
CONFIDENCE = 0.7


def nationalities(
    sentence: Span,
    reading: Reading,
    reference: Reference,
    known: Callable[[str], Draft | None],
) -> Iterator[Claim]:
    """Claims in text order; `known` gives the entity of an IRI of the domain's names."""
    for token in sentence:
        iri = reading.lexicon.demonyms.get(token.lower_)
        if iri is None or token.dep_ not in ("amod", "compound", "nmod"):
            continue
        company = _company(token.head, reading, reference)
        place = known(iri) if company is not None else None
        if company is None or place is None:
            continue
        stated = stretch_of(reading, reading.block_of(token), [token, token.head])
        speaker, voice = attribution_of(token, reading, reference.speech, presupposed=True)
        yield Claim(
            company,
            "basedIn",
            place,
            stated,
            "nationality",
            CONFIDENCE,
            Modality.ASSERTED,
            speaker,
            voice,
        )


def _company(head: Token, reading: Reading, reference: Reference) -> Draft | None:
    draft = reading.at(head)
    if draft is None and reading.lexicon.anaphor(head.lemma_) == COMPANY:
        draft = reference.resolve(head, (COMPANY,))
    if draft is None or not draft.named or not reading.is_a(draft, (COMPANY,)):
        return None
    return draft
