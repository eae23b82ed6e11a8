"""The open layer against BenchIE (Gashteovski et al., ACL 2022), beside the published systems.

`python -m tools.benchie ../shared/bench/benchie` prints precision, recall and F1 of each system
whose triples lie in the folder and of the open layer, by one scorer. `--errors` prints what the
layer gets wrong and misses instead.

The gold groups, for 300 sentences, all acceptable triples of a fact ("synset"); a triple counts if
it is word for word one of them, where [bracketed] words may be left out. As in the official scorer,
precision is synsets found / (synsets found + wrong triples) and recall is synsets found / synsets.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.extract.lexicon import Lexicon
from kg.extract.open import OpenTriple, text_triples
from kg.ontology.domain import load_ontology
from kg.read.annotate import load_annotator

__all__ = [
    "Extraction",
    "Figures",
    "Pattern",
    "Sentence",
    "measure",
    "measured",
    "read_gold",
    "read_system",
    "score",
    "table",
]

GOLD = "benchie_gold_annotations_en.txt"
Extraction = tuple[str, str, str]

_CLUSTER = re.compile(r"\d+--> ?Cluster \d+:$")
_PIECE = re.compile(r" ?\[[^\]]*\]| ?[^ \[]+")


@dataclass(frozen=True)
class Pattern:
    """An acceptable triple; each part matches its words with or without the bracketed ones."""

    parts: tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]

    @classmethod
    def parse(cls, line: str) -> Pattern:
        """From a line of the gold: "[the] firm --> was sold to --> [a] rival"."""
        subject, relation, obj = line.split(" --> ")
        return cls((_part(subject), _part(relation), _part(obj)))

    def matches(self, extraction: Extraction) -> bool:
        """True where the extraction says it word for word."""
        return all(
            part.fullmatch(_spaced(words)) is not None
            for part, words in zip(self.parts, extraction, strict=True)
        )


def _spaced(words: str) -> str:
    return " " + " ".join(words.split())


def _part(words: str) -> re.Pattern[str]:
    out = ""
    for piece in _PIECE.findall(_spaced(words)):
        if "[" in piece:
            space = " " if piece.startswith(" ") else ""
            inner = " ".join(piece.strip()[1:-1].split())
            out += f"(?:{re.escape(space + inner)})?"
        else:
            out += re.escape(piece)
    return re.compile(out)


@dataclass(frozen=True)
class Sentence:
    """A sentence of the gold, and the synsets of what it says."""

    id: str
    text: str
    synsets: tuple[tuple[Pattern, ...], ...]

    def found(self, extraction: Extraction) -> frozenset[int]:
        """Numbers of the synsets that the extraction is a member of."""
        return frozenset(
            n for n, synset in enumerate(self.synsets) if any(p.matches(extraction) for p in synset)
        )


@dataclass(frozen=True)
class Figures:
    """What a system found: triples, wrong ones, synsets found and all synsets."""

    triples: int
    wrong: int
    found: int
    synsets: int

    @property
    def precision(self) -> float:
        """Synsets found / (synsets found + wrong triples), 0 to 1."""
        return self.found / max(1, self.found + self.wrong)

    @property
    def recall(self) -> float:
        """Share of the synsets that were found."""
        return self.found / max(1, self.synsets)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def read_gold(path: Path) -> tuple[Sentence, ...]:
    """Sentences with their synsets, from benchie_gold_annotations_en.txt."""
    out: list[Sentence] = []
    synsets: list[list[Pattern]] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("sent_id:"):
            number, text = line.removeprefix("sent_id:").split("\t", 1)
            synsets = []
            out.append(Sentence(number, text, ()))
        elif _CLUSTER.match(line):
            synsets.append([])
        elif line.strip():
            synsets[-1].append(Pattern.parse(line))
        last = out[-1]
        out[-1] = Sentence(last.id, last.text, tuple(tuple(s) for s in synsets))
    return tuple(out)


def read_system(path: Path) -> dict[str, list[Extraction]]:
    """Extractions by sentence, from lines of id, subject, relation and object, tab-separated."""
    out: dict[str, list[Extraction]] = {}
    for line in path.read_text("utf-8").splitlines():
        number, subject, relation, obj = line.split("\t")[:4]
        out.setdefault(number, []).append((subject, relation, obj))
    return out


def score(gold: Iterable[Sentence], extractions: Mapping[str, Iterable[Extraction]]) -> Figures:
    """Figures over all sentences of the gold."""
    sums: Counter[str] = Counter()
    for sentence in gold:
        found = [sentence.found(e) for e in extractions.get(sentence.id, ())]
        sums["triples"] += len(found)
        sums["wrong"] += sum(not f for f in found)
        sums["found"] += len(frozenset().union(*found))
        sums["synsets"] += len(sentence.synsets)
    return Figures(sums["triples"], sums["wrong"], sums["found"], sums["synsets"])


def measure(gold: Iterable[Sentence]) -> tuple[dict[str, list[OpenTriple]], float]:
    """The stated triples of the open layer by sentence, and sentences a second, parse included."""
    annotator = load_annotator()
    lexicon = Lexicon(load_ontology("newsroom"))
    list(text_triples("The first parse of a pipeline is slower.", annotator, lexicon))
    start = time.perf_counter()
    out = {
        sentence.id: [
            triple
            for triple in text_triples(sentence.text, annotator, lexicon)
            if not triple.implied
        ]
        for sentence in gold
    }
    return out, len(out) / (time.perf_counter() - start)


def plain(triples: Mapping[str, Iterable[OpenTriple]]) -> dict[str, list[Extraction]]:
    """The words of triples, each reading once."""
    return {
        number: list(dict.fromkeys((t.subject.text, t.relation.text, t.object.text) for t in found))
        for number, found in triples.items()
    }


def table(rows: Iterable[tuple[str, Figures]]) -> str:
    """A Markdown table, best F1 first."""
    lines = [
        "| system | triples | precision | recall | F1 |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, f in sorted(rows, key=lambda row: (-row[1].f1, row[0])):
        figures = " | ".join(f"{value:.3f}" for value in (f.precision, f.recall, f.f1))
        lines.append(f"| {name} | {f.triples} | {figures} |")
    return "\n".join(lines)


def _errors(gold: Iterable[Sentence], triples: Mapping[str, Iterable[OpenTriple]]) -> str:
    lines: list[str] = []
    for sentence in gold:
        lines.append(f"\n{sentence.id} {sentence.text}")
        missed = set(range(len(sentence.synsets)))
        for triple in triples.get(sentence.id, ()):
            found = sentence.found((triple.subject.text, triple.relation.text, triple.object.text))
            missed -= found
            lines.append(f"  {'right' if found else 'WRONG'} {triple}  [{triple.rule}]")
        lines.extend(f"  MISSED synset {n + 1}" for n in sorted(missed))
    return "\n".join(lines)


def measured(folder: Path) -> tuple[list[tuple[str, Figures]], float]:
    """Figures of all systems of a folder and of the open layer, and its sentences a second."""
    gold = read_gold(folder / GOLD)
    triples, speed = measure(gold)
    return _rows(folder, gold, triples), speed


def _rows(
    folder: Path, gold: Sequence[Sentence], triples: Mapping[str, Iterable[OpenTriple]]
) -> list[tuple[str, Figures]]:
    rows = [
        (path.stem, score(gold, read_system(path)))
        for path in sorted((folder / "systems").glob("*.tsv"))
    ]
    return [*rows, ("newskg, open layer", score(gold, plain(triples)))]


def main(arguments: list[str] | None = None) -> int:
    """Prints the table or the errors; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="the folder with the gold and systems/")
    parser.add_argument("--errors", action="store_true", help="print wrong and missed triples")
    options = parser.parse_args(arguments)
    gold_file = options.folder / GOLD
    if not gold_file.is_file():
        parser.error(f"{gold_file} is not there; FOLDER is the one that holds BenchIE's gold file")
    gold = read_gold(gold_file)
    triples, speed = measure(gold)
    if options.errors:
        sys.stdout.write(_errors(gold, triples) + "\n")
        return 0
    rows = _rows(options.folder, gold, triples)
    sys.stdout.write(f"{table(rows)}\n\n{speed:.0f} sentences a second, parse included\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
