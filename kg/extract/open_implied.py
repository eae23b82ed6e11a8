"""What a sentence says without a verb: appositions and possessors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.open_phrases import NOMINAL, Phrase, noun_phrases, whole_phrases

if TYPE_CHECKING:
    from spacy.tokens import Span

__all__ = ["apposed", "owned"]


def apposed(sentence: Span) -> Iterator[tuple[Phrase, Phrase]]:
    """(name, description) of appositions, in text order: "Acme, a maker of bolts"."""
    for token in sentence:
        if token.dep_ == "appos" and token.pos_ in NOMINAL and token.head.pos_ in NOMINAL:
            links = {token.head.dep_, *(c.dep_ for c in token.children)}
            if not links.isdisjoint({"appos", "conj", "cc"}):
                continue  # most often a list
            first, second = whole_phrases(token.head)[0], whole_phrases(token)[0]
            if token.pos_ == "PROPN" and token.head.pos_ != "PROPN":
                first, second = second, first
            yield first, second


def owned(sentence: Span) -> Iterator[tuple[Phrase, Phrase]]:
    """(owner, what it has) of possessors with a name or noun, in text order: "Acme's plant"."""
    for token in sentence:
        if token.dep_ == "poss" and token.pos_ in ("NOUN", "PROPN"):
            inside = set(token.subtree)
            for owner in noun_phrases(token):
                marks = [t for t in owner.tokens if t.dep_ == "case"]
                words = tuple(t for t in owner.tokens if t not in marks)
                for thing in whole_phrases(token.head):
                    rest = tuple(t for t in thing.tokens if t not in inside)
                    yield Phrase(words, owner.heads), Phrase(rest, thing.heads)
