"""Counts by set of articles and predicate as a table that may only get better."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Callable, Iterable, Mapping

from kg.evaluate import Evaluation

__all__ = ["as_csv", "is_worse", "read_csv", "rows", "worse_than"]

COLUMNS = ("articles", "predicate", "gold", "found", "right", "wrong")

Table = Mapping[tuple[str, str], Mapping[str, int]]


def rows(measured: Callable[[str], Evaluation], sets: Iterable[str]) -> Table:
    """The counts of each set and predicate that gold or prediction has."""
    return {
        (name, predicate): {
            "gold": score.gold,
            "found": score.found,
            "right": score.right,
            "wrong": score.predicted - score.right,
        }
        for name in sets
        for predicate, score in measured(name).predicates.items()
        if score.gold or score.predicted
    }


def as_csv(table: Table) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([*key, *counts.values()] for key, counts in table.items())
    return out.getvalue()


def read_csv(text: str) -> Table:
    return {
        (row["articles"], row["predicate"]): {c: int(row[c]) for c in COLUMNS[2:]}
        for row in csv.DictReader(io.StringIO(text))
    }


def is_worse(before: Mapping[str, int], now: Mapping[str, int]) -> bool:
    """True where fewer gold facts are found or more wrong ones stated."""
    return now["found"] < before["found"] or now["wrong"] > before["wrong"]


def worse_than(frozen: str, now: Table) -> tuple[list[tuple[str, str]], str]:
    """What is worse than in the frozen table, and the lines that differ."""
    nothing = dict.fromkeys(COLUMNS[2:], 0)
    before = read_csv(frozen)
    worse = [
        key
        for key in sorted(before.keys() | now.keys())
        if is_worse(before.get(key, nothing), now.get(key, nothing))
    ]
    diff = difflib.unified_diff(
        frozen.splitlines(), as_csv(now).splitlines(), "frozen", "now", n=0, lineterm=""
    )
    return worse, "\n".join(diff)
