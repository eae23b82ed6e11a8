"""Attributions against PolNeAR (Newell, Margolin and Ruths, LREC 2018).

`python -m tools.polnear ../shared/bench/polnear` prints a table of precision, recall and F1 of
(source, content), direct, mixed and indirect ones apart, of the package and of a baseline that
knows quotation marks only. The texts are under newspaper copyright: none of it is printed.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.extract.attribution import attributions
from kg.ontology.domain import Ontology, load_ontology
from kg.read.annotate import AnnotatedArticle, AnnotatedBlock, load_annotator
from kg.read.clean import clean
from kg.read.load import RawPage

__all__ = [
    "Figures",
    "Said",
    "kind_of",
    "match",
    "measure",
    "quotes_only",
    "read_part",
    "score",
    "table",
]

KINDS = ("all", "direct", "mixed", "indirect")

_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"“[^”\n]*(?:”|$)|\"[^\"\n]*(?:\"|$)|''.*?(?:''|$)", re.MULTILINE)
# Words by which no source is told from another, possessive "s" and pronouns included.
_COMMON = frozenset({
    "a", "an", "and", "at", "for", "he", "her", "him", "his", "i", "in", "it", "its", "my", "of",
    "one", "our", "s", "she", "that", "the", "their", "them", "they", "this", "we", "who", "you",
})  # fmt: skip
_VERBS_OF_SAYING = frozenset({
    "add", "announce", "argue", "ask", "claim", "explain", "note", "report", "say", "tell", "write",
})  # fmt: skip
_REACH = 15  # tokens from a quotation to its verb, for the baseline

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Said:
    """One attribution: characters [start, end) of its source and of the parts of its content."""

    source: Spans
    contents: Spans


@dataclass(frozen=True)
class Figures:
    """Precision, recall and F1 in [0, 1], and the counts of what they are of."""

    precision: float
    recall: float
    predicted: int
    gold: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where both are."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


class Words:
    """The words of a text by number, which of them stand in quotation marks, and spans as sets."""

    def __init__(self, text: str) -> None:
        found = list(_WORD.finditer(text))
        self._starts = [m.start() for m in found]
        self._ends = [m.end() for m in found]
        self.words = [m.group().lower() for m in found]
        self.quoted = self.inside(tuple(m.span() for m in _QUOTED.finditer(text)))

    def inside(self, spans: Spans) -> frozenset[int]:
        """Numbers of the words that lie wholly or partly in one of the spans."""
        out: set[int] = set()
        for start, end in spans:
            first = bisect_left(self._ends, start + 1)
            out.update(range(first, bisect_left(self._starts, end, lo=first)))
        return frozenset(out)

    def telling(self, numbers: Iterable[int]) -> frozenset[str]:
        """The words of these numbers that can tell one source from another."""
        return frozenset(self.words[i] for i in numbers) - _COMMON


def read_part(path: Path) -> Iterator[tuple[str, str, list[Said]]]:
    """(id, text, attributions with source and content) of each article of a PolNeAR file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            gold = [
                Said(_spans(triple["s_spans"]), _spans(triple["o_spans"]))
                for triple in record["triples"]
                if triple["s_spans"] and triple["o_spans"]
            ]
            yield record["id"], record["text"], gold


def _spans(found: list[list[int]]) -> Spans:
    return tuple((start, end) for start, end in found)


def kind_of(said: Said, words: Words) -> str:
    """Direct where all of the content stands in quotation marks, mixed where a part of it does."""
    content = words.inside(said.contents)
    quoted = content & words.quoted
    if not quoted:
        return "indirect"
    return "direct" if quoted == content else "mixed"


def _same_source(a: Said, b: Said, words: Words) -> bool:
    """True where the sources share a word, or one is a shorter name for the other."""
    mine, theirs = words.inside(a.source), words.inside(b.source)
    if mine & theirs:
        return True
    one, other = words.telling(mine), words.telling(theirs)
    return bool(one and other) and (one <= other or other <= one)


def match(predicted: list[Said], gold: list[Said], words: Words) -> list[tuple[int, int]]:
    """Pairs of (predicted, gold) numbers, one to one, the best overlap of content first.

    A pair needs one source and at least one common word of content; its overlap is the F1 of the
    two sets of words.
    """
    contents = [words.inside(g.contents) for g in gold]
    candidates = []
    for i, said in enumerate(predicted):
        mine = words.inside(said.contents)
        for j, theirs in enumerate(contents):
            common = len(mine & theirs)
            if common and _same_source(said, gold[j], words):
                candidates.append((-2 * common / (len(mine) + len(theirs)), i, j))
    pairs: list[tuple[int, int]] = []
    for _, i, j in sorted(candidates):
        if all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs


@dataclass
class _Sums:
    predicted: int = 0
    gold: int = 0
    precise: float = 0.0
    recalled: float = 0.0
    hit_predicted: int = 0
    hit_gold: int = 0

    def figures(self, *, lenient: bool) -> Figures:
        precise = self.hit_predicted if lenient else self.precise
        recalled = self.hit_gold if lenient else self.recalled
        return Figures(
            precise / self.predicted if self.predicted else 0.0,
            recalled / self.gold if self.gold else 0.0,
            self.predicted,
            self.gold,
        )


