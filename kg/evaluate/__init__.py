"""How good the facts are: precision, recall and the rest, against gold facts.

Needs nothing but the standard library.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import UnknownNameError
from kg.evaluate.gold import read_gold
from kg.evaluate.score import IsA, Leak, Score, find_leaks, score_article
from kg.export.jsonl import read_facts

__all__ = ["Evaluation", "Leak", "Score", "evaluate"]

_SHARES = {
    "stance": "modality",
    "speaker": "speaker",
    "evid.": "evidence",
    "qual.": "qualifiers",
    "types": "types",
}
_HEADINGS = ("", "P", "R", "F1", "right", "predicted", "found", "gold", *_SHARES)


@dataclass(frozen=True)
class Evaluation:
    """The scores by article, by predicate and over all, and the facts read from page chrome."""

    articles: Mapping[str, Score]  # in the order of the gold files
    predicates: Mapping[str, Score]  # sorted by name, those of the gold vocabulary only
    overall: Score
    leaks: tuple[Leak, ...]

    def to_json(self) -> dict[str, Any]:
        """Figures and counts as plain data."""
        return {
            "overall": self.overall.to_json(),
            "articles": {name: score.to_json() for name, score in self.articles.items()},
            "predicates": {name: score.to_json() for name, score in self.predicates.items()},
            "boilerplate": [
                {"article": leak.article, "predicate": leak.predicate, "quote": leak.quote}
                for leak in self.leaks
            ],
        }

    def to_table(self) -> str:
        """The same as text: one row an article, one a predicate, and what else is worth saying."""
        rows = [
            _HEADINGS,
            *(_row(name, score) for name, score in self.articles.items()),
            _row("all", self.overall),
            (),
            *(_row(name, score) for name, score in self.predicates.items()),
        ]
        lines = _align(rows)
        lines += [
            "",
            "stance, speaker, evidence, qualifiers, types: shares over the facts that are right",
            f"facts outside the gold vocabulary: {self.overall.outside}",
            f"quotes from boilerplate: {len(self.leaks)}",
        ]
        lines += [f"  {leak.article} {leak.predicate}: {leak.quote}" for leak in self.leaks]
        return "\n".join(lines) + "\n"


def evaluate(
    facts_path: Path,
    gold_dir: Path,
    *,
    articles: Iterable[str] | None = None,
    is_a: IsA = str.__eq__,
) -> Evaluation:
    """Scores a facts.jsonl against a folder of gold facts.

    `articles` keeps the gold articles of these names (without their ending); None keeps all.
    `is_a(name, ancestor)` knows the class tree of the domain (`Ontology.is_a`): a City counts as a
    Place; without it, classes must be equal.
    Raises InputError for files that cannot be used and UnknownNameError for an unknown article.
    """
    gold = read_gold(gold_dir)
    facts = read_facts(facts_path)
    known = [article.name for article in gold.articles]
    wanted = frozenset(known if articles is None else articles)
    for name in sorted(wanted.difference(known)):
        raise UnknownNameError("gold article", name, known)
    by_article: dict[str, Score] = {}
    by_predicate: dict[str, Score] = {name: Score() for name in sorted(gold.predicates)}
    leaks: list[Leak] = []
    for article in gold.articles:
        if article.name not in wanted:
            continue
        scores = score_article(gold, article, facts, is_a)
        by_article[article.name] = sum(scores.values(), Score())
        leaks += find_leaks(article, facts)
        for name, score in scores.items():
            if name in by_predicate:
                by_predicate[name] += score
    return Evaluation(
        articles=by_article,
        predicates=by_predicate,
        overall=sum(by_article.values(), Score()),
        leaks=tuple(leaks),
    )


def _row(name: str, score: Score) -> tuple[str, ...]:
    """A row of the table; a dash where there is nothing to divide by."""
    figures = (
        f"{score.precision:.3f}" if score.predicted else "-",
        f"{score.recall:.3f}" if score.gold else "-",
        f"{score.f1:.3f}" if score.predicted and score.gold else "-",
    )
    counts = (score.right, score.predicted, score.found, score.gold)
    shares = (f"{score.share(count):.2f}" if score.right else "-" for count in _SHARES.values())
    return (name, *figures, *map(str, counts), *shares)


def _align(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """The rows as lines: the first column to the left, figures to the right."""
    rows = list(rows)
    full = [row for row in rows if row]
    widths = [max(len(row[column]) for row in full) for column in range(len(_HEADINGS))]
    lines = []
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=False)]
        lines.append("  ".join([row[0].ljust(widths[0]), *cells]).rstrip() if row else "")
    return lines
