"""What each extractor adds: `python -m tools.ablation ../shared`, a table of all combinations.

Builds the articles that `gold-dev` knows with each combination of extractors, and prints accuracy.
Rules always; learned relations where the domain holds some; a language model where `--llm` names an
endpoint, or `--llm-cache` a folder with recorded answers, which then is all that is asked.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from kg.evaluate import evaluate
from kg.evaluate.gold import read_gold
from kg.export.jsonl import read_facts, render_jsonl
from kg.extract import extract
from kg.extract.learned.claims import learned_models
from kg.llm.extractor import ModelReader
from kg.llm.settings import LlmSettings
from kg.model.extractor import EXTRACTORS, LEARNED, LLM, RULES, extractor_of
from kg.ontology.domain import Ontology, load_ontology
from kg.read.annotate import AnnotatedArticle, load_annotator
from kg.read.clean import clean
from kg.read.load import find_sources, read_source
from kg.resolve import resolve

_NOWHERE = "http://127.0.0.1:9/v1"  # nobody listens at the port "discard": recorded answers only


@dataclass(frozen=True)
class Row:
    """Accuracy of one combination, how many facts several extractors agree on, and the time."""

    extractors: tuple[str, ...]
    precision: float
    recall: float
    f1: float
    right: int
    predicted: int
    agreed: int
    seconds: float

    def line(self) -> str:
        """A row of the table."""
        figures = f"{self.precision:.3f} | {self.recall:.3f} | {self.f1:.3f}"
        counts = f"{self.right} | {self.predicted} | {self.agreed} | {self.seconds:.1f}"
        return f"| {' + '.join(self.extractors)} | {figures} | {counts} |"


def parsed(articles: Path, gold: Path, only: str | None = None) -> tuple[AnnotatedArticle, ...]:
    """The parsed articles that the gold folder knows, by name; `only` one of them where given."""
    stems = {a.name for a in read_gold(gold).articles if only in (None, a.name)}
    paths = [p for p in sorted(articles.iterdir()) if p.stem in stems]
    annotator = load_annotator()
    return tuple(annotator.annotate(clean(read_source(source))) for source in find_sources(paths))


def combined(ontology: Ontology, model: ModelReader | None) -> Iterator[tuple[str, ...]]:
    """Every combination of the extractors that can run, the single ones first."""
    there = {RULES}
    if learned_models(ontology):
        there.add(LEARNED)
    if model is not None:
        there.add(LLM)
    names = [name for name in EXTRACTORS if name in there]
    for size in range(1, len(names) + 1):
        yield from combinations(names, size)


def measured(
    articles: Sequence[AnnotatedArticle],
    gold: Path,
    ontology: Ontology,
    extractors: tuple[str, ...],
    model: ModelReader | None,
) -> Row:
    """The figures of one combination; the time is that of extraction and merging."""
    begin = time.process_time()
    asked = model if LLM in extractors else None
    extractions = [
        extract(
            article,
            ontology,
            extractors=extractors,
            proposers=[asked.reader(ontology)] if asked is not None else (),
        )
        for article in articles
    ]
    graph = resolve([a.article for a in articles], extractions, ontology, {})
    seconds = time.process_time() - begin
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "facts.jsonl"
        path.write_text(render_jsonl(graph, ontology), "utf-8")
        score = evaluate(path, gold, is_a=ontology.is_a).overall
        facts = read_facts(path)
    agreed = sum(len({extractor_of(e["extractor"]) for e in f["evidence"]}) > 1 for f in facts)
    return Row(
        extractors,
        score.precision,
        score.recall,
        score.f1,
        score.right,
        score.predicted,
        agreed,
        seconds,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table, as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "shared", type=Path, nargs="?", help="folder with articles/dev and gold-dev"
    )
    parser.add_argument("--articles", type=Path, help="another folder of articles")
    parser.add_argument("--gold", type=Path, help="and its gold facts")
    parser.add_argument("--domain", default="olympics")
    parser.add_argument("--llm", help="endpoint of a language model")
    parser.add_argument("--llm-model", help="its name there")
    parser.add_argument("--llm-timeout", type=float, default=60.0, help="seconds for one answer")
    parser.add_argument("--llm-cache", type=Path, help="its answers, as an earlier run kept them")
    asked = parser.parse_args(arguments)
    ontology = load_ontology(asked.domain)
    model = None
    if asked.llm_model is not None:
        settings = LlmSettings(
            asked.llm or _NOWHERE,
            asked.llm_model,
            timeout_s=asked.llm_timeout,
            cache=asked.llm_cache,
        )
        model = ModelReader.of(settings, ontology, None)
    if asked.shared is None and (asked.articles is None or asked.gold is None):
        parser.error("give the folder with articles/dev and gold-dev, or --articles and --gold")
    gold = asked.gold or asked.shared / "gold-dev"
    articles = parsed(asked.articles or asked.shared / "articles" / "dev", gold)
    out = sys.stdout
    out.write("| extractors | P | R | F1 | right | predicted | agreed | CPU s |\n")
    out.write("|---|---|---|---|---|---|---|---|\n")
    for extractors in combined(ontology, model):
        row = measured(articles, gold, ontology, extractors, model)
        out.write(row.line() + "\n")
        out.flush()
    if model is not None and model.asker.stopped is not None:
        out.write(f"\nThe model did not read everything: {model.asker.stopped}.\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
