"""Which articles are copies of one text: syndicated, reprinted with small edits, or excerpts.

An article is a copy where most of its shingles stand in another: containment as in Broder, "On the
resemblance and containment of documents" (1997). Every pair above the limit is found, without
comparing all pairs: two such texts share one of the rarest shingles of the copy (the prefix filter
of Chaudhuri, Ganti and Kaushik 2006). docs/copies.md has the figures, docs/decisions/1201 those of
libraries.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from kg.model.text import Article, BlockKind

if TYPE_CHECKING:
    import numpy as np

__all__ = ["COPIED", "LEAST_WORDS", "Text", "near_copies", "originals", "text_of", "words_of"]

WIDTH = 4  # words of a shingle: one word changed in ten leaves two thirds of them
LEAST_WORDS = 25  # a shorter text is a copy only of the same words
COPIED = 0.6  # least part of a copy's shingles that stand in its original
COPIED_NARRATION = 0.5  # the same of what is outside quotation marks
LEAST_NARRATION = 12  # shingles; with fewer there is too little to compare
NOTHING_NEW = 0.9  # who copies such a copy copies its original, so it is not looked for

_BASE = 0x9E3779B97F4A7C15  # odd, so that multiplication modulo 2 ** 64 loses nothing

_SKIPPED = frozenset({BlockKind.CHROME, BlockKind.HEADLINE})  # each page writes its own
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")


def words_of(text: str) -> list[str]:
    """The words of a text without case, accents of composition and punctuation."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


@dataclass(frozen=True, slots=True)
class Text:
    """What an article says in its body; arrays are sorted and without repetition."""

    name: str
    words: int
    key: bytes  # of the words in their order
    shingles: np.ndarray  # of 64 bits
    narration: np.ndarray


def near_copies(articles: Iterable[Article]) -> tuple[tuple[str, str], ...]:
    """(name of a copy, name of its original), sorted by copy; the same for any order of articles.

    Of articles that share a text the original is the one published first (one without a date comes
    last), then the longer, then the first by name; it is itself no copy. Time and memory grow with
    the number of different texts: those with the same words are compared once.
    """
    ordered = sorted(articles, key=lambda a: (a.published is None, a.published or "", a.name))
    first: dict[bytes, Text] = {}
    same: list[tuple[str, str]] = []  # copy and the first with just its words
    for article in ordered:
        text = text_of(article)
        if text is None:
            continue
        known = first.setdefault(text.key, text)
        if known is not text:
            same.append((text.name, known.name))
    dates = {a.name: (a.published is None, a.published or "") for a in ordered}
    texts = sorted(first.values(), key=lambda t: (dates[t.name], -t.words, t.name))
    original = originals([t for t in texts if t.words >= LEAST_WORDS])
    original.update({copy: original.get(known, known) for copy, known in same})
    return tuple(sorted(original.items()))


def originals(texts: Sequence[Text]) -> dict[str, str]:
    """Copy to original among different texts; an original stands before its copies."""
    index = _Index(texts)
    original: dict[str, str] = {}
    for text in texts:
        added = 1.0
        for known, part in index.holders(text):
            if _narrates(text, known):
                original[text.name] = original.get(known.name, known.name)
                added = 1.0 - part
                break
        if added > 1.0 - NOTHING_NEW:
            index.add(text)
    return original


class _Index:
    """Which of the texts added so far hold a shingle."""

    def __init__(self, texts: Sequence[Text]) -> None:
        import numpy as np

        everything = np.concatenate([t.shingles for t in texts] or [np.empty(0, "<u8")])
        self._shingles, self._texts_with = np.unique(everything, return_counts=True)
        self._added: list[Text] = []
        self._holders: dict[int, array[int]] = {}  # of shingles that several texts have

    def add(self, text: Text) -> None:
        """Makes the text one that others may be copies of."""
        for shingle in text.shingles[self._spread(text) > 1].tolist():
            self._holders.setdefault(shingle, array("I")).append(len(self._added))
        self._added.append(text)

    def holders(self, text: Text) -> Iterator[tuple[Text, float]]:
        """Texts that hold at least COPIED of the shingles, with the part, first added first."""
        import numpy as np

        spread = self._spread(text)
        rarest_first = text.shingles[np.lexsort((text.shingles, spread))]
        prefix = rarest_first[: int(len(rarest_first) * (1 - COPIED)) + 1]
        if not any(shingle in self._holders for shingle in prefix.tolist()):
            return
        found = array("I")
        for shingle in text.shingles[spread > 1].tolist():
            found.extend(self._holders.get(shingle, ()))
        counts = np.bincount(np.frombuffer(found, "I"))
        for number in np.flatnonzero(counts >= COPIED * len(text.shingles)).tolist():
            yield self._added[number], float(counts[number]) / len(text.shingles)

    def _spread(self, text: Text) -> np.ndarray:
        """In how many texts each shingle of the text stands."""
        import numpy as np

        places = np.searchsorted(self._shingles, text.shingles)
        return self._texts_with[places]


def _narrates(text: Text, known: Text) -> bool:
    """Whether what the text says outside quotation marks stands in the other, too.

    Two reports may share a long statement, and nothing else.
    """
    import numpy as np

    if len(text.narration) < LEAST_NARRATION:
        return True
    shared = np.intersect1d(text.narration, known.shingles, assume_unique=True)
    return len(shared) >= COPIED_NARRATION * len(text.narration)


def text_of(article: Article) -> Text | None:
    """What the article says, or None if it says nothing."""
    blocks = [article.text[b.start : b.end] for b in article.blocks if b.kind not in _SKIPPED] or [
        article.text[b.start : b.end] for b in article.blocks if b.kind is BlockKind.HEADLINE
    ]
    words = [w for block in blocks for w in words_of(block)]
    if not words:
        return None
    pieces = [words_of(piece) for block in blocks for piece in _QUOTED.split(block)]
    return Text(
        article.name,
        len(words),
        blake2b(" ".join(words).encode("utf-8", "surrogatepass")).digest(),
        _shingles([words]),
        _shingles(pieces),
    )


def _shingles(pieces: Iterable[list[str]]) -> np.ndarray:
    """Fingerprints of WIDTH words in a row, as Rabin's: a polynomial over those of the words."""
    import numpy as np

    found = [np.empty(0, "<u8")]
    for words in pieces:
        marks = np.fromiter(map(_word_mark, words), "<u8", len(words))
        total = np.zeros(max(len(words) - WIDTH + 1, 0), "<u8")
        for at in range(WIDTH):
            total = total * _BASE + marks[at : at + len(total)]
        found.append(total)
    return np.unique(np.concatenate(found))


@lru_cache(maxsize=100_000)
def _word_mark(word: str) -> int:
    return int.from_bytes(
        blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little"
    )
