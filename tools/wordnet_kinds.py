"""Makes kg/ontology/scaffold/kinds.tsv from the files of WordNet 3.0.

    apt-get download wordnet-base && dpkg -x wordnet-base*.deb wn
    python -m tools.wordnet_kinds wn/usr/share/wordnet

A line of a meaning of nouns is its number, the numbers of the meanings above it, and its words,
each with the place that the meaning has among those of the word where it is not the first; people
who have lived are left out. A line of a verb is "v", the verb and verbs that share a frequent
meaning.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from tools.wordnet_words import Synset, senses, synsets

OUT = Path(__file__).parent.parent / "kg" / "ontology" / "scaffold" / "kinds.tsv"
PERSON = 18  # lexicographer's file
SENSES = 8  # of a noun
VERB_SENSES = 3
WORD = re.compile(r"[a-z0-9][a-z0-9'_.-]*")


def nouns(data: dict[str, Synset], index: dict[str, list[str]]) -> Iterator[str]:
    """Lines of meanings, each after those above it."""
    number: dict[str, int] = {}
    lines: list[str] = []
    pending = sorted(data, reverse=True)
    while pending:
        offset = pending[-1]
        above = [t for s, t, part, *_ in data[offset].pointers if s in ("@", "@i") and part == "n"]
        missing = [t for t in above if t not in number]
        if offset in number or missing:
            pending = pending[:-1] if offset in number else pending + missing
            continue
        number[offset] = len(lines)
        parents = ",".join(str(number[t]) for t in above)
        lines.append(f"{len(lines)}\t{parents}\t{_words(data[offset], offset, index)}".rstrip("\t"))
    yield from lines


def _words(synset: Synset, offset: str, index: dict[str, list[str]]) -> str:
    lived = synset.file == PERSON and any(s == "@i" for s, *_ in synset.pointers)
    places = ((w, index[w].index(offset) + 1) for w in synset.words if w in index)
    return ",".join(
        f"{w}:{place}" if place > 1 else w
        for w, place in places
        if place <= SENSES and WORD.fullmatch(w) and not lived
    )


def verbs(data: dict[str, Synset], index: dict[str, list[str]]) -> Iterator[str]:
    """Lines of verbs, sorted."""
    for verb in sorted(index):
        alike = (w for offset in index[verb][:VERB_SENSES] for w in data[offset].words)
        found = [w for w in dict.fromkeys(alike) if w != verb and WORD.fullmatch(w)]
        if found and WORD.fullmatch(verb):
            yield f"v\t{verb}\t{','.join(found)}"


def main() -> None:
    """Writes the file."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path, help="where data.noun and index.noun are")
    folder = parser.parse_args().folder
    lines = [
        *nouns(synsets(folder / "data.noun"), senses(folder / "index.noun")),
        *verbs(synsets(folder / "data.verb"), senses(folder / "index.verb")),
    ]
    OUT.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")


if __name__ == "__main__":
    main()
