"""The discrepancies of a build for a person: both sides of each, with quote, place and speaker."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.export.jsonl import read_discrepancies
from kg.model.wording import place_of, printable

__all__ = ["list_conflicts"]

Record = Mapping[str, Any]

_FILE = "discrepancies.jsonl"
_WIDTH = 96
_SHOWN = 3  # places of one side; the file has all


def list_conflicts(out: Path, *, kinds: Collection[str] = (), as_json: bool = False) -> str:
    """The discrepancies in the folder of a build, grouped by kind, or as one JSON array.

    With `kinds` only those. The text says so where there is none. Raises InputError when the folder
    holds no discrepancies.jsonl that can be read.
    """
    path = Path(out) / _FILE
    if not path.is_file():
        raise InputError(
            f"{out}: no {_FILE} in it; give the folder that `kg build` wrote, or build"
        )
    found = [r for r in read_discrepancies(path) if not kinds or r["kind"] in kinds]
    found.sort(key=lambda r: (r["kind"], r["subject"]["label"], r["id"]))
    if as_json:
        return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    return _printable(_lines(found, kinds))


def _lines(found: list[dict[str, Any]], kinds: Collection[str]) -> Iterator[str]:
    if not found:
        asked = f" of kind {' or '.join(sorted(kinds))}" if kinds else ""
        yield f"no discrepancy{asked} found"
        return
    counts = Counter(record["kind"] for record in found)
    numbers = ", ".join(f"{counts[kind]} {kind}" for kind in sorted(counts))
    yield f"{len(found)} {'discrepancies' if len(found) > 1 else 'discrepancy'}: {numbers}"
    for record in found:
        yield ""
        yield from _wrap(f"{record['kind']}: {record['message']}", "")
        for side in record["sides"]:
            yield from _side(side)


def _side(side: Record) -> Iterator[str]:
    yield from _wrap(f"- {side['says']}", "  ", "    ")
    if side["reference"] is not None:
        yield f"      reference: {side['reference']}"
    for item in side["evidence"][:_SHOWN]:
        yield from _wrap(f"“{item['quote']}”", "      ")
        notes = [str(item.get("voice", ""))]
        if side["attributed_to"] is not None:
            notes.append(f"says {side['attributed_to']}")
        yield f"      {', '.join([place_of(item), *filter(None, notes)])}"
    more = len(side["evidence"]) - _SHOWN
    if more > 0:
        yield f"      and {more} more {'places' if more > 1 else 'place'}"


def _wrap(text: str, indent: str, following: str | None = None) -> list[str]:
    """Lines of the text; one line break or more in it is a space."""
    return textwrap.wrap(
        " ".join(text.split()),
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent if following is None else following,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [indent]


def _printable(lines: Iterator[str]) -> str:
    """Text that any terminal takes: nothing in it moves the cursor."""
    return "\n".join(map(printable, lines)) + "\n"
