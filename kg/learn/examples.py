"""Annotated sentences: JSON Lines of `{"text", "triples": [{"s", "p", "o"}]}`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import KgError

__all__ = ["Example", "ExamplesError", "Marked", "Triple", "parse_example", "read_examples"]

Chars = tuple[int, int]  # [start, end)


class ExamplesError(KgError):
    """Raised where a file of examples cannot be read; names file and line."""


@dataclass(frozen=True, slots=True)
class Triple:
    """A fact that a text states, and where its arguments stand, if the annotator said so."""

    subject: str
    relation: str
    object: str
    subject_span: Chars | None = None
    object_span: Chars | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """One end of a pair that was looked at: its names and, where known, its characters."""

    names: tuple[str, ...]
    span: Chars | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A text and all that it states, as far as `scope` (None: every relation) was annotated.

    `pairs`: only these pairs of mentions were looked at; None: all. `entities`: every mention of
    an entity with its type, whether in a triple or not; None: not annotated.
    """

    id: str
    text: str
    triples: tuple[Triple, ...]
    scope: frozenset[str] | None = None
    pairs: tuple[tuple[Marked, Marked], ...] | None = None
    entities: tuple[tuple[Chars, str], ...] | None = None


def read_examples(path: Path) -> tuple[Example, ...]:
    """The examples of a file, in its order; empty lines are passed over.

    Raises ExamplesError naming file and line for what is no JSON or lacks a part.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        raise ExamplesError(f"{path}: no such file; give a JSON Lines file of examples") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ExamplesError(f"{path}: cannot be read as UTF-8 text: {error}") from error
    found = tuple(_examples(path, lines))
    if not found:
        raise ExamplesError(
            f'{path}: holds no example; write one {{"text": …, "triples": […]}} a line'
        )
    return found


def _examples(path: Path, lines: list[str]) -> Iterator[Example]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield parse_example(json.loads(line), str(number))
        except json.JSONDecodeError as error:
            raise ExamplesError(f"{path}: line {number}: not valid JSON: {error}") from error
        except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise ExamplesError(f"{path}: line {number}: {_fault(error)}") from error


def _fault(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error.args[0]!r} is missing; an example needs text and triples of s, p and o"
    return f"not an example: {error}"


def parse_example(row: Any, number: str) -> Example:
    """The example of a JSON object; `number` is its id if it has none.

    Raises LookupError, TypeError, ValueError or ArithmeticError for what is no example.
    """
    if not isinstance(row, dict):
        raise TypeError("a line must be a JSON object")
    text = row["text"]
    if not isinstance(text, str):
        raise TypeError("text must be a string")
    scope = row.get("scope")
    pairs = row.get("pairs")
    entities = row.get("entities")
    return Example(
        id=str(row.get("id", number)),
        text=text,
        triples=tuple(_triple(t, text) for t in row["triples"]),
        scope=frozenset(map(str, scope)) if scope else None,
        pairs=tuple((_marked(a), _marked(b)) for a, b in pairs) if pairs else None,
        entities=None if entities is None else tuple(_entity(e, text) for e in entities),
    )


def _triple(row: dict[str, Any], text: str) -> Triple:
    return Triple(
        str(row["s"]),
        str(row["p"]),
        str(row["o"]),
        _span(row.get("s_span"), text),
        _span(row.get("o_span"), text),
    )


def _entity(row: dict[str, Any], text: str) -> tuple[Chars, str]:
    span = _span(row["span"], text)
    if span is None:
        raise ValueError("an entity needs its span")
    return span, str(row["type"])


def _marked(row: dict[str, Any]) -> Marked:
    span = row.get("span")
    return Marked(tuple(map(str, row["names"])), (span[0], span[1]) if span else None)


def _span(value: Any, text: str) -> Chars | None:
    if value is None:
        return None
    start, end = int(value[0]), int(value[1])
    if not 0 <= start < end <= len(text):
        raise ValueError(f"span [{start}, {end}] lies outside the text of {len(text)} characters")
    return start, end
