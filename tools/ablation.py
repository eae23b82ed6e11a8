"""What each extractor adds: `python -m tools.ablation ../shared`, a table of all combinations.

Builds the articles that `gold-dev` knows with each combination of extractors, and prints accuracy.
Rules always; learned relations where the domain holds some; a language model where `--llm` names an
endpoint, or `--llm-cache` a folder with recorded answers, which then is all that is asked. Behind
the table stands what the model cost, and what became of its candidates. `--only` measures some
articles, as those that a slow model has read, against the gold facts of these alone.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
from kg.model.model_use import ModelUse
from kg.ontology.domain import Ontology, load_ontology
from kg.read.annotate import AnnotatedArticle, load_annotator
from kg.read.clean import clean
from kg.read.load import find_sources, read_source
from kg.resolve import resolve


@dataclass(frozen=True)
class Row:
    """Accuracy of one combination, how many facts several extractors agree on, and the time."""

    extractors: tuple[str, ...]
    least: float  # confidence of what was counted
    precision: float
    recall: float
    f1: float
    right: int
    predicted: int
    agreed: int
    seconds: float
    uses: Mapping[str, ModelUse]  # what the model did, by article; none where it was not asked

    def line(self) -> str:
        """A row of the table."""
        figures = f"{self.precision:.3f} | {self.recall:.3f} | {self.f1:.3f}"
        counts = f"{self.right} | {self.predicted} | {self.agreed} | {self.seconds:.1f}"
        sure = f", at least {self.least:g}" if self.least else ""
        return f"| {' + '.join(self.extractors)}{sure} | {figures} | {counts} |"


def part_of(gold: Path, only: Collection[str], scratch: Path) -> Path:
    """A gold folder in `scratch` with these articles alone; ValueError for an unknown one."""
    unknown = sorted(set(only) - {a.name for a in read_gold(gold).articles})
    if unknown:
        raise ValueError(f"no gold facts for {', '.join(unknown)}")
    for path in (gold / "entities.json", *(gold / f"{name}.json" for name in only)):
        shutil.copy(path, scratch)
    return scratch


def parsed(articles: Path, gold: Path) -> tuple[AnnotatedArticle, ...]:
    """The parsed articles that the gold folder knows, by name."""
    stems = {a.name for a in read_gold(gold).articles}
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
    least: float = 0.0,
) -> Row:
    """The figures of one combination, of facts with a confidence of `least` or more.

    The time is that of extraction and merging.
    """
    begin = time.process_time()
    uses: dict[str, ModelUse] = {}
    extractions = []
    for article in articles:
        reader = model.reader(ontology) if model is not None and LLM in extractors else None
        proposers = [reader] if reader is not None else ()
        extractions.append(extract(article, ontology, extractors=extractors, proposers=proposers))
        if reader is not None:
            uses[article.article.name] = reader.use
    graph = resolve([a.article for a in articles], extractions, ontology, {})
    graph = replace(graph, facts=tuple(f for f in graph.facts if f.confidence >= least))
    seconds = time.process_time() - begin
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "facts.jsonl"
        path.write_text(render_jsonl(graph, ontology), "utf-8")
        score = evaluate(path, gold, is_a=ontology.is_a).overall
        facts = read_facts(path)
    agreed = sum(len({extractor_of(e["extractor"]) for e in f["evidence"]}) > 1 for f in facts)
    return Row(
        extractors,
        least,
        score.precision,
        score.recall,
        score.f1,
        score.right,
        score.predicted,
        agreed,
        seconds,
        uses,
    )


def told_of(uses: Mapping[str, ModelUse]) -> Iterator[str]:
    """What the model did with each article, and why candidates were rejected."""
    yield from ("", "| article | passages | unread | tokens in | out | proposed | grounded |")
    yield "|---|---|---|---|---|---|---|"
    for name, use in sorted(uses.items()):
        read = f"{use.passages} | {len(use.unread)}"
        tokens = f"{use.prompt_tokens} | {use.completion_tokens}"
        yield f"| {name} | {read} | {tokens} | {use.candidates} | {use.accepted} |"
    rejected = sum((Counter(use.rejected) for use in uses.values()), Counter[str]())
    yield from ("", "| rejected because | candidates |", "|---|---|")
    for reason, count in sorted(rejected.items(), key=lambda item: (-item[1], item[0])):
        yield f"| {reason} | {count} |"


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
    parser.add_argument("--only", nargs="+", metavar="ARTICLE", help="names in gold-dev")
    parser.add_argument(
        "--min-confidence", type=float, default=0.0, help="measure each also without what is less"
    )
    asked = parser.parse_args(arguments)
    ontology = load_ontology(asked.domain)
    model = None
    if asked.llm_model is not None:
        settings = LlmSettings(
            asked.llm or "",
            asked.llm_model,
            timeout_s=asked.llm_timeout,
            cache=asked.llm_cache,
            kept_only=asked.llm is None,
        )
        model = ModelReader.of(settings, ontology, None)
    if asked.shared is None and (asked.articles is None or asked.gold is None):
        parser.error("give the folder with articles/dev and gold-dev, or --articles and --gold")
    with tempfile.TemporaryDirectory() as scratch:
        gold = asked.gold or asked.shared / "gold-dev"
        if asked.only:
            gold = part_of(gold, asked.only, Path(scratch))
        articles = parsed(asked.articles or asked.shared / "articles" / "dev", gold)
        out = sys.stdout
        out.write("| extractors | P | R | F1 | right | predicted | agreed | CPU s |\n")
        out.write("|---|---|---|---|---|---|---|---|\n")
        uses: dict[str, ModelUse] = {}
        for extractors in combined(ontology, model):
            for least in sorted({0.0, asked.min_confidence}):
                row = measured(articles, gold, ontology, extractors, model, least)
                uses |= row.uses
                out.write(row.line() + "\n")
                out.flush()
        if uses:
            out.writelines(line + "\n" for line in told_of(uses))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
