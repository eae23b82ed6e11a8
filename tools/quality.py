"""How good the facts are, as a document: `python -m tools.quality ../shared > docs/quality.md`.

Builds the articles that the gold folders know, and prints accuracy by folder and predicate, what is
missed by cause, what each layer adds, and how far the confidences can be trusted. `--fit` prints
the weights of the confidences instead, to be put into the lexicon.
"""

from __future__ import annotations

import argparse
import math
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from kg.evaluate import Evaluation, evaluate
from kg.evaluate.gold import Gold, GoldFact, read_gold
from kg.evaluate.score import find_matches
from kg.export.jsonl import read_facts, render_jsonl
from kg.extract import extract
from kg.extract.confidence import calibrated, kind_of_rule, log_odds
from kg.extract.lexicon import Lexicon
from kg.model.statement import Extraction
from kg.ontology.domain import Ontology, load_ontology
from kg.read.annotate import AnnotatedArticle, load_annotator
from kg.read.clean import clean
from kg.read.load import find_sources, read_source
from kg.resolve import resolve

STEPS, RATE = 4000, 0.5  # of gradient descent
PENALTY, SLOPE = 1.0, 1.0  # the weights are pulled to nought, that of the estimate to one
BINS = 5


@dataclass(frozen=True)
class Folder:
    """A gold folder, and the articles that it is about."""

    name: str
    gold: Path
    articles: Path


@cache
def domain() -> Ontology:
    """The packaged domain."""
    return load_ontology("olympics")


@cache
def annotated(folder: Folder) -> tuple[AnnotatedArticle, ...]:
    """The parsed articles of the gold folder, by name; parsed once."""
    annotator = load_annotator()
    stems = [a.name for a in read_gold(folder.gold).articles]
    paths = [p for p in sorted(folder.articles.iterdir()) if p.stem in stems]
    return tuple(annotator.annotate(clean(read_source(source))) for source in find_sources(paths))


def build(folder: Folder, target: Path) -> tuple[Extraction, ...]:
    """Writes the facts of a folder's articles to `target`; gives what was extracted."""
    parsed = annotated(folder)
    extractions = tuple(extract(a, domain()) for a in parsed)
    graph = resolve([a.article for a in parsed], extractions, domain(), {})
    target.write_text(render_jsonl(graph, domain()), "utf-8")
    return extractions


def measured(folder: Folder) -> Evaluation:
    """The evaluation of a fresh build."""
    with tempfile.TemporaryDirectory() as scratch:
        facts = Path(scratch) / "facts.jsonl"
        build(folder, facts)
        return evaluate(facts, folder.gold, is_a=domain().is_a)


# -- calibration ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Judged:
    """A fact inside the gold vocabulary: its article, estimate, rule, and whether gold has it."""

    article: str
    estimate: float
    extractor: str
    right: bool


def judged_facts(folder: Folder) -> Iterator[Judged]:
    """Every predicted fact of the folder, judged by gold, with the rule's own estimate."""
    raw = patch("kg.extract.minting.calibrated", lambda estimate, *_: round(min(estimate, 1), 4))
    with tempfile.TemporaryDirectory() as scratch, raw:
        path = Path(scratch) / "facts.jsonl"
        build(folder, path)
        facts = read_facts(path)
    gold = read_gold(folder.gold)
    for article in gold.articles:
        predicted, matches = find_matches(gold, article, facts)
        right = set(matches.values())
        for position, fact in enumerate(predicted):
            if fact["predicate"] in gold.predicates:
                rule = fact["evidence"][0]["extractor"]
                yield Judged(article.name, fact["confidence"], rule, position in right)


def fit(rows: Sequence[Judged]) -> dict[str, float]:
    """Weights of the logistic model of `kg.extract.confidence`, by gradient descent."""
    kinds = sorted({kind_of_rule(r.extractor) for r in rows})
    weights = {"intercept": 0.0, "slope": SLOPE, **dict.fromkeys(kinds, 0.0)}
    for _ in range(STEPS):
        slopes = dict.fromkeys(weights, 0.0)
        for row in rows:
            score = weights["intercept"] + weights["slope"] * log_odds(row.estimate)
            score += weights[kind_of_rule(row.extractor)]
            error = 1 / (1 + math.exp(-score)) - row.right
            slopes["intercept"] += error
            slopes["slope"] += error * log_odds(row.estimate)
            slopes[kind_of_rule(row.extractor)] += error
        for name, weight in weights.items():
            pull = 0.0 if name == "intercept" else PENALTY * (weight - SLOPE * (name == "slope"))
            weights[name] = weight - RATE * (slopes[name] + pull) / len(rows)
    return {name: round(weight, 3) for name, weight in weights.items()}


def kept(fitted: Mapping[str, float], now: Mapping[str, float]) -> dict[str, float]:
    """The fitted weights, with those there are for kinds of rules that no gold fact is of.

    A frame that is only proposed is one: its weight is a judgement, and fitting must not drop it.
    """
    return dict(fitted) | {name: weight for name, weight in now.items() if name not in fitted}


