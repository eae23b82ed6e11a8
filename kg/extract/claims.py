"""A claim while its article is still being read, and why a candidate was turned down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract.drafts import Draft, Place, Reading
from kg.extract.speech import Speech
from kg.model.statement import Literal, Modality, Voice
from kg.model.text import BlockKind

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Claim", "Rejections", "attribution_of", "stretch_of"]


@dataclass(eq=False)
class Claim:
    """A statement over drafts; `place` is the stretch that states it."""

    subject: Draft
    predicate: str
    object: Draft | Literal
    place: Place
    extractor: str
    confidence: float  # [0, 1]
    modality: Modality = Modality.ASSERTED
    speaker: Draft | None = None
    voice: Voice = Voice.NARRATOR
    qualifiers: dict[str, Draft | Literal] = field(default_factory=dict)
    cues: tuple[Token, ...] = ()  # what takes something from the claim, in text order


class Rejections:
    """Counts candidates that were looked at and not stated, by reason."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def add(self, reason: str) -> None:
        """Counts one candidate."""
        self.counts[reason] += 1


def attribution_of(
    token: Token, reading: Reading, speech: Speech, *, presupposed: bool
) -> tuple[Draft | None, Voice]:
    """Who claims what the token states, None for the article itself, and in which voice.

    What is presupposed inside a reported clause is the article's own, for the speaker need not
    have worded it so; what stands in quotation marks is the speaker's.
    """
    speaker, voice = speech.attribution(token)
    if presupposed and voice is Voice.PARAPHRASE:
        speaker, voice = None, Voice.NARRATOR
    if voice is Voice.NARRATOR:
        kind = reading.annotated.blocks[reading.block_of(token)].block.kind
        if kind is BlockKind.CAPTION:
            voice = Voice.CAPTION
        elif kind is not BlockKind.BODY:
            voice = Voice.HEADLINE
    return speaker, voice


def stretch_of(reading: Reading, block: int, tokens: Iterable[Token]) -> Place:
    """The stretch of a block that holds these tokens with their mentions or modifiers.

    Tokens of other blocks are left out; at least one must be of this block.
    """
    bounds: list[int] = []
    for token in tokens:
        if reading.block_of(token) != block:
            continue
        bounds.append(token.i)
        draft = reading.at(token)
        if draft is None:
            modifiers = [t for t in token.lefts if t.dep_ in ("compound", "amod", "nummod")]
            bounds.extend(t.left_edge.i for t in modifiers)
            continue
        for place in draft.places:
            if place.block == block and place.start <= token.i < place.end:
                bounds.extend((place.start, place.end - 1))
    first = min(bounds)
    doc = reading.annotated.blocks[block].doc
    if first and doc[first - 1].dep_ == "prep" and doc[first].dep_ == "pobj":
        first -= 1  # "In Oslo, Acme opens …" is not about "Oslo, Acme"
    return Place(block, first, max(bounds) + 1)
