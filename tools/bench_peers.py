"""Facts right per second of processor time, beside tools of the kind that need no language model.

`python -m tools.bench_peers ../shared` reads the raw pages that the gold folders know, with each
tool that is installed, in a process of its own and one after the other; `pip install textacy
triplet-extract` installs the two that come as packages.

The peers know no ontology, so that nothing is asked of their relations: of every side, a fact of
the gold counts as found where some triple joins its two ends, in any direction and in any words. A
triple is right where it joins the two ends of a fact of the gold. Both measures flatter whoever
joins much. `kg, typed` counts our facts as `kg evaluate` does: relation and direction right too.
Peers read the page as it is and, in a second row, the text that our cleaner leaves of it (whose
cost is not put to them). Seconds begin when the tool is loaded; ours hold the whole build without
writing: cleaning, parsing, extraction, merging, inference.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kg.evaluate.gold import Gold, read_gold
from kg.evaluate.score import Score, find_matches, score_article
from kg.model.text import Article, BlockKind

__all__ = ["PEERS", "Row", "joined", "measured", "table"]

Triple = tuple[str, str, str]
Texts = dict[str, str]  # name of the article to its text
FOLDERS = {"gold": "articles", "gold-dev": "articles/dev"}


@dataclass(frozen=True, slots=True)
class Row:
    """What one tool made of the articles of one gold folder."""

    tool: str
    seconds: float
    triples: int
    right: int
    found: int
    gold: int


def joined(gold: Gold, article: str, triples: Iterable[Triple]) -> tuple[int, int, int]:
    """Triples that join two ends of the gold, core facts so joined, core facts."""
    facts = next(item.facts for item in gold.articles if item.name == article)
    right, found = 0, set()
    for subject, _, object_ in triples:
        hits = {
            index
            for index, fact in enumerate(facts)
            for one, other in ((subject, object_), (object_, subject))
            if gold.is_entity({"label": one}, fact.subject)
            and gold.is_object({"label": other, "value": other}, fact.object)
        }
        right += bool(hits)
        found |= hits
    core = {index for index, fact in enumerate(facts) if fact.core}
    return right, len(found & core), len(core)


def _co_occurrence(nlp: Any) -> Callable[[str], list[Triple]]:
    """Names in one sentence, joined by the root of it: the tutorial's way to a graph."""
    from itertools import combinations

    def triples(text: str) -> list[Triple]:
        return [
            (one.text, sentence.root.lemma_, other.text)
            for sentence in nlp(text).sents
            for one, other in combinations(sentence.ents, 2)
        ]

    return triples


def _subject_object(nlp: Any) -> Callable[[str], list[Triple]]:
    """Subject and object of the root of each sentence: the blog post's way."""

    def triples(text: str) -> list[Triple]:
        return [
            (_phrase(subject), sentence.root.lemma_, _phrase(object_))
            for sentence in nlp(text).sents
            for subject in sentence.root.children
            if subject.dep_ in {"nsubj", "nsubjpass"}
            for object_ in sentence.root.children
            if object_.dep_ in {"dobj", "attr", "oprd"}
        ]

    return triples


def _phrase(token: Any) -> str:
    return str(token.doc[token.left_edge.i : token.right_edge.i + 1].text)


def _textacy(nlp: Any) -> Callable[[str], list[Triple]]:
    from textacy.extract import subject_verb_object_triples

    def triples(text: str) -> list[Triple]:
        found = subject_verb_object_triples(nlp(text))
        return [
            (
                " ".join(token.text for token in triple.subject),
                " ".join(token.text for token in triple.verb),
                " ".join(token.text for token in triple.object),
            )
            for triple in found
        ]

    return triples


def _triplet_extract(nlp: Any) -> Callable[[str], list[Triple]]:
    from unittest.mock import patch

    import spacy

    # It loads a pipeline by a name of its own, whatever it is given.
    with patch.object(spacy, "load", lambda *_, **__: nlp):
        from triplet_extract import OpenIEExtractor

        extractor = OpenIEExtractor(nlp=nlp)

    def triples(text: str) -> list[Triple]:
        found = extractor.extract_triplet_objects(text)
        return [(item.subject, item.relation, item.object) for item in found]

    return triples


PEERS: dict[str, tuple[str, Callable[[Any], Callable[[str], list[Triple]]]]] = {
    "co-occurrence": ("spacy", _co_occurrence),
    "subject and object": ("spacy", _subject_object),
    "textacy": ("textacy", _textacy),
    "triplet-extract": ("triplet_extract", _triplet_extract),
}


