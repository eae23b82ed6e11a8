"""A claim while its article is still being read, and why a candidate was turned down."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract.drafts import Draft, Reading
from kg.model.statement import Literal, Modality, Voice

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Claim", "Rejections", "token_span"]


@dataclass(eq=False)
class Claim:
    """A statement over drafts; tokens [first, last] of the block state it."""

    subject: Draft
    predicate: str
    object: Draft | Literal
    block: int
    first: int
    last: int
    extractor: str
    confidence: float
    modality: Modality = Modality.ASSERTED
    speaker: Draft | None = None
    voice: Voice = Voice.NARRATOR
    qualifiers: dict[str, Draft | Literal] = field(default_factory=dict)


class Rejections:
    """Counts candidates that were looked at and not stated, by reason."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def add(self, reason: str) -> None:
        """Counts one candidate."""
        self.counts[reason] += 1


def token_span(reading: Reading, block: int, tokens: list[Token]) -> tuple[int, int]:
    """First and last token of the stretch that holds these tokens and their mentions."""
    bounds: list[int] = []
    for token in tokens:
        if reading.block_of(token) != block:
            continue
        bounds.append(token.i)
        draft = reading.at(token)
        if draft is not None:
            for place in draft.places:
                if place.block == block and place.start <= token.i < place.end:
                    bounds.extend((place.start, place.end - 1))
        else:
            modifiers = [t for t in token.lefts if t.dep_ in ("compound", "amod", "nummod")]
            bounds.extend(t.left_edge.i for t in modifiers)
    return min(bounds), max(bounds)
