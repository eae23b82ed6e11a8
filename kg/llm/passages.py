"""An article cut into the passages that a model is asked about, each a stretch of its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model.text import Article, BlockKind

__all__ = ["LONGEST", "Passage", "passages"]

LONGEST = 1200  # characters; of more, small models name what strikes them and leave the rest
_SENTENCE_END = re.compile(r"[.!?][\"”’')]*\s+")


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters [start, end) of an article."""

    start: int
    end: int
    text: str


def passages(article: Article, longest: int = LONGEST) -> tuple[Passage, ...]:
    """Neighbouring blocks up to `longest` characters, in text order; chrome is never in one.

    A longer block is cut after a sentence, or between words, or where it must be.
    """
    found: list[tuple[int, int]] = []
    joined = False
    for block in article.blocks:
        if block.kind is BlockKind.CHROME:
            joined = False
            continue
        for start, end in _pieces(article.text, block.start, block.end, longest):
            if joined and end - found[-1][0] <= longest:
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
            joined = True
    return tuple(Passage(start, end, article.text[start:end]) for start, end in found)


def _pieces(text: str, start: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    while end - start > longest:
        part = text[start : start + longest]
        ends = [m.end() for m in _SENTENCE_END.finditer(part)]
        cut = ends[-1] if ends else part.rfind(" ") + 1
        yield start, start + (cut or longest)
        start += cut or longest
    if start < end:
        yield start, end