def score(
    articles: Iterable[tuple[str, list[Said], list[Said]]],
) -> dict[str, tuple[Figures, Figures]]:
    """By kind, the figures of (text, predicted, gold): by share of common words, and by any.

    Span overlap: a match counts for precision by the share of its predicted words that are gold,
    for recall by the share of its gold words that are predicted (Johansson and Moschitti,
    Computational Linguistics 39(3), 2013). A kind's precision is over predictions of that kind, its
    recall over gold of that kind.
    """
    sums = {kind: _Sums() for kind in KINDS}
    for text, predicted, gold in articles:
        words = Words(text)
        for said in predicted:
            for kind in ("all", kind_of(said, words)):
                sums[kind].predicted += 1
        for said in gold:
            for kind in ("all", kind_of(said, words)):
                sums[kind].gold += 1
        for i, j in match(predicted, gold, words):
            mine, theirs = words.inside(predicted[i].contents), words.inside(gold[j].contents)
            common = len(mine & theirs)
            for kind in ("all", kind_of(predicted[i], words)):
                sums[kind].precise += common / len(mine)
                sums[kind].hit_predicted += 1
            for kind in ("all", kind_of(gold[j], words)):
                sums[kind].recalled += common / len(theirs)
                sums[kind].hit_gold += 1
    return {k: (s.figures(lenient=False), s.figures(lenient=True)) for k, s in sums.items()}


def ours(annotated: AnnotatedArticle, ontology: Ontology) -> Iterator[Said]:
    """What the package finds, but for what somebody quoted says that others say.

    PolNeAR marks no attributions inside quotations.
    """
    for found in attributions(annotated, ontology):
        if not found.quoted:
            yield Said(
                ((found.source.start, found.source.end),),
                tuple((c.start, c.end) for c in found.contents),
            )


def quotes_only(annotated: AnnotatedArticle, _: Ontology) -> Iterator[Said]:
    """The baseline: quotation marks, and the subject of the nearest verb of saying."""
    for block in annotated.blocks:
        text = annotated.article.text[block.block.start : block.block.end]
        for quoted in _QUOTED.finditer(text):
            if len(_WORD.findall(quoted.group())) < 4:
                continue
            source = _nearest_source(block, quoted.start(), quoted.end())
            if source is not None:
                start = block.block.start
                yield Said((source,), ((start + quoted.start(), start + quoted.end()),))


def _nearest_source(block: AnnotatedBlock, start: int, end: int) -> tuple[int, int] | None:
    """The subject of the verb of saying nearest to characters [start, end) of the block."""
    inside = block.doc.char_span(start, end, alignment_mode="expand")
    if inside is None:
        return None
    best: tuple[int, tuple[int, int]] | None = None
    for verb in block.doc:
        if verb.lemma_ not in _VERBS_OF_SAYING or inside.start <= verb.i < inside.end:
            continue
        distance = min(abs(verb.i - inside.start), abs(verb.i - inside.end))
        subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if subject is None or distance > _REACH or (best is not None and distance >= best[0]):
            continue
        phrase = block.doc[subject.left_edge.i : subject.right_edge.i + 1]
        best = (distance, block.offset(phrase))
    return best[1] if best is not None else None


System = Callable[[AnnotatedArticle, Ontology], Iterator[Said]]
SYSTEMS: dict[str, System] = {"quotation marks, nearest verb": quotes_only, "ours": ours}


def measure(
    folder: Path, part: str = "dev", systems: dict[str, System] = SYSTEMS
) -> dict[str, tuple[dict[str, tuple[Figures, Figures]], float]]:
    """By system, its figures by kind and the seconds that it took without the parsing."""
    ontology = load_ontology("newsroom")
    annotator = load_annotator()
    runs: dict[str, list[tuple[str, list[Said], list[Said]]]] = {name: [] for name in systems}
    seconds = dict.fromkeys(systems, 0.0)
    for name, text, gold in read_part(folder / f"{part}.jsonl"):
        annotated = annotator.annotate(clean(RawPage(f"{name}.txt", text, "txt", ())))
        for system, find in systems.items():
            start = time.perf_counter()
            runs[system].append((text, list(find(annotated, ontology)), gold))
            seconds[system] += time.perf_counter() - start
    return {name: (score(run), seconds[name]) for name, run in runs.items()}


def table(results: dict[str, tuple[dict[str, tuple[Figures, Figures]], float]]) -> str:
    """The results as a Markdown table, one row a system and kind."""
    lines = [
        "| system | kind | gold | found | P | R | F1 | P any | R any | F1 any | seconds |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for system, (kinds, seconds) in results.items():
        for kind, (share, any_) in kinds.items():
            figures = (f"{f:.3f}" for x in (share, any_) for f in (x.precision, x.recall, x.f1))
            cells = [system, kind, str(share.gold), str(share.predicted), *figures]
            lines.append("| " + " | ".join([*cells, f"{seconds:.1f}"]) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="folder with dev.jsonl and train.jsonl")
    parser.add_argument("--part", default="dev", choices=("dev", "train"))
    arguments = parser.parse_args()
    articles = arguments.folder / f"{arguments.part}.jsonl"
    if not articles.is_file():
        parser.error(f"{articles} is not there; FOLDER is the one that holds the parts of PolNeAR")
    sys.stdout.write(table(measure(arguments.folder, arguments.part)))


if __name__ == "__main__":
    main()
