"""The YAML block at the top of a Markdown file, read without a YAML parser: it is a few keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.model.text import Block, BlockKind
from kg.read.markers import Markers

__all__ = ["FrontMatter", "read_front_matter"]

_FENCE = re.compile(r"\ufeff?---[ \t]*\r?\n")
_CLOSING_FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.M)
_KEY = re.compile(r"^(?P<key>[A-Za-z_][\w.-]{0,40})[ \t]*:[ \t]*(?P<value>[^\r\n]{0,2000})", re.M)
_LONGEST = 20_000  # code points; a page between two rules is longer


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The keys of the block; it ends before `end`, which is 0 where a page has none."""

    end: int = 0
    title: str | None = None
    title_start: int = 0
    values: dict[str, str] = field(default_factory=dict)

    def blocks(self, text: str, *, with_title: bool) -> Iterator[Block]:
        """Its lines as chrome; the title as the headline if the page below has none."""
        cuts = [(0, self.end, BlockKind.CHROME)]
        if with_title and self.title and self.end:
            stop = self.title_start + len(self.title)
            cuts = [
                (0, self.title_start, BlockKind.CHROME),
                (self.title_start, stop, BlockKind.HEADLINE),
                (stop, self.end, BlockKind.CHROME),
            ]
        for first, last, kind in cuts:
            for match in re.finditer(r"[^\s](?:[^\r\n]*[^\s])?", text[first:last]):
                yield Block(first + match.start(), first + match.end(), kind)


def read_front_matter(text: str, markers: Markers) -> FrontMatter:
    """The front matter of a page; an empty one where the page does not begin with it."""
    opening = _FENCE.match(text)
    if opening is None:
        return FrontMatter()
    closing = _CLOSING_FENCE.search(text, opening.end(), opening.end() + _LONGEST)
    if closing is None:
        return FrontMatter()
    found: dict[str, str] = {}
    title_start = 0
    by_key = {key: name for name, keys in markers.front_matter.items() for key in keys}
    for match in _KEY.finditer(text, opening.end(), closing.start()):
        name = by_key.get(match["key"].lower())
        value = match["value"].strip().strip("\"'[]").strip()
        if name is None or not value or name in found:
            continue
        found[name] = value
        if name == "title":
            title_start = match.start("value") + match["value"].index(value)
    if not found and not _KEY.search(text, opening.end(), closing.start()):
        return FrontMatter()  # a rule at the top of a page, not a block of keys
    return FrontMatter(closing.end(), found.get("title"), title_start, found)
