"""What is in a review file before it is written anew: items, and comments outside of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.review.items import read_items
from kg.review.layout import Kept, is_comment, kept_items
from kg.review.parse import Section, Source

__all__ = ["Page", "read_page"]

_AT_END = re.compile(r"(?:^|\s)#(?!:)(.*)$")


@dataclass(frozen=True, slots=True)
class Page:
    """The items, and the comments by the name of the section they stand above ("" is the end)."""

    items: tuple[Kept, ...] = ()
    comments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_page(path: Path) -> Page:
    """The file at `path`, no items where there is none; errors as `read_items`."""
    if not path.exists() or (path.is_file() and not path.stat().st_size):
        return Page()
    source, sections = read_items(path)
    kept = [k for section, items in sections.values() for k in kept_items(source, section, items)]
    return Page(tuple(kept), _comments(source, [s for s, _ in sections.values()], kept))


def _comments(
    source: Source, sections: Iterable[Section], kept: Iterable[Kept]
) -> dict[str, tuple[str, ...]]:
    """A person's comments outside of items: each stays above the section that it is above.

    Those in the line of a section's name, or in its brackets, go above the section.
    """
    inside = {line for item in kept if item.from_block for line in range(*item.span)}
    names: dict[int, str] = {}
    for section in sections:
        for own in _own_lines(section):
            names[own] = str(section.key.value) if section.key is not None else ""
    out: dict[str, list[str]] = {}
    waiting: list[str] = []
    for number, line in enumerate(source.lines):
        if number in names:
            out.setdefault(names[number], []).extend(waiting)
            waiting = []
            found = _AT_END.search(line)
            out[names[number]] += [f"#{found.group(1)}"] if found else []
        elif number not in inside and is_comment(line):
            waiting.append(line.strip())
    out[""] = waiting
    return {name: tuple(lines) for name, lines in out.items()}


def _own_lines(section: Section) -> Iterator[int]:
    """The line of a section's name, and those of a list in brackets."""
    if section.key is None:
        return
    first: int = section.key.start_mark.line
    yield first
    sequence = section.sequence
    if sequence is not None and sequence.flow_style:
        yield from range(first + 1, sequence.end_mark.line + 1)
