"""Answers of SPARQL queries as rows of text."""

from __future__ import annotations

from kg.mcp.records import Rows
from kg.model.wording import shortened
from kg.rdf.store import QueryResult, cell_text

__all__ = ["to_rows"]

_CELL = 2_000  # characters
_ALL = 200_000  # of all cells together: an assistant reads all that it is given


def to_rows(result: QueryResult, limit: int) -> Rows:
    """The first rows of an answer, fewer where they are very long; … ends a cell that is cut."""
    if result.boolean is not None:
        return Rows([], [], 0, result.boolean)
    columns, rows = result.cells()
    shown: list[list[str | None]] = []
    size = 0
    for row in rows[:limit]:
        cells = [None if cell is None else shortened(cell_text(cell), _CELL) for cell in row]
        size += sum(len(cell or "") for cell in cells)
        if shown and size > _ALL:
            break
        shown.append(cells)
    return Rows(list(columns), shown, len(rows))
