"""An article as it was read, and places in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

__all__ = ["Article", "Block", "BlockKind", "Span"]


class BlockKind(StrEnum):
    """What a stretch of a page is."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"  # the summary under a headline
    SUBHEAD = "subhead"
    BODY = "body"
    CAPTION = "caption"
    CHROME = "chrome"  # sign-up boxes, share lines, comments, other headlines


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters [start, end) of one article's text, counted in Unicode code points."""

    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, order=True)
class Block:
    """A line, paragraph or part of one: characters [start, end) of the article's text."""

    start: int
    end: int
    kind: BlockKind


@dataclass(frozen=True)
class Article:
    """A text as it was read, chrome included, and what its parts are.

    `name` is the file name or address that evidence cites. `blocks` are in text order, do not
    overlap and leave out white space only; chrome is marked, never cut away. Dates are ISO 8601 at
    the precision that the page states.
    """

    name: str
    text: str
    blocks: tuple[Block, ...] = ()
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None
    format: str = "txt"

    @cached_property
    def sha256(self) -> str:
        """Hexadecimal digest of the UTF-8 text; what makes the article this article."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def quote(self, start: int, end: int) -> str:
        """The characters [start, end) as they stand in the text."""
        return self.text[start:end]

    def span(self, start: int, end: int) -> Span:
        """The place [start, end) in this article."""
        return Span(self.name, start, end)
