"""Learning measured on public sets: each text read by a model that has not seen it.

`python -m tools.bench_quality SHARED --out DIR [--sets tekgen,core] [--folds 5] [--processes 2]`
writes one JSON file a set to DIR and docs/bench-quality.md from all that are there. `--grouped`
keeps texts about the same subject in one fold; `--zero` reads with the ontology only, and writes
dates as examples of the set's other ontologies do.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from kg.extract.learned.decode import known_names, read_text
from kg.extract.learned.model import LearnedModel
from kg.extract.learned.proposal import Proposal
from kg.extract.learned.unseen import read_unseen
from kg.extract.learned.view import DocView
from kg.learn.crossval import folds_of
from kg.learn.texts import Text, marked_pairs, prepare
from kg.learn.train import train
from kg.learn.writing import date_habits, form_of_dates, is_year, written, years_stay
from kg.read.annotate import Annotator, load_annotator
from tools.bench_entities import as_marked
from tools.bench_figures import Rows, figures, mean_of_partings
from tools.bench_processes import measure_apart, one_thread
from tools.bench_report import render
from tools.bench_sets import SETS, BenchSet, Part, load_parts, load_scorer
from tools.benchie import measured, table

OPEN = "benchie"  # the open layer: no set that is learned from


class Clock:
    """Processor seconds by what they were spent on."""

    def __init__(self) -> None:
        self.parse = self.train = self.read = 0.0
        self.texts = self.folds = 0


def prepared(part: Part, annotator: Annotator, clock: Clock) -> list[Text]:
    """The texts of a part, parsed and aligned."""
    start = time.process_time()
    docs = annotator.parse(e.text for e in part.examples)
    texts = [prepare(e, DocView(d)) for e, d in zip(part.examples, docs, strict=True)]
    clock.parse += time.process_time() - start
    return texts


def fold_numbers(part: Part, folds: int, seed: int, *, grouped: bool) -> list[int]:
    """The fold of each row: as the set numbers it, by subject, or by text."""
    if all("fold" in row.get("meta", {}) for row in part.rows):
        return [row["meta"]["fold"] - 1 for row in part.rows]
    keys = [e.text for e in part.examples]
    if grouped:
        keys = [e.triples[0].subject if e.triples else e.text for e in part.examples]
    return folds_of(keys, folds, seed)


def read_rows(
    model: LearnedModel, texts: Sequence[Text], learned_from: Sequence[Text], clock: Clock
) -> list[Rows]:
    """Every proposal for each text, as rows of the scorer with a probability."""
    start = time.process_time()
    names, habits = known_names(model.names), date_habits(learned_from)
    found = []
    for text in texts:
        scope, given = text.example.scope, marked_pairs(text)
        every = read_text(text.view, model, names, given=given, scope=scope)
        found.append([_row(text, p, habits, model.threshold) for p in every])
    clock.read += time.process_time() - start
    clock.texts += len(texts)
    return found


def zero_rows(
    part: Part, texts: Sequence[Text], others: Sequence[Text], clock: Clock
) -> list[Rows]:
    """What labels, domains and ranges alone find.

    `others`: texts of other ontologies, of which only the way to write dates is taken.
    """
    form, bare = form_of_dates(others), years_stay(others)
    start = time.process_time()
    habits = {w.name: form for w in part.wordings if form and "date" in w.range}
    found = []
    for text in texts:
        scope = text.example.scope
        wordings = [w for w in part.wordings if scope is None or w.name in scope]
        every = read_unseen(text.view, wordings)
        rows = [_row(text, p, habits, 1e-9) for p in every]
        found.append([_with_year(text, row) if bare else row for row in rows])
    clock.read += time.process_time() - start
    clock.texts += len(texts)
    return found


def _with_year(text: Text, row: dict[str, Any]) -> dict[str, Any]:
    """The row with its object as the text has it, where that is a year."""
    start, end = row["o_span"]
    words = text.view.text[start:end]
    return row | {"o": words} if is_year(words) else row


def _row(text: Text, p: Proposal, habits: dict[str, str], threshold: float) -> dict[str, Any]:
    view = text.view
    return {
        "s": view.span_text(p.subject.start, p.subject.end),
        "p": p.relation,
        "o": written(view.span_text(p.object.start, p.object.end), p.relation, habits),
        "s_span": [view.starts[p.subject.start], view.ends[p.subject.end - 1]],
        "o_span": [view.starts[p.object.start], view.ends[p.object.end - 1]],
        "above": round(p.probability / threshold, 4),
        "probability": round(p.probability, 4),
    }


def cross_validated(
    part: Part,
    texts: Sequence[Text],
    item: BenchSet,
    args: argparse.Namespace,
    clock: Clock,
    seed: int,
) -> dict[str, Rows]:
    """Proposals by row id, each from a model of the other folds; the first folds only, if asked."""
    number = fold_numbers(part, args.folds or item.folds, seed, grouped=args.grouped)
    found: dict[str, Rows] = {}
    for fold in sorted(set(number))[: args.read]:
        clock.folds = max(clock.folds, fold + 1)
        rest = [t for t, n in zip(texts, number, strict=True) if n != fold]
        held = [i for i, n in enumerate(number) if n == fold]
        start = time.process_time()
        model = train(rest, part.relations)
        clock.train += time.process_time() - start
        rows = read_rows(model, [texts[i] for i in held], rest, clock)
        found |= {part.rows[i]["id"]: each for i, each in zip(held, rows, strict=True)}
        print(f"  {part.ontology} fold {fold}: threshold {model.threshold:.2f}", flush=True)  # noqa: T201
    return found


def run(bench: Path, item: BenchSet, args: argparse.Namespace) -> dict[str, Any]:
    """Figures of one set."""
    score, clock, annotator = load_scorer(bench), Clock(), load_annotator()
    ontologies = score.load_ontology(str(bench / item.ontology))
    parts = load_parts(
        bench, item.train, item.ontology, most=args.rows or item.rows, given=item.given
    )
    gold: Rows = [row for part in parts for row in part.rows]
    texts = {part.ontology: prepared(part, annotator, clock) for part in parts}
    partings: list[dict[str, Rows]] = []
    for seed in item.seeds[:1] if args.zero else item.seeds:
        found: dict[str, Rows] = {}
        for part in parts:
            if args.zero:
                others = [t for k, ts in texts.items() if k != part.ontology for t in ts]
                rows = zero_rows(part, texts[part.ontology], others, clock)
                found |= {row["id"]: each for row, each in zip(part.rows, rows, strict=True)}
            else:
                found |= cross_validated(part, texts[part.ontology], item, args, clock, seed)
        partings.append(found)
    every = [as_marked([row for row in gold if row["id"] in each], each) for each in partings]
    gold = every[0][0]
    out = figures(score, item, *every[0], ontologies)
    if len(every) > 1:
        out |= mean_of_partings([figures(score, item, *each, ontologies) for each in every])
    if item.held and not (args.zero or args.grouped or args.read):
        out["held"] = _held(bench, item, texts, annotator, score, ontologies)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return out | {
        "texts": len(gold),
        "characters": round(sum(len(row["text"]) for row in gold) / max(len(gold), 1)),
        "folds read": clock.folds,
        "parse seconds": round(clock.parse, 1),
        "train seconds": round(clock.train / max(clock.folds, 1) / len(partings), 1),
        "texts a second": round(clock.texts / max(clock.read, 0.01)),
        "peak MB": round(peak),
    }


def _held(
    bench: Path,
    item: BenchSet,
    texts: dict[str, list[Text]],
    annotator: Annotator,
    score: ModuleType,
    ontologies: Any,
) -> dict[str, Any]:
    """Figures on the development files, read by models of the whole training part."""
    clock = Clock()
    gold: Rows = []
    found: dict[str, Rows] = {}
    for part in load_parts(bench, item.held, item.ontology, given=item.given):
        model = train(texts[part.ontology], part.relations)
        held = prepared(part, annotator, clock)
        rows = read_rows(model, held, texts[part.ontology], clock)
        gold += part.rows
        found |= {row["id"]: each for row, each in zip(part.rows, rows, strict=True)}
    gold, found = as_marked(gold, found)
    return figures(score, item, gold, found, ontologies) | {"texts": len(gold)}


def main() -> None:
    """Measures the sets asked for, then writes the report of all measured ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--sets", default=",".join((*(s.name for s in SETS), OPEN)))
    parser.add_argument("--folds", type=int, help="instead of those of each set")
    parser.add_argument("--read", type=int, help="only so many of the folds")
    parser.add_argument("--rows", type=int, help="only the first so many texts of each ontology")
    parser.add_argument("--grouped", action="store_true")
    parser.add_argument("--zero", action="store_true")
    parser.add_argument("--processes", type=int, default=1, help="sets at a time")
    parser.add_argument("--report", type=Path, default=Path("docs/bench-quality.md"))
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    sets = args.sets.split(",")
    if len(sets) > 1 or not one_thread():
        measure_apart(sets, args.processes)
    else:
        _measure(sets[0], args)
    args.report.write_text(render(args.out), "utf-8")


def _measure(name: str, args: argparse.Namespace) -> None:
    kind = ".zero" if args.zero else ".grouped" if args.grouped else ""
    if name != OPEN:
        found = run(args.shared / "bench", next(s for s in SETS if s.name == name), args)
        print(name + kind, [round(x, 3) for x in found["strict"]], flush=True)  # noqa: T201
    elif kind:
        return
    else:
        rows, speed = measured(args.shared / "bench" / "benchie")
        found = {"table": table(rows), "sentences a second": round(speed)}
    path = args.out / f"{name}{kind}.json"
    path.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
