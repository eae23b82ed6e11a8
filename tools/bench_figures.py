"""Figures of what was read: against the gold, by cause of error, and what an ontology is like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import ModuleType
from typing import Any

from kg.extract.learned.folding import date_key
from tools.bench_entities import closed, load_rules
from tools.bench_sets import BenchSet

__all__ = ["GENEROUS", "Rows", "causes", "figures", "mean_of_partings", "outside", "profiles"]

Rows = list[dict[str, Any]]
GENEROUS = 0.4  # of a threshold: for measures that drop what is of no relation of the gold


def figures(
    score: ModuleType, bench: BenchSet, gold: Rows, found: dict[str, Rows], ontologies: Any
) -> dict[str, Any]:
    """Strict figures of what is above the threshold; official ones of that and of more."""
    kept = {k: [r for r in rows if r["above"] >= 1] for k, rows in found.items()}
    strict = score.strict(gold, kept, bench.match)
    out: dict[str, Any] = {
        "strict": strict["micro"],
        "macro relation": strict["macro_relation"],
        "ontologies": {k: v["prf"] for k, v in strict["per_ontology"].items()},
        "relations": {k: (*v["prf"], v["tp"] + v["fn"]) for k, v in strict["per_relation"].items()},
    }
    if bench.official:
        more = {k: [r for r in rows if r["above"] >= GENEROUS] for k, rows in found.items()}
        out["official"] = score.text2kgbench(gold, kept, ontologies)
        out["official generous"] = score.text2kgbench(gold, more, ontologies)["global"]
        out["strict generous"] = score.strict(gold, more, bench.match)["micro"]
        out["outside"] = outside(score, gold, kept, ontologies)
        out["profiles"] = profiles(score, gold)
    if bench.closure:
        rules = load_rules()
        out["closure"] = {
            "neither": strict["micro"],
            "read": score.strict(gold, _closed(kept, rules), bench.match)["micro"],
            "gold": score.strict(_closed_gold(gold, rules), kept, bench.match)["micro"],
            "both": score.strict(_closed_gold(gold, rules), _closed(kept, rules), bench.match)[
                "micro"
            ],
        }
    if bench.match == "exact":
        out["causes"] = causes(score, gold, kept)
    return out


def mean_of_partings(every: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Means of precision, recall and F1 over several partings into folds, and each F1."""
    strict = [each["strict"] for each in every]
    means = [sum(column) / len(strict) for column in zip(*strict, strict=True)]
    return {"strict": means, "F1 by parting": [f1 for _, _, f1 in strict]}


def causes(score: ModuleType, gold: Rows, found: dict[str, Rows]) -> dict[str, int]:
    """Why gold triples were missed and proposals counted wrong, by number."""
    counts: dict[str, int] = {}

    def add(cause: str) -> None:
        counts[cause] = counts.get(cause, 0) + 1

    norm, relation = score.norm, score.norm_rel
    for row in gold:
        rows = [(norm(r["s"]), relation(r["p"]), norm(r["o"])) for r in found.get(row["id"], [])]
        wanted = [(norm(t["s"]), relation(t["p"]), norm(t["o"])) for t in row["triples"]]
        text = f" {norm(row['text'])} "
        for s, p, o in wanted:
            add(_miss(text, (s, p, o), rows))
        for s, p, o in rows:
            if (s, p, o) not in wanted:
                same = any(p == q for _, q, _ in wanted)
                pair = any((s, o) == (a, b) for a, _, b in wanted)
                what = "relation" if pair else "argument" if same else "fact: not annotated"
                add(f"proposed, wrong {what}")
    return dict(sorted(counts.items()))


def _miss(text: str, triple: tuple[str, str, str], rows: Iterable[tuple[str, str, str]]) -> str:
    s, p, o = triple
    found = list(rows)
    if triple in found:
        return "found"
    if f" {s} " not in text or f" {o} " not in text:
        missing = "subject" if f" {s} " not in text else "object"
        return f"missed, {missing} not in the text in these words"
    if any((s, o) == (a, b) for a, _, b in found):
        return "missed, pair found under another relation"
    if any(q == p and (a == s or b == o) for a, q, b in found):
        return "missed, one argument differs"
    return "missed, nothing like it proposed"


def _closed(found: Mapping[str, Rows], rules: Mapping[str, Any]) -> dict[str, Rows]:
    return {
        key: [
            {"s": s, "p": p, "o": o}
            for s, p, o in sorted(closed({(r["s"], r["p"], r["o"]) for r in rows}, rules))
        ]
        for key, rows in found.items()
    }


def _closed_gold(gold: Rows, rules: Mapping[str, Any]) -> Rows:
    triples = _closed({row["id"]: row["triples"] for row in gold}, rules)
    return [row | {"triples": triples[row["id"]]} for row in gold]


def outside(
    score: ModuleType, gold: Rows, found: Mapping[str, Rows], ontologies: Any
) -> dict[str, dict[str, int]]:
    """What the official measure does not find in the text, by what it is, for both arguments.

    It joins stems of tokens, and the text to names of classes, so that words before the last full
    stop are not found; what is no such thing and no date written in another way is "other".
    """
    counts = {
        name: {"all": 0, "words of the text": 0, "the same date": 0, "other": 0}
        for name in ("subjects", "objects")
    }
    for row in gold:
        classes = " ".join(c["label"] for c in ontologies[row["ontology"]]["concepts"])
        text = score._stemjoin(row["text"] + classes)  # as in text2kgbench()
        for r in found.get(row["id"], ()):
            for name, side in (("subjects", "s"), ("objects", "o")):
                counts[name]["all"] += 1
                if score._stemjoin(r[side]).replace("01januari", "") in text:
                    continue
                start, end = r[f"{side}_span"]
                counts[name][_sameness(r[side], row["text"][start:end])] += 1
    return counts


def _sameness(words: str, quoted: str) -> str:
    if words == quoted:
        return "words of the text"
    day = date_key(words)
    return "the same date" if day is not None and day == date_key(quoted) else "other"


def profiles(score: ModuleType, gold: Rows) -> dict[str, dict[str, float]]:
    """By ontology: texts, triples a text, relations, and the share of the gold not in the text."""
    out: dict[str, dict[str, float]] = {}
    for name in sorted({row["ontology"] for row in gold}):
        rows = [row for row in gold if row["ontology"] == name]
        triples = [(row, t) for row in rows for t in row["triples"]]
        lost = sum(not _stands(score, row, t) for row, t in triples)
        out[name] = {
            "texts": len(rows),
            "triples a text": len(triples) / len(rows),
            "relations": len({t["p"] for _, t in triples}),
            "not in the text": lost / max(len(triples), 1),
        }
    return out


def _stands(score: ModuleType, row: Mapping[str, Any], triple: Mapping[str, Any]) -> bool:
    text = f" {score.norm(row['text'])} "
    return all(f" {score.norm(triple[side])} " in text for side in "so")
