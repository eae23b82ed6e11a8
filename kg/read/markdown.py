"""Markdown: what a paragraph is, and how it reads without its markup.

The text of an article stays as it is written; only the parser sees words without asterisks, and
each character of those knows where it stands in the file. Source: https://spec.commonmark.org/0.31.2
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["plain_text", "soft_wrapped"]

_BREAK = re.compile(r"\r?\n")
_FENCE = re.compile(r"[ \t]{0,3}(?:```|~~~)")
# A line that begins a block of its own: heading, item, table row, rule, HTML, definition, image.
_OPENS = re.compile(
    r"[ \t]*(?:#{1,6}[ \t]|[-*+][ \t]|\d{1,9}[.)][ \t]|\||(?:[-*_][ \t]*){3,}$|=+[ \t]*$"
    r"|</?[a-z!]|\[[^\]\n]{1,200}\]:|!\[)",
    re.I,
)
# A line that nothing continues.
_CLOSES = re.compile(
    r"[ \t]*(?:#{1,6}[ \t]|\||(?:[-*_][ \t]*){3,}$|=+[ \t]*$|\[[^\]\n]{1,200}\]:"
    r"|!\[[^\]\n]{0,500}\]\([^)\n]{0,1000}\)[ \t]*$|.*(?:  |\\)$|.*-->[ \t]*$)"
)
_QUOTE = re.compile(r"[ \t]*>")
_TARGET = (
    r"\((?:[^()\s]|\([^()\s]{0,200}\)){0,1000}(?:\s+(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'))?\s*\)"
)
_MARKUP = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    rf"|!\[[^\]\n]{{0,500}}\](?:{_TARGET}|\[[^\]\n]{{0,100}}\])"
    r"|\[\^[^\]\s]{1,50}\]"
    rf"|\[(?P<link>(?:[^\[\]\\]|\\.){{1,500}})\](?:{_TARGET}|\[[^\]\n]{{0,100}}\])"
    r"|<(?:https?:|mailto:)[^<>\s]{1,500}>|<!--.{0,2000}?-->|</?[a-z][\w-]{0,20}(?:\s[^<>]{0,500})?/?>"
    r"|^[ \t]*(?:(?:#{1,6}(?=[ \t])|>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]*)+"
    r"|`+|~~|(?<![\w*])\*{1,3}(?=\S)|(?<=\S)\*{1,3}(?![\w*])|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)"
    r"|\*{2,3}",
    re.I | re.M | re.S,
)


def soft_wrapped(text: str) -> str:
    """The text with a space for each line end inside a paragraph; every offset stays."""
    parts: list[str] = []
    fenced, last = False, ""
    start = 0
    for match in [*_BREAK.finditer(text), None]:
        end = match.start() if match else len(text)
        line = text[start:end]
        fence = _FENCE.match(line) is not None
        if parts and _goes_on(last, line) and not (fenced or fence):
            parts[-1] = " " * len(parts[-1])
        parts.append(line)
        if match:
            parts.append(match[0])
            start = match.end()
        last = "" if fence or fenced else line
        fenced = fenced != fence
    return "".join(parts)


def plain_text(text: str) -> tuple[str, tuple[int, ...]]:
    """The words of a block without markup, and where in the block each character stands."""
    chars: list[str] = []
    places: list[int] = []
    for start, end in _seen(text, 0, len(text)):
        chars.append(text[start:end])
        places.extend(range(start, end))
    return "".join(chars), tuple(places)


def _goes_on(upper: str, lower: str) -> bool:
    """Whether a line continues the paragraph of the line above."""
    if not upper.strip() or not lower.strip() or _CLOSES.match(upper) or _OPENS.match(lower):
        return False
    return _QUOTE.match(upper) is not None or _QUOTE.match(lower) is None


def _seen(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches [start, end) that are no markup; the words of a link are searched in turn."""
    for match in _MARKUP.finditer(text, start, end):
        if match.start() > start:
            yield start, match.start()
        if match["escaped"] is not None:
            yield match.span("escaped")
        elif match["link"] is not None:
            yield from _seen(text, *match.span("link"))
        start = match.end()
    if start < end:
        yield start, end
