"""A script of Cypher that builds the property graph, and does nothing more when run again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from kg.property_graph.dictionary import data_dictionary
from kg.property_graph.markdown import render_dictionary
from kg.property_graph.model import PropertyGraph
from kg.property_graph.statements import quoted_name, steps
from kg.property_graph.view import written_view

if TYPE_CHECKING:
    from kg.export.formats import FormatOptions
    from kg.rdf.written import WrittenGraph

__all__ = ["cypher_literal", "render_cypher", "statements", "write_cypher"]

_ROWS = 200  # a statement: fewer are slow to send, more are slow to parse
_CHARACTERS = 100_000  # likewise; a single row may be longer

_HEAD = """\
// A graph of newskg. Run it with
//   cypher-shell -f FILE
// as often as you like: what is there stays one. Statements need those before them.
"""
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
# Control characters and separators that a shell or editor could take for the end of a line; a u
# behind a backslash, which Cypher 5 would take for an escape of its own.
_ESCAPED = re.compile("(?<=\\\\)[uU]|[\\\\'\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def render_cypher(graph: PropertyGraph) -> str:
    """Statements, each ended by a semicolon and a line break; rows are literals."""
    return _HEAD + "".join(f"{statement};\n" for statement in statements(graph))


def write_cypher(written: WrittenGraph, options: FormatOptions) -> dict[str, str]:
    """The script, and beside it the data dictionary."""
    graph = written_view(written, options.evidence)
    dictionary = render_dictionary(data_dictionary(graph, written.ontology))
    stem = options.name.removesuffix(".cypher")
    return {options.name: render_cypher(graph), f"{stem}-dictionary.md": dictionary}


def statements(graph: PropertyGraph) -> Iterator[str]:
    """The statements without their semicolons, in an order that can be run."""
    for step in steps(graph):
        if not step.rows:
            yield step.statement
        for batch in _batches(cypher_literal(row) for row in step.rows):
            rows = ",\n".join(f"  {row}" for row in batch)
            yield step.statement.replace("$rows", f"[\n{rows}\n]", 1)


def _batches(rows: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for row in rows:
        if batch and (len(batch) == _ROWS or size + len(row) > _CHARACTERS):
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += len(row)
    if batch:
        yield batch


def cypher_literal(value: Any) -> str:
    r"""The value as Cypher writes it.

    >>> cypher_literal({"a": ["it's", 1.5], "b": True})
    "{`a`: ['it\\'s', 1.5], `b`: true}"
    """
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return "'" + _ESCAPED.sub(_escape, value) + "'"
        case dict():
            pairs = (f"{quoted_name(name)}: {cypher_literal(item)}" for name, item in value.items())
            return "{" + ", ".join(pairs) + "}"
        case list():
            return "[" + ", ".join(map(cypher_literal, value)) + "]"
        case date():
            return f"date('{value.isoformat()}')"
        case float():
            return repr(value).replace("e+", "e")
        case _:
            return repr(value)


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0], f"\\u{ord(match[0]):04x}")
