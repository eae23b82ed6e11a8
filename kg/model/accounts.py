"""Sums that a report must keep: what was read, and what became of every candidate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["ONE", "UNSURE", "CandidateCounts", "InputCounts", "Tally", "unaccounted"]

UNSURE = "less confident than asked for"
ONE = "subject and object turned out to be one"
"""Why statements are no facts; why candidates are no statements, extraction says."""


@dataclass(frozen=True, slots=True)
class InputCounts:
    """How many inputs were read: those used and those skipped (by kind) add up to them."""

    read: int
    used: int
    skipped: dict[str, int]


@dataclass(frozen=True, slots=True)
class CandidateCounts:
    """How many candidates of facts all articles gave: facts, merged and rejected add up to them.

    `merged` are those that are part of a fact which another candidate makes already.
    """

    total: int
    merged: int


@dataclass
class Tally:
    """What became of statements that are no fact of their own."""

    merged: int = 0  # part of a fact that another statement makes already
    one: int = 0  # subject and object turned out to be one entity


def unaccounted(report: Mapping[str, Any]) -> tuple[str, ...]:
    """The sums of a report.json, as it was read, that do not add up; none where all do.

    That of an engine has no list of articles, but counts of what was written.
    """
    facts, inputs, llm = report["facts"], report["inputs"], report.get("llm")
    rejected, skipped = sum(report["rejected"].values()), sum(inputs["skipped"].values())
    candidates = report["candidates"]
    sums = {
        "inputs read": (inputs["read"], inputs["used"] + skipped),
        "skipped": (skipped, len(report["skipped"])),
        "candidates": (candidates["total"], facts["total"] + candidates["merged"] + rejected),
        "facts by relation": (facts["total"], sum(facts["by_predicate"].values())),
        "facts by stance": (facts["total"], sum(facts["by_stance"].values())),
    }
    if "counts" in report:
        wanted = {
            "articles": inputs["used"],
            "facts": facts["total"],
            "lines of inputs": inputs["read"],
        }
        for name, count in wanted.items():
            sums[f"{name} written"] = (count, report["counts"].get(name, 0))
    if "articles" in report:
        sums["articles"] = (inputs["used"], len(report["articles"]))
    for article in report.get("articles", ()):
        parts = sum(article["kept"].values()) + sum(article["dropped"].values())
        sums[f"characters of {article['name']}"] = (article["characters"], parts)
    if llm is not None:
        grounded = llm["accepted"] + sum(llm["rejected"].values())
        sums["proposals of the language model"] = (llm["candidates"], grounded)
    return tuple(f"{what}: {n} is not {m}" for what, (n, m) in sums.items() if n != m)
