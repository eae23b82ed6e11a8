"""The domain's names in a text: exact labels, and labels with a slip of the pen."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from kg.ontology.domain import KnownName, Ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["YEAR", "Gazetteer", "NameMatch", "gazetteer_of", "is_mistyped"]

YEAR = re.compile(r"(19|20)\d\d")
MAX_WORDS = 3  # of a label that is looked up with slips; longer ones seldom differ by one edit only
_SPLIT = re.compile(r"\w+(?:\.\w+)*\.?|[^\w\s]")


@dataclass(frozen=True, slots=True, eq=False)
class NameMatch:
    """Tokens [start, end) of a doc that are a name of the domain."""

    start: int
    end: int
    name: KnownName


class Gazetteer:
    """Finds the names of an ontology in parsed text."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._by_first: dict[str, list[tuple[tuple[str, ...], KnownName]]] = defaultdict(list)
        self._short: dict[str, KnownName] = {}
        for name in ontology.names.values():
            for label in name.labels:
                words = tuple(_SPLIT.findall(_straight(label)))
                if words:
                    self._by_first[words[0].lower()].append((words, name))
                    if len(words) <= MAX_WORDS:
                        self._short.setdefault(label, name)
        for entries in self._by_first.values():
            entries.sort(key=lambda e: (-len(e[0]), e[0], e[1].iri))
        self._lengths: dict[int, list[str]] = defaultdict(list)
        for label in sorted(self._short):
            self._lengths[len(label)].append(label)

    def matches(self, doc: Doc) -> Iterator[NameMatch]:
        """Longest exact matches in text order, not overlapping.

        A capital of the label must be a capital of the text, so that a name is no common word.
        """
        i = 0
        while i < len(doc):
            found = self._match_at(doc, i)
            if found is not None:
                yield found
            i = found.end if found is not None else i + 1

    def _match_at(self, doc: Doc, i: int) -> NameMatch | None:
        for words, name in self._by_first.get(_straight(doc[i].text).lower(), ()):
            end = _matches_words(doc, i, words)
            if end is not None:
                return NameMatch(i, end, name)
        return None

    def near(self, text: str, types: Iterable[str]) -> KnownName | None:
        """The one name that `text` most likely misspells, or None.

        A slip is one edit (insertion, deletion, substitution or swap of neighbours) in a name of
        four letters or more whose first letter is right, or two in a single word of seven or more
        whose first three are. Names of other types do not count, and two such names give None.
        """
        if len(text) < 4 or not text[0].isupper():
            return None
        allowed = 2 if len(text) >= 7 and " " not in text else 1
        head = 3 if allowed == 2 else 1
        found = {
            self._short[label].iri: self._short[label]
            for length in range(len(text) - 1, len(text) + 2)
            for label in self._lengths.get(length, ())
            if label[:head] == text[:head]
            and 0 < OSA.distance(label, text, score_cutoff=allowed) <= allowed
        }
        wanted = tuple(types)
        fitting = [n for n in found.values() if self._ontology.is_any(n.type, wanted)]
        return fitting[0] if len(fitting) == 1 else None

    def editions(self, series_type: str) -> tuple[KnownName, ...]:
        """The names of a type that have a year, by IRI."""
        return tuple(
            n
            for n in sorted(self._ontology.names.values(), key=lambda n: n.iri)
            if self._ontology.is_a(n.type, series_type) and n.properties.get("year")
        )


def is_mistyped(text: str, label: str) -> bool:
    """True where letters of the label are swapped, or one is missing or too many.

    One more at the end ("Georgian") makes another word, and another letter another name.
    """
    if text.startswith(label) or OSA.distance(text, label, score_cutoff=2) > 2:
        return False
    one_off = abs(len(text) - len(label)) == 1 and OSA.distance(text, label) == 1
    return one_off or (text != label and sorted(text) == sorted(label))


@lru_cache(maxsize=4)
def gazetteer_of(ontology: Ontology) -> Gazetteer:
    """The gazetteer of an ontology, built once for all articles."""
    return Gazetteer(ontology)


def _straight(text: str) -> str:
    return text.replace("’", "'")


def _matches_words(doc: Doc, i: int, words: tuple[str, ...]) -> int | None:
    """End token when the words stand at token i."""
    position = i
    pending = ""  # rest of a token that the tokeniser keeps together and the label splits
    for word in words:
        if position >= len(doc):
            return None
        text = pending or _straight(doc[position].text)
        if _same(text, word):
            pending = ""
            position += 1
        elif len(text) > len(word) and text.lower().startswith(word.lower()) and word[-1] != ".":
            pending = text[len(word) :]
        else:
            return None
    return None if pending else position


def _same(text: str, word: str) -> bool:
    if text == word:
        return True
    return text.lower() == word.lower() and (word.islower() or text[0].isupper())
