"""Makes kg/ontology/scaffold/words.tsv from the files of WordNet 3.0.

    apt-get download wordnet-base && dpkg -x wordnet-base*.deb wn
    python -m tools.wordnet_words wn/usr/share/wordnet

A line is a word, its part of speech and what proposals need to know of it:

    word  n  kind (lexicographer's file of its first sense)  verbs  synonyms  below  adjectives
    word  v  "often" where it is a verb more often than a noun  synonyms  irregular forms

Verbs are those that the noun is derived from or gives, in its first two senses. A synonym shares
the first sense of both words and has few senses. Words of one part, in small letters, sorted.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

OUT = Path(__file__).parent.parent / "kg" / "ontology" / "scaffold" / "words.tsv"
FILES = {
    4: "act", 5: "animal", 6: "artifact", 7: "attribute", 8: "body", 9: "cognition",
    10: "communication", 11: "event", 12: "feeling", 13: "food", 14: "group", 15: "location",
    16: "motive", 17: "object", 18: "person", 19: "phenomenon", 20: "plant", 21: "possession",
    22: "process", 23: "quantity", 24: "relation", 25: "shape", 26: "state", 27: "substance",
    28: "time",
}  # fmt: skip
ALWAYS = {"person", "group", "location", "time", "quantity"}  # others only where texts use them
FEW_SENSES = 10
WORD = re.compile(r"[a-z][a-z]+(-[a-z]+)*")


@dataclass(frozen=True)
class Synset:
    """One meaning: number of its lexicographer's file, its words, and where it points."""

    file: int
    words: tuple[str, ...]
    pointers: tuple[tuple[str, str, str, int, int], ...]  # symbol, offset, part, source, target


def synsets(path: Path) -> dict[str, Synset]:
    """Synset by offset of one data file (wndb(5WN))."""
    found = {}
    for line in path.read_text("latin-1").splitlines():
        if line.startswith(" "):
            continue
        parts = line.split(" | ")[0].split()
        count = int(parts[3], 16)
        words = tuple(parts[4 + 2 * i].lower() for i in range(count))
        rest = parts[4 + 2 * count + 1 :]
        pointers = tuple(
            (rest[i], rest[i + 1], rest[i + 2], int(rest[i + 3][:2], 16), int(rest[i + 3][2:], 16))
            for i in range(0, 4 * int(parts[4 + 2 * count]), 4)
        )
        found[parts[0]] = Synset(int(parts[1]), words, pointers)
    return found


def senses(path: Path) -> dict[str, list[str]]:
    """Offsets by word, the most frequent sense first."""
    found = {}
    for line in path.read_text("latin-1").splitlines():
        if not line.startswith(" "):
            parts = line.split()
            found[parts[0]] = parts[6 + int(parts[3]) :]
    return found


def frequencies(path: Path) -> dict[tuple[str, str], int]:
    """How often tagged texts use a word as noun ("1") and as verb ("2")."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    for line in path.read_text("latin-1").splitlines():
        key, _, count = line.split()
        word, rest = key.split("%")
        found[word, rest[0]] += int(count)
    return found


class WordNet:
    """The files of one folder."""

    def __init__(self, folder: Path) -> None:
        self.data = {p: synsets(folder / f"data.{p}") for p in ("noun", "verb", "adj")}
        self.index = {p: senses(folder / f"index.{p}") for p in ("noun", "verb")}
        self.often = frequencies(folder / "cntlist.rev")
        self.irregular: dict[str, list[str]] = defaultdict(list)
        for line in (folder / "verb.exc").read_text("latin-1").splitlines():
            form, *lemmas = line.split()
            for lemma in lemmas:
                self.irregular[lemma].append(form)

    def first(self, part: str, word: str) -> str:
        """Offset of the sense that counts: the first, but of a doer ("founder") who does it."""
        offsets = self.index[part][word]
        files = [self.data[part][offset].file for offset in offsets[:2]]
        if part == "noun" and word.endswith(("er", "or")) and files[0] not in (6, 10, 14):
            return offsets[files.index(18)] if 18 in files else offsets[0]
        return offsets[0]

    def synonyms(self, part: str, word: str) -> Iterator[str]:
        """Words of the first sense of a word for which it is the first as well."""
        first = self.first(part, word)
        for other in self.data[part][first].words:
            offsets = self.index[part].get(other, [""])
            if other != word and offsets[0] == first and len(offsets) <= FEW_SENSES:
                yield other

    def verbs(self, noun: str) -> Iterator[str]:
        """Verbs that a noun is tied to by derivation."""
        for offset in self.index["noun"][noun][:2]:
            synset = self.data["noun"][offset]
            place = synset.words.index(noun) + 1
            for symbol, target, part, source, number in synset.pointers:
                if symbol == "+" and part == "v" and source == place:
                    yield self.data["verb"][target].words[number - 1]

    def below(self, noun: str) -> Iterator[str]:
        """Nouns that texts use for a kind of it: "husband" for "spouse"."""
        first = self.first("noun", noun)
        for symbol, target, part, _, _ in self.data["noun"][first].pointers:
            if symbol == "~" and part == "n":
                for word in self.data["noun"][target].words:
                    if self.index["noun"][word][0] == target and self.often[word, "1"] > 1:
                        yield word

    def adjectives(self, noun: str) -> Iterator[str]:
        """Adjectives that give a value of it: "long" for "length"."""
        for offset in self.index["noun"][noun][:3]:
            for symbol, target, part, _, _ in self.data["noun"][offset].pointers:
                if symbol == "=" and part == "a":
                    yield self.data["adj"][target].words[0].split("(")[0]

    def kind(self, noun: str) -> str:
        """The kind of its first sense; who does something is a person where one sense says so."""
        first = [self.data["noun"][offset] for offset in self.index["noun"][noun]]
        if any(symbol == "@i" for symbol, *_ in first[0].pointers):
            return ""  # a proper name
        return FILES.get(self.data["noun"][self.first("noun", noun)].file, "")

    def lines(self) -> Iterator[str]:
        """All lines, sorted."""
        for noun in sorted(self.index["noun"]):
            if not WORD.fullmatch(noun):
                continue
            kind = self.kind(noun)
            verbs, like = _list(self.verbs(noun)), _list(self.synonyms("noun", noun))
            below = _list(self.below(noun)) if kind == "person" else ""
            said = (
                self.often[noun, "1"] > 0 or kind in ALWAYS or (verbs and kind in ("act", "event"))
            )
            if kind and said:
                yield "\t".join((noun, "n", kind, verbs, like, below, _list(self.adjectives(noun))))
        for verb in sorted(self.index["verb"]):
            if WORD.fullmatch(verb.replace("_", "-")):
                often = "often" if self.often[verb, "2"] > self.often[verb, "1"] else ""
                forms = _list(f for f in self.irregular.get(verb, []) if f != verb)
                yield "\t".join((verb, "v", often, _list(self.synonyms("verb", verb)), forms))


def _list(words: Iterable[str]) -> str:
    return ",".join(w for w in dict.fromkeys(words) if WORD.fullmatch(w.replace("_", "-")))


def main() -> None:
    """Writes the file."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path, help="where data.noun, index.noun and verb.exc are")
    lines = (line.rstrip("\t") for line in WordNet(parser.parse_args().folder).lines())
    OUT.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
