"""Expected answers to questions as data, without the words of the articles.

An answer file holds `params` and `rows`. A cell of more than four words is kept as its number of
words and a hash, for the articles are not ours to copy; the column `quote` is left out, since it is
the characters of the article from `start` to `end`, which the test checks.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg.rdf.store import QueryResult

__all__ = ["as_rows", "read_answer", "render_answer"]

WORDS = 4
_LEFT_OUT = frozenset({"quote", "run", "id", "confidence", "message"})

Row = dict[str, str]


def as_rows(result: QueryResult, articles: dict[str, str]) -> list[Row]:
    """The rows of an answer as an answer file keeps them, empty cells left out.

    Raises AssertionError where a quote is not the characters of its article.
    """
    rows: list[Row] = []
    for cells in result.rows:
        values = (str(getattr(cell, "value", "")) for cell in cells)
        row = dict(zip(result.columns, values, strict=True))
        if "quote" in row and row["article"]:
            start, end = int(row["start"]), int(row["end"])
            assert row["quote"] == articles[row["article"]][start:end]
        rows.append({k: _short(k, v) for k, v in row.items() if v and k not in _LEFT_OUT})
    return rows


def _short(column: str, value: str) -> str:
    if column == "article":
        return value[:3]  # the two main articles are 000 and 001
    words = len(value.split())
    if words <= WORDS:
        return value
    return f"{words} words ~{sha256(value.encode()).hexdigest()[:8]}"


def read_answer(path: Path) -> dict[str, Any]:
    """The answer file; its `rows` are in the order of the answer."""
    answer: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return answer


def render_answer(params: dict[str, str], rows: list[Row]) -> str:
    """The text of an answer file, one row a line."""
    lines = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in rows)
    return f'{{"params": {json.dumps(params, ensure_ascii=False)}, "rows": [\n{lines}\n]}}\n'
