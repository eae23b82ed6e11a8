"""Characters of an article as tokens of its blocks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.llm.align import find_words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from kg.read.annotate import AnnotatedArticle

__all__ = ["Stretches", "trigger_of"]

_VERBAL = ("VERB", "AUX")


class Stretches:
    """The tokens of stretches of one article."""

    def __init__(self, annotated: AnnotatedArticle) -> None:
        self._annotated = annotated
        self._starts = [b.block.start for b in annotated.blocks]

    def find(self, words: str, evidence: tuple[int, int]) -> Iterator[tuple[Token, Span]]:
        """The heads and tokens of the places in the evidence where the words stand."""
        for start, end in find_words(words, self._annotated.article.text, *evidence):
            span = self.tokens(start, end)
            if span is not None:
                yield span.root, span

    def tokens(self, start: int, end: int) -> Span | None:
        """The tokens that characters [start, end) touch, all in one block; None for none."""
        number = bisect_left(self._starts, start + 1) - 1
        if number < 0:
            return None
        found = self._annotated.blocks[number]
        if end > found.block.end:
            return None
        first, last = start - found.block.start, end - found.block.start
        if found.places is not None:  # the parser was not shown the markup
            first, last = bisect_left(found.places, first), bisect_left(found.places, last)
        if first >= last:
            return None
        span = found.doc.char_span(first, last, alignment_mode="expand")
        if span is None:
            return None
        low, high = span.start, span.end
        while low < high and found.doc[low].is_space:
            low += 1
        while low < high and found.doc[high - 1].is_space:
            high -= 1
        return found.doc[low:high] if low < high else None


def trigger_of(subject: Token, obj: Token) -> Token:
    """The word that stance and speaker are read at.

    It is the first verb above the object, up to the word that holds subject and object together;
    that word where there is none; the first verb at all where they are of two sentences.
    """
    above = [obj, *obj.ancestors]
    if subject.sent == obj.sent:
        over = {subject.i, *(t.i for t in subject.ancestors)}
        top = next((n for n, token in enumerate(above) if token.i in over), len(above) - 1)
        above = above[: top + 1]
        return next((t for t in above if t.pos_ in _VERBAL), above[-1])
    return next((t for t in above if t.pos_ in _VERBAL), obj)
