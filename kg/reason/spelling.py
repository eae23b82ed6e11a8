"""Spellings of names: which are the same, and which are a slip of the pen apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

from rapidfuzz.distance import OSA

from kg.ontology.domain import Ontology

__all__ = ["Spelling"]

_POSSESSIVE = re.compile(r"'s?(?=\s|$)")
_NO_WORD = re.compile(r"[^\w&]+")
_NUMERAL = re.compile(r"\d+|[ivxlc]+")
_SHORT, _LONG = 4, 6  # letters of a word in which one edit, and two, are a slip


@dataclass(frozen=True)
class Spelling:
    """What a domain holds to be spellings of one word: pairs of words, pairs of endings.

    `plurals` are what a word may have more or less of, `adjectives` what it may have more of.
    """

    words: tuple[tuple[str, str], ...] = ()
    endings: tuple[tuple[str, str], ...] = ()
    plurals: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()

    @classmethod
    def of(cls, ontology: Ontology) -> Spelling:
        """The variants that the lexicon lists under `spelling`."""
        table = ontology.lexicon.get("spelling", {})
        words, endings = (
            tuple((str(a), str(b)) for a, b in table.get(key, ())) for key in ("words", "endings")
        )
        return cls(
            words, endings, tuple(table.get("plurals", ())), tuple(table.get("adjectives", ()))
        )

    def key(self, text: str) -> str:
        """The words of a name without case, accents, hyphens, possessives and article."""
        plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("`", "'").casefold())
        plain = "".join(c for c in plain if not unicodedata.combining(c))
        words = _NO_WORD.sub(" ", _POSSESSIVE.sub("", plain)).split()
        return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)

    def nearest(self, key: str, right: Iterable[str]) -> str | None:
        """The right key that this one misspells, nearest first; None where it does not.

        A key that is one of them, or a mere variant of one, misspells none.
        """
        found: list[tuple[int, str]] = []
        for other in right:
            if self._is_variant(key, other):
                return None
            edits = self._edits(key, other)
            if edits is not None:
                found.append((edits, other))
        return min(found)[1] if found else None

    def _is_variant(self, one: str, other: str) -> bool:
        if one.replace(" ", "") == other.replace(" ", ""):
            return True
        pairs = list(zip_longest(one.split(), other.split(), fillvalue=""))
        return all(self._one_word(a, b) for a, b in pairs)

    def _one_word(self, a: str, b: str) -> bool:
        if a == b or (a, b) in self.words or (b, a) in self.words:
            return True
        if any(a == b + x for x in (*self.plurals, *self.adjectives) if b):
            return True  # "Korean" for Korea, not back
        if any(b == a + x for x in self.plurals if a):
            return True
        return any(
            (a.endswith(x) and b == a[: -len(x)] + y) or (b.endswith(x) and a == b[: -len(x)] + y)
            for x, y in self.endings
        )

    def _edits(self, key: str, other: str) -> int | None:
        """How many edits part two names, where so few are a slip in each word; else None."""
        mine, theirs = key.split(), other.split()
        if len(mine) != len(theirs):
            return None
        total = 0
        for a, b in zip(mine, theirs, strict=True):
            if self._one_word(a, b):
                continue
            allowed = 2 if len(b) >= _LONG else 1 if len(b) >= _SHORT and len(a) >= _SHORT else 0
            edits = OSA.distance(a, b, score_cutoff=2)
            if edits > allowed or _NUMERAL.fullmatch(a) or _digits(a) != _digits(b):
                return None
            total += edits
        return total if 0 < total <= 2 else None


def _digits(word: str) -> str:
    return "".join(c for c in word if c.isdigit())