def cross_validated(rows: Sequence[Judged]) -> list[tuple[float, bool]]:
    """(confidence, right) of each fact, by weights fitted on the other articles."""
    out: list[tuple[float, bool]] = []
    for article in sorted({r.article for r in rows}):
        weights = fit([r for r in rows if r.article != article])
        out += [
            (calibrated(r.estimate, r.extractor, weights), r.right)
            for r in rows
            if r.article == article
        ]
    return out


def reliability(
    pairs: Sequence[tuple[float, bool]],
) -> tuple[list[tuple[float, float, int]], float]:
    """(mean confidence, share right, count) of bins of equal count, and their calibration error.

    The expected calibration error is the mean distance of the first two, weighted by count.
    Source: Naeini et al., Well Calibrated Probabilities Using Bayesian Binning, AAAI 2015.
    """
    ordered = sorted(pairs, key=lambda pair: pair[0])  # ties in the order given: unknown to gold
    size = max(len(ordered) // BINS, 1)
    bins: list[tuple[float, float, int]] = []
    for number in range(BINS):
        part = ordered[number * size : (number + 1) * size if number < BINS - 1 else None]
        if part:
            mean = sum(c for c, _ in part) / len(part)
            bins.append((mean, sum(r for _, r in part) / len(part), len(part)))
    error = sum(abs(mean - share) * count for mean, share, count in bins) / len(ordered)
    return bins, error


# -- what is missed, by cause ---------------------------------------------------------------------


def causes(folder: Folder) -> tuple[Counter[str], int]:
    """Core gold facts that are missed, by cause, and the number of all core facts."""
    gold = read_gold(folder.gold)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "facts.jsonl"
        extractions = build(folder, path)
        facts = read_facts(path)
    found: Counter[str] = Counter()
    by_article = {
        a.article.name.rsplit(".", 1)[0]: e
        for a, e in zip(annotated(folder), extractions, strict=True)
    }
    for article in gold.articles:
        predicted, matches = find_matches(gold, article, facts)
        for position, want in enumerate(article.facts):
            if want.core and position not in matches:
                found[_cause(gold, want, by_article[article.name], predicted)] += 1
    return found, sum(f.core for a in gold.articles for f in a.facts)


def _cause(
    gold: Gold, want: GoldFact, extraction: Extraction, predicted: Sequence[Mapping[str, Any]]
) -> str:
    named: list[dict[str, Any]] = [
        {"label": e.label, "mentions": [m.text for m in e.mentions], "type": e.type}
        for e in extraction.entities
    ]
    subjects = [e for e in named if gold.is_entity(e, want.subject)]
    target = want.object.get("entity")
    objects = [e for e in named if target is not None and gold.is_entity(e, target)]
    if not subjects or (target is not None and not objects):
        return "entity missed"
    relation = domain().relations.get(want.predicate)
    classes = relation.domain if relation is not None else ()
    if classes and not any(domain().is_any(str(e["type"]), classes) for e in subjects):
        return "class wrong"
    if any(
        gold.is_entity(f["subject"], want.subject) and gold.is_object(f["object"], want.object)
        for f in predicted
    ):
        return "other relation found"
    names = [n.lower() for n in gold.names[want.subject]]
    if not any(n in quote.lower() for quote in want.evidence for n in names):
        return "subject not named where it is said (coreference)"
    return "no frame or construction"


# -- what each layer adds -------------------------------------------------------------------------

NOTHING: Callable[..., Any] = lambda *_, **__: iter(())  # noqa: E731
LAYERS: dict[str, tuple[tuple[str, Any], ...]] = {
    "frames": (("kg.extract.matching.Matcher.claims", NOTHING),),
    "names of the domain": (("kg.extract.names.Gazetteer.matches", NOTHING),),
    "classes by context (recogniser only)": (
        ("kg.extract.classify._apposition", lambda *_: None),
        ("kg.extract.classify._descriptor", NOTHING),
        ("kg.extract.classify._name_head", lambda *_: None),
        ("kg.extract.classify._speaker", lambda *_: None),
    ),
    "pronouns and descriptions": (
        ("kg.extract.reference.Reference._pronoun", lambda *_: None),
        ("kg.extract.reference.Reference._back", lambda *_: None),
    ),
    "short names and slips": (("kg.extract.extraction.unite_aliases", lambda *_: None),),
    "coordination": (("kg.extract.participants.coordinated", lambda token, _: [token]),),
    "posts": (("kg.extract.extraction.employments", NOTHING),),
    "editions of events": (("kg.extract.extraction.edition_facts", NOTHING),),
    "brands": (("kg.extract.extraction.brand_facts", NOTHING),),
    "measures": (("kg.extract.extraction.find_measures", NOTHING),),
    "lists": (("kg.extract.extraction.included_parts", NOTHING),),
}


def ablation(folder: Folder) -> Iterator[tuple[str, Evaluation]]:
    """The evaluation without each layer in turn."""
    for name, patches in LAYERS.items():
        with ExitStack() as stack:
            for target, replacement in patches:
                stack.enter_context(patch(target, replacement))
            yield name, measured(folder)


# -- the document ---------------------------------------------------------------------------------


def document(folders: Sequence[Folder]) -> Iterator[str]:
    """The lines of docs/quality.md."""
    command = ["git", "log", "-1", "--format=%h of %cs"]
    head = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    yield "# Quality"
    yield ""
    yield f"Made by `python -m tools.quality ../shared` at {head or 'no commit'}."
    yield ""
    yield "Core gold facts count for recall; any gold fact, optional ones too, is right when found."
    yield "Stance, speaker, evidence, qualifiers and types: shares over the facts that are right."
    results = {folder: measured(folder) for folder in folders}
    yield from _accuracy(results)
    yield from _predicates(results)
    yield from _missed(folders)
    dev = folders[-1]
    yield from _ablation(dev, results[dev])
    yield from _confidence(dev)


def _accuracy(results: Mapping[Folder, Evaluation]) -> Iterator[str]:
    yield from ("", "## Accuracy", "")
    yield "| articles | P | R | F1 | stance | speaker | evidence | qualifiers | types |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for folder, result in results.items():
        for name, score in (*result.articles.items(), (f"**{folder.name}**", result.overall)):
            shares = ("modality", "speaker", "evidence", "qualifiers", "types")
            cells = " | ".join(f"{score.share(s):.2f}" for s in shares)
            figures = f"{score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f}"
            yield f"| {name} | {figures} | {cells} |"
        if result.leaks:
            yield f"| quotes from boilerplate: {len(result.leaks)} | | | | | | | | |"


def _predicates(results: Mapping[Folder, Evaluation]) -> Iterator[str]:
    yield from ("", "## By predicate", "", "right / predicted, found / gold core facts.", "")
    yield "| predicate | " + " | ".join(f.name for f in results) + " |"
    yield "|---" * (len(results) + 1) + "|"
    names = sorted({n for r in results.values() for n in r.predicates})
    for name in names:
        cells = []
        for result in results.values():
            score = result.predicates.get(name)
            cells.append(
                f"{score.right}/{score.predicted}, {score.found}/{score.gold}" if score else ""
            )
        yield f"| {name} | " + " | ".join(cells) + " |"


def _missed(folders: Sequence[Folder]) -> Iterator[str]:
    yield from ("", "## What is missed, by cause", "")
    counts = {f: causes(f) for f in folders}
    yield "| cause | " + " | ".join(f.name for f in folders) + " |"
    yield "|---" * (len(folders) + 1) + "|"
    for name in sorted({n for found, _ in counts.values() for n in found}):
        cells = [f"{found[name]} ({found[name] / n:.0%})" for found, n in counts.values()]
        yield f"| {name} | " + " | ".join(cells) + " |"
    yield "| of core facts | " + " | ".join(str(n) for _, n in counts.values()) + " |"


def _ablation(folder: Folder, whole: Evaluation) -> Iterator[str]:
    yield from ("", f"## What each layer adds on the {folder.name}", "")
    yield "F1 without the layer, and the difference to the whole."
    yield ""
    yield "| without | P | R | F1 | loss |"
    yield "|---|---|---|---|---|"
    best = whole.overall
    yield f"| nothing | {best.precision:.3f} | {best.recall:.3f} | {best.f1:.3f} | |"
    for name, result in ablation(folder):
        score = result.overall
        yield (
            f"| {name} | {score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f} "
            f"| {best.f1 - score.f1:.3f} |"
        )


def _confidence(folder: Folder) -> Iterator[str]:
    rows = list(judged_facts(folder))
    bins, error = reliability(cross_validated(rows))
    yield from ("", "## Confidence", "")
    yield f"On the {folder.name}, each by weights fitted on the others; bins of equal count."
    yield from ("", "| mean confidence | share right | facts |", "|---|---|---|")
    for mean, share, count in bins:
        yield f"| {mean:.2f} | {share:.2f} | {count} |"
    yield ""
    yield f"Expected calibration error {error:.3f} over {len(rows)} facts."


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, help="folder with articles, gold and gold-dev")
    parser.add_argument("--fit", action="store_true", help="print the weights of the confidences")
    options = parser.parse_args()
    root = options.shared
    folders = [
        Folder("two main articles", root / "gold", root / "articles"),
        Folder("six others", root / "gold-dev", root / "articles" / "dev"),
    ]
    absent = [str(place) for f in folders for place in (f.gold, f.articles) if not place.is_dir()]
    if absent:
        parser.error("not there: " + ", ".join(absent))
    if options.fit:
        fitted = fit(list(judged_facts(folders[-1])))  # the main articles are too well known
        weights = kept(fitted, Lexicon(domain()).confidence)
        sys.stdout.write("[confidence]\n")
        sys.stdout.writelines(f'"{name}" = {weight}\n' for name, weight in weights.items())
        return 0
    sys.stdout.write("\n".join(document(folders)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
