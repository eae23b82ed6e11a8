"""What reading gives: pages as they were decoded, and inputs that could not be read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.read.metadata import Metadata

__all__ = ["MAX_CHARS", "RawPage", "Unreadable", "as_name", "is_html", "is_whole_page"]

MAX_CHARS = 2_000_000
"""Code points of the longest article that is read; far above any (about 300,000 words), low enough
that one runaway file cannot stop a run."""

_HTML_START = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!doctype\s+html|<html[\s>])", re.I)
_WHOLE_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.I)
_LONGEST_NAME = 300  # code points; a longer id is a text, and no file or IRI is made of it


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as it was decoded.

    `format` says how to read the text: "txt", "md", "html", or "pdf" for what was extracted.
    `place` names the page where `name` is taken: the file and the number of the line, record or
    entry, counted from 1; `wanted` is then the name it would have had. `warnings` are sentences.
    """

    name: str
    text: str
    format: str = "txt"
    warnings: tuple[str, ...] = ()
    declared: Metadata = field(default_factory=Metadata)  # by what the page came in, not by itself
    place: str = ""
    verbatim: bool = False  # the text is the decoded file itself, offset by offset
    wanted: str | None = None
    chrome_start: int | None = None  # what follows is known to be chrome: running lines of a PDF


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An input, or one article of an input, that cannot be read, with the reason and a way out."""

    name: str
    reason: str


def as_name(value: object) -> str | None:
    """An id or address as the name that evidence cites; None where it makes no name."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    name = " ".join(str(value).split())
    return name if name.isprintable() and 0 < len(name) <= _LONGEST_NAME else None


def is_html(text: str) -> bool:
    """Whether a text begins as an HTML page does."""
    return _HTML_START.match(text[:1000]) is not None


def is_whole_page(html: str) -> bool:
    """Whether HTML that came without a file is a page, not a piece of one."""
    return _WHOLE_PAGE.search(html[:20_000]) is not None
