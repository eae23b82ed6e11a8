"""The domain's names in a text: exact labels, labels with a slip of the pen, editions of events."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from kg.ontology.domain import KnownName, Ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Gazetteer", "NameMatch"]

_SPLIT = re.compile(r"\w+(?:\.\w+)*\.?|[^\w\s]")
YEAR = re.compile(r"(19|20)\d\d")


@dataclass(frozen=True, slots=True, eq=False)
class NameMatch:
    """Tokens [start, end) of a doc that are a name of the domain; `exact` unless it is a slip."""

    start: int
    end: int
    name: KnownName
    exact: bool = True


def _tokens(label: str) -> tuple[str, ...]:
    return tuple(_SPLIT.findall(label.replace("’", "'")))


class Gazetteer:
    """Finds the names of an ontology in parsed text."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._by_first: dict[str, list[tuple[tuple[str, ...], KnownName]]] = defaultdict(list)
        self._single: dict[str, KnownName] = {}
        for name in ontology.names.values():
            for label in name.labels:
                words = _tokens(label)
                if words:
                    self._by_first[words[0].lower()].append((words, name))
                    if len(words) <= 3:
                        self._single.setdefault(label, name)
        for entries in self._by_first.values():
            entries.sort(key=lambda e: (-len(e[0]), e[0], e[1].iri))
        self._lengths: dict[int, list[str]] = defaultdict(list)
        for label in sorted(self._single):
            self._lengths[len(label)].append(label)

    def matches(self, doc: Doc) -> Iterator[NameMatch]:
        """Longest exact matches in text order, not overlapping."""
        i = 0
        while i < len(doc):
            found = self._match_at(doc, i)
            if found is None:
                i += 1
            else:
                yield found
                i = found.end

    def _match_at(self, doc: Doc, i: int) -> NameMatch | None:
        first = doc[i].text.replace("’", "'").lower()
        for words, name in self._by_first.get(first, ()):
            end = _matches_words(doc, i, words)
            if end is not None:
                return NameMatch(i, end, name)
        # "U.S." and the like are one token for spaCy and may be one label of several parts
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
            self._single[label].iri: self._single[label]
            for length in range(len(text) - 1, len(text) + 2)
            for label in self._lengths.get(length, ())
            if label[:head] == text[:head]
            and 0 < OSA.distance(label, text, score_cutoff=allowed) <= allowed
        }
        wanted = tuple(types)
        fitting = [n for n in found.values() if self._ontology.is_any(n.type, wanted)]
        return fitting[0] if len(fitting) == 1 else None

    def editions(self, series_type: str) -> list[KnownName]:
        """The names of a type that have a year, by IRI."""
        return [
            n
            for n in sorted(self._ontology.names.values(), key=lambda n: n.iri)
            if self._ontology.is_a(n.type, series_type) and n.properties.get("year")
        ]


def _matches_words(doc: Doc, i: int, words: tuple[str, ...]) -> int | None:
    """End token when the words stand at token i; capitals of the label must be capitals."""
    position = i
    pending = ""
    for word in words:
        if position >= len(doc):
            return None
        text = pending or doc[position].text.replace("’", "'")
        if not _same(text, word):
            if text.lower().startswith(word.lower()) and len(text) > len(word) and word[-1:] != ".":
                pending = text[len(word) :]  # the tokeniser keeps together what the label splits
                continue
            return None
        pending = ""
        position += 1
    return None if pending else position


def _same(text: str, word: str) -> bool:
    if text == word:
        return True
    if text.lower() != word.lower():
        return False
    if word.islower():
        return True
    return text[0].isupper()


def sentence_years(token: Token) -> list[str]:
    """Years that the token's sentence names, in text order."""
    return [t.text for t in token.sent if YEAR.fullmatch(t.text)]
