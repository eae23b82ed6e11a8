"""docs/bench-quality.md from the figures of tools.bench_quality."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.bench_sets import SETS, BenchSet

__all__ = ["render"]

WORST = 3

HEAD = """# Learning measured on public sets

`make bench-quality SHARED=../shared` writes this page: it learns from the training parts of public
sets and reads each text with a model that has not seen it (five folds; the three of KnowledgeNet).
The method and its settings are the same for all of them; names, words, thresholds and ways to write
dates are learned from the other folds only. No language model is used. No text of these sets and
nothing learned from them is part of the project.

*Strict* is exact match of folded strings over all proposals. *Official* is the measure of
Text2KGBench: it drops proposals whose relation the gold of that very sentence does not have, and is
averaged over sentences and ontologies. A third of the gold of TekGen and a quarter of that of
WebNLG does not stand in the text in these words, so that no extractor that quotes can reach 1.

The open layer, which learns nothing, is measured on BenchIE: see [open-layer.md](open-layer.md).
"""


def render(folder: Path) -> str:
    """The report of all sets that were measured, their figures being in `folder`."""
    return "\n".join([HEAD, *_trained(folder), *_texts_2_graph(folder), *_others(folder)]) + "\n"


def _figures(folder: Path, item: BenchSet, kind: str = "") -> dict[str, Any] | None:
    path = folder / f"{item.name}{kind}.json"
    found: dict[str, Any] | None = json.loads(path.read_text("utf-8")) if path.exists() else None
    return found


def _shown(values: list[float]) -> str:
    return " | ".join(f"{v:.3f}" for v in values)


def _trained(folder: Path) -> Iterator[str]:
    yield "## Trained, cross-validated\n"
    yield "| set | folds read | texts | P | R | F1 | training s | texts a second | peak MB |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for item in SETS:
        found = _figures(folder, item)
        if found is not None:
            cost = f"{found['train seconds']:,.0f} | {found['texts a second']:,}"
            strict = _shown(found["strict"])
            peak = f"{found['peak MB']:,}"
            texts = f"{found['folds read']} | {found['texts']:,}"
            yield f"| {item.title} | {texts} | {strict} | {cost} | {peak} |"
    yield ""
    yield "Seconds are processor time of one core: training a fold (all ontologies of the set), and"
    yield "reading held-out texts that are parsed already; memory is of the whole measurement.\n"
    for item in SETS:
        if item.published and _figures(folder, item) is not None:
            yield f"- {item.title}, published figures (F1): {item.published}."
    yield ""


def _texts_2_graph(folder: Path) -> Iterator[str]:
    for item in SETS:
        found = _figures(folder, item)
        if found is None or not item.official:
            continue
        yield f"## {item.title}, by ontology\n"
        official, more = found["official"], found["official generous"]
        yield "| ontology | strict P | R | F1 | official F1 |"
        yield "|---|---|---|---|---|"
        rows = sorted(found["ontologies"].items(), key=lambda row: row[1][2])
        for name, values in rows:
            of = official["per_ontology"][name]["f1"]
            yield f"| {name} | {_shown(values)} | {of:.3f} |"
        strict, generous = _shown(found["strict"]), _shown(found["strict generous"])
        yield f"| all, at the threshold for strict F1 | {strict} | {_of(official)} |"
        yield f"| all, at two fifths of it | {generous} | {more['f1']:.3f} |"
        g = official["global"]
        yield (
            f"\nOntology conformance {g['onto_conf']:.3f}; hallucinated: subjects "
            f"{g['sub_halluc']:.3f}, objects {g['obj_halluc']:.3f}, "
            f"relations {g['rel_halluc']:.3f}."
        )
        worst = ", ".join(f"{name} ({values[2]:.2f})" for name, values in rows[:WORST])
        yield f"Worst: {worst}.\n"


def _of(official: dict[str, Any]) -> str:
    return f"{official['global']['f1']:.3f}"


def _others(folder: Path) -> Iterator[str]:
    yield from _table(folder, "Development files, read by a model of the training part", "held")
    yield from _table(folder, "Texts about one subject in one fold", ".grouped")
    yield from _table(folder, "Zero-shot: the ontology only, no example", ".zero")
    yield "## Errors by cause\n"
    for item in SETS:
        found = _figures(folder, item)
        if found is not None and "causes" in found:
            yield f"- {item.title}: " + _causes(found["causes"])
    yield ""


def _causes(causes: dict[str, int]) -> str:
    ranked = sorted(causes.items(), key=lambda row: (-row[1], row[0]))
    return "; ".join(f"{name} {number:,}" for name, number in ranked) + "."


def _table(folder: Path, title: str, kind: str) -> Iterator[str]:
    rows = []
    for item in SETS:
        found = _figures(folder, item, "" if kind == "held" else kind)
        if found is not None and kind == "held":
            found = found.get("held")
        if found is not None:
            official = _of(found["official"]) if "official" in found else ""
            strict = _shown(found["strict"])
            rows.append(f"| {item.title} | {found['texts']:,} | {strict} | {official} |")
    if rows:
        yield f"## {title}\n"
        yield "| set | texts | P | R | F1 | official F1 |"
        yield "|---|---|---|---|---|---|"
        yield from rows
        yield ""
