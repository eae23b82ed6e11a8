"""How well mentions of one entity are brought together: `python -m tools.resolution [../shared]`.

Reads labelled mentions (article, name, occurrence, cluster) of the project's own articles, and of
those beside the project where a folder is given; builds the articles; prints pairwise precision and
recall over the labelled mentions that the extraction found, and the pairs that are wrong.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from kg.model.graph import KnowledgeGraph
from kg.model.statement import MentionKind
from kg.model.text import Span
from kg.pipeline import build

FIXTURES = Path(__file__).resolve().parent.parent / "tests" / "fixtures" / "resolution"
WRONG_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Label:
    """A row of a label file; `occurrence` 0 stands for each."""

    article: str  # file name without suffix, after its folder below the articles
    name: str
    occurrence: int
    cluster: str


@dataclass(frozen=True, slots=True)
class Measured:
    """Pairs of labelled mentions that were found: right, wrongly joined, wrongly parted."""

    name: str
    labelled: int
    found: int
    joined: int
    wrong: tuple[tuple[str, str], ...]
    parted: tuple[tuple[str, str], ...]

    @property
    def precision(self) -> float:
        """Of the pairs that share an entity, the part that shares a label; 1 for no pair."""
        pairs = self.joined + len(self.wrong)
        return self.joined / pairs if pairs else 1.0

    @property
    def recall(self) -> float:
        """Of the pairs that share a label, the part that shares an entity; 1 for no pair."""
        pairs = self.joined + len(self.parted)
        return self.joined / pairs if pairs else 1.0


def read_labels(path: Path) -> tuple[Label, ...]:
    """The rows of a label file, in order."""
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines()[1:])
    return tuple(Label(a, n, 0 if o == "*" else int(o), c) for a, n, o, c in rows)


def places(text: str, labels: Sequence[Label]) -> Iterator[tuple[int, int, str]]:
    """(start, end, cluster) of the labelled mentions of one article, in text order.

    Where two names overlap the longer one counts, and the shorter one has no occurrence there.
    """
    names = sorted({label.name for label in labels}, key=lambda n: (-len(n), n))
    wanted = {(label.name, label.occurrence): label.cluster for label in labels}
    pattern = "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names)
    count: Counter[str] = Counter()
    for match in re.finditer(pattern, text):
        count[match[0]] += 1
        one = wanted.get((match[0], count[match[0]]), wanted.get((match[0], 0)))
        if one is not None:
            yield match.start(), match.end(), one


def measure(
    name: str, graph: KnowledgeGraph, labels: Iterable[Label], articles: Mapping[str, str]
) -> tuple[Measured, Measured]:
    """Measures over pairs within and across articles, and across only.

    `articles` maps the article of a label to the name of the article in the graph.
    """
    entity_of = {m: e.id for e in graph.entities for m in e.members}
    at: dict[Span, str] = {}
    for entity in graph.article_entities:
        for mention in entity.mentions:
            if mention.kind is MentionKind.NAME:
                at[mention.span] = entity_of[entity.id]
    texts = {a.name: a.text for a in graph.articles}
    by_article: dict[str, list[Label]] = defaultdict(list)
    for label in labels:
        by_article[label.article].append(label)
    labelled = 0
    found: list[tuple[Span, str, str]] = []
    for article, rows in sorted(by_article.items()):
        for start, end, cluster in places(texts[articles[article]], rows):
            labelled += 1
            span = _mention(at, Span(articles[article], start, end))
            if span is not None:
                found.append((span, at[span], f"{cluster} {texts[span.article][start:end]!r}"))
    return _pairs(name, labelled, found, within=True), _pairs(name, labelled, found, within=False)


def _mention(at: Mapping[Span, str], span: Span) -> Span | None:
    """The found mention at that place, give or take an article before the name."""
    before = Span(span.article, span.start - len("the "), span.end)
    return next((s for s in (span, before) if s in at), None)


def _pairs(
    name: str, labelled: int, found: Sequence[tuple[Span, str, str]], *, within: bool
) -> Measured:
    joined = 0
    wrong: list[tuple[str, str]] = []
    parted: list[tuple[str, str]] = []
    for (span, entity, label), (other_span, other, other_label) in combinations(found, 2):
        if not within and span.article == other_span.article:
            continue
        alike = label.split(" ")[0] == other_label.split(" ")[0]
        pair = (f"{span.article}: {label}", f"{other_span.article}: {other_label}")
        if entity == other and alike:
            joined += 1
        elif entity == other:
            wrong.append(pair)
        elif alike:
            parted.append(pair)
    return Measured(name, labelled, len(found), joined, tuple(wrong), tuple(parted))


def own() -> tuple[Measured, Measured]:
    """The measures of the project's own articles."""
    labels = read_labels(FIXTURES / "labels.tsv")
    graph = build(FIXTURES / "articles")
    return measure("own", graph, labels, _names(graph, labels))


def beside(shared: Path) -> tuple[Measured, Measured]:
    """The measures of the articles beside the project, in one graph."""
    labels = read_labels(FIXTURES / "shared-labels.tsv")
    found = {Path(label.article).stem for label in labels}
    folders = (shared / "articles", shared / "articles" / "dev")
    paths = [p for f in folders for p in sorted(f.iterdir()) if p.stem in found and p.is_file()]
    graph = build([p for p in paths if p.suffix != ".md"])
    return measure("shared", graph, labels, _names(graph, labels))


def _names(graph: KnowledgeGraph, labels: Iterable[Label]) -> dict[str, str]:
    by_stem = {Path(a.name).stem: a.name for a in graph.articles}
    return {label.article: by_stem[Path(label.article).stem] for label in labels}


def render(measures: Iterable[tuple[Measured, Measured]]) -> str:
    """A Markdown table, and the kinds of pairs that are wrong with how many there are."""
    rows = ["| set | pairs | labelled | found | right | joined wrongly | parted wrongly | P | R |"]
    rows.append("|---|---|--:|--:|--:|--:|--:|--:|--:|")
    errors: list[str] = []
    for all_pairs, across in measures:
        for kind, m in (("all", all_pairs), ("across articles", across)):
            counts = (m.labelled, m.found, m.joined, len(m.wrong), len(m.parted))
            figures = (*map(str, counts), f"{m.precision:.3f}", f"{m.recall:.3f}")
            rows.append(f"| {m.name} | {kind} | {' | '.join(figures)} |")
        for what, pairs in (("joined", all_pairs.wrong), ("parted", all_pairs.parted)):
            kinds = Counter(f"- {what}: {left} / {right}" for left, right in pairs)
            errors.extend(f"{k} ({n})" for k, n in kinds.most_common(WRONG_SHOWN))
    return "\n".join([*rows, "", *errors])


def main() -> None:
    """Prints the measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", nargs="?", type=Path, help="folder with real articles")
    arguments = parser.parse_args()
    measures = [own()]
    if arguments.shared is not None:
        measures.append(beside(arguments.shared))
    print(render(measures))  # noqa: T201 (the tool's output)


if __name__ == "__main__":
    main()
