"""docs/bench-quality.md from the figures of tools.bench_quality."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.bench_sets import SETS, BenchSet

__all__ = ["render"]

WORST = 3
# Of a language model as docs/language-model.md has it: tokens of a prompt besides its passage and
# of an answer, and seconds a passage that a model of 1.5 billion parameters took on two cores.
PROMPT, ANSWER, SECONDS = 3000, 100, 60
CHARACTERS = 4  # a token

HEAD = """# Learning measured on public sets

`make bench-quality SHARED=../shared` writes this page: it learns from the training parts of public
sets and reads each text with a model that has not seen it (five folds; the three of KnowledgeNet).
The method and its settings are the same for all of them; names, words and ways to write dates are
learned from the other folds only, and threshold and regularisation are chosen there, on inner
folds. No language model is used. No text of these sets and nothing learned from them is part of
the project.

*Strict* is exact match of folded strings over all proposals. *Official* is the measure of
Text2KGBench: it drops proposals whose relation the gold of that very sentence does not have, and is
averaged over sentences and ontologies. A third of the gold of TekGen and a quarter of that of
WebNLG does not stand in the text in these words, so that no extractor that quotes can reach 1.
"""


def render(folder: Path) -> str:
    """The report of all sets that were measured, their figures being in `folder`."""
    parts = (_trained, _texts_2_graph, _closure, _open, _others, _cost)
    return "\n".join([HEAD, *(line for part in parts for line in part(folder))])


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
    yield "reading held-out texts that are parsed already; memory is of a process a set.\n"
    for item in SETS:
        if item.published and _figures(folder, item) is not None:
            yield f"- {item.title}, published figures (F1): {item.published}."
    for item in SETS:
        found = _figures(folder, item)
        if found is not None and item.remark:
            yield f"- {item.title}: {item.remark}"
        if found is not None and "F1 by parting" in found:
            f1 = found["F1 by parting"]
            yield (
                f"- {item.title}: means of {len(f1)} partings into folds, F1 {min(f1):.3f} to "
                f"{max(f1):.3f}; errors are those of the first."
            )
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
        yield from _outside(found)
        yield from _worst(found, rows)
        yield ""


def _outside(found: dict[str, Any]) -> Iterator[str]:
    if "outside" not in found:
        return
    said = []
    for name, counts in found["outside"].items():
        parts = ", ".join(f"{k} {n:,}" for k, n in counts.items() if k != "all")
        said.append(f"{name} ({counts['all']:,}): {parts}")
    yield f"What the official measure does not find in the text is: {'; '.join(said)}."


def _worst(found: dict[str, Any], rows: list[tuple[str, list[float]]]) -> Iterator[str]:
    """The worst ontologies and what they are like, beside the mean of all."""
    profiles = found.get("profiles")
    if profiles is None:
        yield "Worst: " + ", ".join(f"{name} ({v[2]:.2f})" for name, v in rows[:WORST]) + "."
        return
    yield "\nThe worst three, and the mean of all:\n"
    yield "| ontology | F1 | gold not in the text | texts | triples a text | relations |"
    yield "|---|---|---|---|---|---|"
    for name, values in rows[:WORST]:
        yield f"| {name} | {values[2]:.3f} | {_profile(profiles[name])} |"
    keys = next(iter(profiles.values()))
    mean = {k: math.fsum(p[k] for p in profiles.values()) / len(profiles) for k in keys}
    f1 = math.fsum(v[2] for _, v in rows) / len(rows)
    yield f"| mean of {len(rows)} | {f1:.3f} | {_profile(mean)} |"


def _profile(p: dict[str, float]) -> str:
    share = f"{p['not in the text']:.2f}"
    return f"{share} | {p['texts']:.0f} | {p['triples a text']:.1f} | {p['relations']:.0f}"


def _closure(folder: Path) -> Iterator[str]:
    for item in SETS:
        found = _figures(folder, item)
        if found is None or "closure" not in found:
            continue
        yield f"## {item.title}: closure over the ontology\n"
        yield "Inverses, symmetric relations and chains of places, parts and classes, as Wikidata"
        yield "has them (`tools/bench_rules.toml`), drawn from what was read, the gold, or both.\n"
        yield "| closed | P | R | F1 |"
        yield "|---|---|---|---|"
        for name, values in found["closure"].items():
            yield f"| {name} | {_shown(values)} |"
        yield ""


def _open(folder: Path) -> Iterator[str]:
    path = folder / "benchie.json"
    if not path.exists():
        return
    found = json.loads(path.read_text("utf-8"))
    yield "## The open layer, on BenchIE\n"
    yield "It learns nothing and knows no ontology; published systems by the same scorer, from"
    yield "their published triples. [open-layer.md](open-layer.md) says what to take from it.\n"
    yield str(found["table"])
    yield f"\n{found['sentences a second']} sentences a second, parse included.\n"


def _cost(folder: Path) -> Iterator[str]:
    yield "## What a language model would cost for the same\n"
    yield f"Computed, not measured: a request a text, each {PROMPT:,} tokens of prompt besides the"
    yield f"text (at {CHARACTERS} characters a token) and {ANSWER} of answer, as"
    yield f"[language-model.md](language-model.md) has it; {SECONDS} s a request is what a model of"
    yield "1.5 billion parameters took for a passage on two cores. Learning and reading here:"
    yield "processor seconds of one core.\n"
    yield "| set | texts | tokens a text | million tokens | hours, small model | seconds here |"
    yield "|---|---|---|---|---|---|"
    for item in SETS:
        found = _figures(folder, item)
        if found is None or "characters" not in found:
            continue
        texts = found["texts"]
        tokens = PROMPT + found["characters"] / CHARACTERS + ANSWER
        own = found["train seconds"] + texts / found["texts a second"]
        million, hours = texts * tokens / 1e6, texts * SECONDS / 3600
        model = f"{tokens:,.0f} | {million:.1f} | {hours:.0f}"
        yield f"| {item.title} | {texts:,} | {model} | {own:.0f} |"
    yield ""


_ZERO = """\
No relation's examples are seen. How dates are written (a year, or its first day) is taken from the
examples of the set's other ontologies."""


def _of(official: dict[str, Any]) -> str:
    return f"{official['global']['f1']:.3f}"


def _others(folder: Path) -> Iterator[str]:
    yield from _table(folder, "Development files, read by a model of the training part", "held")
    yield from _table(folder, "Texts about one subject in one fold", ".grouped")
    yield from _table(folder, "Zero-shot: the ontology only, no example", ".zero", _ZERO)
    yield "## Errors by cause\n"
    for item in SETS:
        found = _figures(folder, item)
        if found is not None and "causes" in found:
            yield f"- {item.title}: " + _causes(found["causes"])
    yield ""


def _causes(causes: dict[str, int]) -> str:
    ranked = sorted(causes.items(), key=lambda row: (-row[1], row[0]))
    return "; ".join(f"{name} {number:,}" for name, number in ranked) + "."


def _table(folder: Path, title: str, kind: str, note: str = "") -> Iterator[str]:
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
        if note:
            yield f"{note}\n"
        yield "| set | texts | P | R | F1 | official F1 |"
        yield "|---|---|---|---|---|---|"
        yield from rows
        yield ""
