"""The questions that there are in Cypher too, and their rows in a form that compares."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kg.ask import ask, graph_of, questions_of

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "ontology" / "newsroom" / "cypher"
# Each by the name that its SPARQL has as well; `$entity` is its one parameter, "" for all.
CYPHER = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.cypher"))}

Rows = list[tuple[str, ...]]


def quoted_on_the_page() -> list[str]:
    """The blocks of Cypher in docs/property-graph.md."""
    page = (ROOT / "docs/property-graph.md").read_text("utf-8")
    return re.findall(r"^ *```cypher\n(.*?)^ *```$", page, re.MULTILINE | re.DOTALL)


def rows_of(records: Iterable[Iterable[Any]]) -> Rows:
    """Sorted rows of texts: stores order what is not there in their own ways."""
    return sorted(tuple("" if cell is None else str(cell) for cell in row) for row in records)


def sparql_rows(out: Path, name: str, entity: str = "") -> tuple[tuple[str, ...], Rows]:
    """The columns and rows of the SPARQL question of that name, on a build."""
    graph = graph_of(out)
    result = ask(graph, questions_of(graph)[name], {"entity": entity})
    rows = [[getattr(cell, "value", None) for cell in row] for row in result.rows]
    return result.columns, rows_of(rows)
