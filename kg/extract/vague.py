"""Vague counts of what somebody has: "its tens of thousands of loyal readers"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.drafts import Draft, Reading
from kg.extract.reference import Reference

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

__all__ = ["VagueCount", "vague_counts"]

_SCALES = frozenset(
    {"tens", "dozens", "scores", "hundreds", "thousands", "millions", "billions", "trillions"}
)
_OWNERS = ("Organization", "Event", "Offering")
_REACH = 4  # tokens from the count to what is counted


@dataclass(frozen=True, slots=True)
class VagueCount:
    """Who has them, the count and what is counted as written, and the tokens that show it."""

    owner: Draft
    text: str
    unit: str
    tokens: tuple[Token, Token]


def vague_counts(sentence: Span, reading: Reading, reference: Reference) -> Iterator[VagueCount]:
    """The vague counts of people that somebody has, in text order."""
    doc = sentence.doc
    for token in sentence:
        if token.lower_ not in _SCALES or token.i == sentence.start:
            continue
        possessor = _possessor(token, reading)
        if possessor is None:
            continue
        end = _end(token)
        counted = _counted(doc[end : min(end + _REACH, sentence.end)], reading)
        owner = reference.resolve(possessor, _OWNERS)
        if counted is None or owner is None or not reading.is_a(owner, _OWNERS):
            continue
        yield VagueCount(owner, doc[token.i : end].text, counted.text, (possessor, counted))


def _possessor(scale: Token, reading: Reading) -> Token | None:
    """Who has them: of "its thousands of …", "Acme's thousands of …", "Acme has thousands of …"."""
    before = scale.nbor(-1)
    if before.tag_ == "PRP$":
        return before
    if before.tag_ == "POS" and before.i > scale.sent.start:
        return before.nbor(-1)
    noun, verb = (scale, scale.head) if scale.dep_ == "dobj" else (scale.head, scale.head.head)
    if noun.dep_ != "dobj" or verb.lemma_.lower() not in reading.lexicon.having:
        return None
    return next((c for c in verb.children if c.dep_ == "nsubj"), None)


def _end(scale: Token) -> int:
    """The token behind "hundreds of millions"."""
    doc, end = scale.doc, scale.i + 1
    while end + 1 < len(doc) and doc[end].lower_ == "of" and doc[end + 1].lower_ in _SCALES:
        end += 2
    return end


def _counted(words: Span, reading: Reading) -> Token | None:
    """The plural of people among the words, where nothing but its modifiers stands before it."""
    for token in words:
        if token.tag_ in ("NNS", "NNPS"):
            kinds = reading.lexicon.all_head_types(token.lemma_.lower())
            people = any(reading.ontology.is_a(kind, "Group") for kind in kinds)
            return token if people else None
        if token.lower_ != "of" and token.pos_ not in ("ADJ", "NOUN", "PROPN"):
            return None
    return None