def _texts(paths: Iterable[Path], *, cleaned: bool) -> Texts:
    from kg.read.clean import clean
    from kg.read.load import find_sources, read_source

    sources = find_sources(paths)
    if cleaned:
        articles = [clean(read_source(source)) for source in sources]
        return {Path(a.name).stem: "\n\n".join(_said(a)) for a in articles}
    return {path.stem: path.read_text("utf-8") for path in paths}


def _said(article: Article) -> list[str]:
    """The blocks that are not chrome."""
    blocks = (block for block in article.blocks if block.kind is not BlockKind.CHROME)
    return [article.quote(block.start, block.end) for block in blocks]


def _peer(name: str, texts: Texts) -> tuple[float, dict[str, list[Triple]]]:
    import spacy

    from kg.read.annotate import DEFAULT_MODEL

    run = PEERS[name][1](spacy.load(DEFAULT_MODEL))
    run("A first text takes longer than those after it.")
    started = time.process_time()
    found = {article: run(text) for article, text in texts.items()}
    return time.process_time() - started, found


def _ours(paths: Sequence[Path]) -> tuple[float, list[dict[str, Any]]]:
    import kg

    with tempfile.TemporaryDirectory() as name:
        other = Path(name) / "first.txt"  # no page that counts: its paragraphs would be known
        other.write_text("A first text takes longer than those after it.\n", encoding="utf-8")
        kg.build(other)
    started = time.process_time()
    graph = kg.build(paths)
    return time.process_time() - started, [fact.to_json() for fact in graph.facts]


def _child(tool: str, gold_folder: Path, articles: Path) -> list[Row]:
    gold = read_gold(gold_folder)
    names = {item.name for item in gold.articles}
    paths = [path for path in sorted(articles.iterdir()) if path.stem in names]
    if tool == "kg":
        return _rows_of_ours(gold, *_ours(paths))
    rows = []
    for label, cleaned in ((tool, False), (f"{tool}, cleaned text", True)):
        seconds, triples = _peer(tool, _texts(paths, cleaned=cleaned))
        rows.append(_row(label, seconds, gold, triples))
    return rows


def _row(tool: str, seconds: float, gold: Gold, triples: Mapping[str, Sequence[Triple]]) -> Row:
    scores = [joined(gold, article, found) for article, found in triples.items()]
    right, found, wanted = (sum(column) for column in zip(*scores, strict=True))
    return Row(tool, seconds, sum(map(len, triples.values())), right, found, wanted)


def _rows_of_ours(gold: Gold, seconds: float, facts: Sequence[dict[str, Any]]) -> list[Row]:
    triples: dict[str, list[Triple]] = {}
    typed = Score()
    for article in gold.articles:
        predicted, _ = find_matches(gold, article, facts)
        triples[article.name] = [
            (f["subject"]["label"], f["predicate"], _end(f["object"])) for f in predicted
        ]
        typed += sum(score_article(gold, article, facts).values(), Score())
    return [
        _row("kg", seconds, gold, triples),
        Row("kg, typed", seconds, typed.predicted, typed.right, typed.found, typed.gold),
    ]


def _end(target: Mapping[str, Any]) -> str:
    return str(target.get("label", target.get("value", "")))


def measured(tool: str, gold: Path, articles: Path) -> list[Row]:
    """The rows of one tool, measured in a process of its own.

    Raises CalledProcessError where that process fails.
    """
    command = [sys.executable, "-m", "tools.bench_peers", "--child", tool, str(gold), str(articles)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [Row(**row) for row in json.loads(done.stdout.splitlines()[-1])]


def table(rows: Iterable[Row]) -> list[str]:
    """Lines of Markdown, in the order given."""
    lines = [
        "| tool | CPU s | triples | right | share | gold found | found per CPU s |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        share = row.right / row.triples if row.triples else 0.0
        lines.append(
            f"| {row.tool} | {row.seconds:.2f} | {row.triples} | {row.right} | {share:.2f} | "
            f"{row.found} of {row.gold} | {row.found / row.seconds:.1f} |"
        )
    return lines


def main(arguments: Sequence[str]) -> None:
    """Prints a table for each gold folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, nargs="?")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.child:
        tool, gold, articles = options.child
        rows = _child(tool, Path(gold), Path(articles))
        sys.stdout.write(json.dumps([asdict(row) for row in rows]) + "\n")
        return
    tools = ["kg", *(name for name, (package, _) in PEERS.items() if find_spec(package))]
    for folder, articles in FOLDERS.items():
        given = options.shared / folder, options.shared / articles
        rows = [row for tool in tools for row in measured(tool, *given)]
        sys.stdout.write("\n".join([f"{folder}:", "", *table(rows), "", ""]))


if __name__ == "__main__":
    main(sys.argv[1:])
