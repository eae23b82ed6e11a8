"""A parsed text as plain lists: what features are read from, without a spaCy object a token."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from kg.extract.learned.folding import folded, stem

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["DocView", "shape_of"]

_RUNS = re.compile(r"(.)\1+")


def shape_of(text: str) -> str:
    """Letters as X or x, digits as d, runs as one: "McKay-7" is XxXx-d."""
    marks = "".join(
        "X" if c.isupper() else "x" if c.isalpha() else "d" if c.isdigit() else c for c in text
    )
    return _RUNS.sub(r"\1", marks)


class DocView:
    """Lists over the tokens of a text; `sent` is the number of a token's sentence."""

    def __init__(self, doc: Doc) -> None:
        self.text = doc.text
        self.words = [t.text for t in doc]
        self.lower = [t.lower_ for t in doc]
        self.lemma = [t.lemma_.lower() for t in doc]
        self.pos = [t.pos_ for t in doc]
        self.tag = [t.tag_ for t in doc]
        self.dep = [t.dep_ for t in doc]
        self.head = [t.head.i for t in doc]
        self.entity = [t.ent_type_ for t in doc]
        self.inside = [t.ent_iob_ == "I" for t in doc]
        self.starts = [t.idx for t in doc]
        self.ends = [t.idx + len(t) for t in doc]
        self.sent = [0] * len(doc)
        self.sentences = [(s.start, s.end) for s in doc.sents]
        for number, (start, end) in enumerate(self.sentences):
            for i in range(start, end):
                self.sent[i] = number
        self.shape = [shape_of(w) for w in self.words]
        self.chunks = [(c.start, c.end) for c in doc.noun_chunks] if len(doc) else []
        self.entities = [(e.start, e.end) for e in doc.ents]

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def stems(self) -> list[str]:
        """The stem of each token's lemma."""
        return [stem(folded(lemma)) for lemma in self.lemma]

    @cached_property
    def folded_words(self) -> list[tuple[str, int, bool, bool]]:
        """Folded words with their token, and whether each is the token's first and last word."""
        found = []
        for i, word in enumerate(self.words):
            parts = folded(word).split()
            if len(parts) == 1 and parts[0] in ("a", "an", "the") and len(self.words) > 1:
                continue
            for n, part in enumerate(parts):
                found.append((part, i, n == 0, n == len(parts) - 1))
        return found

    @cached_property
    def places_of_word(self) -> dict[str, list[int]]:
        """Folded word to its places in `folded_words`."""
        index: dict[str, list[int]] = {}
        for place, (word, *_) in enumerate(self.folded_words):
            index.setdefault(word, []).append(place)
        return index

    def find(self, name: str) -> list[tuple[int, int]]:
        """Token ranges whose folded words are those of a name, in text order."""
        words = folded(name).split()
        if not words:
            return []
        all_words = self.folded_words
        found = []
        for place in self.places_of_word.get(words[0], ()):
            stretch = all_words[place : place + len(words)]
            if [w[0] for w in stretch] == words and stretch[0][2] and stretch[-1][3]:
                found.append((stretch[0][1], stretch[-1][1] + 1))
        return found

    def span_text(self, start: int, end: int) -> str:
        """The characters of tokens [start, end)."""
        return self.text[self.starts[start] : self.ends[end - 1]]

    def tokens_of(self, start: int, end: int) -> tuple[int, int] | None:
        """The tokens that touch characters [start, end); None where there are none."""
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end)
        return (first, last) if first < last else None

    def head_of(self, start: int, end: int) -> int:
        """The token of a span that the others hang on: its head lies outside; the last of such."""
        found = end - 1
        for i in range(end - 1, start - 1, -1):
            if not start <= self.head[i] < end or self.head[i] == i:
                found = i
                if self.pos[i] not in ("PUNCT", "ADP", "DET"):
                    return i
        return found

    def ancestors(self, i: int) -> list[int]:
        """A token, its head, the head's head … up to the root."""
        chain = [i]
        while self.head[chain[-1]] != chain[-1] and len(chain) < 40:
            chain.append(self.head[chain[-1]])
        return chain
