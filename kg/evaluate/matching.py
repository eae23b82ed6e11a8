"""When two names, values or quotes are the same for the purpose of scoring.

The rules are those of the scorer that comes with the gold facts: case, quotes, possessives and
punctuation are folded, names of several words match at a token overlap of 0.6, numbers match by
value, dates by the coarser of the two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

__all__ = ["fold", "is_near", "number", "quotes_overlap", "same_value", "words"]

_NOT_TELLING = frozenset(
    ("the", "a", "an", "of", "in", "at", "for", "and", "its", "new", "s", "series")
)
_MIN_OVERLAP = 0.6  # fixed by the scorer of the gold facts
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*(thousand|million|billion|k|m|bn)?\b.*")
_SCALES = {"thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9}
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
_TOLERANCE = 1e-9  # relative, for numbers that went through floating point


def fold(text: object) -> str:
    """Lower case, compatibility forms, no possessive; letters, digits and `%.&+-` stay."""
    folded = unicodedata.normalize("NFKC", str(text)).lower().translate(_QUOTES)
    folded = re.sub(r"'s\b", "", folded)
    folded = re.sub(r"[^\w\s%.&+-]", " ", folded)
    return re.sub(r"\s+", " ", folded).strip()


def words(text: object) -> frozenset[str]:
    """The telling words of a folded text; a hyphen separates words."""
    return frozenset(re.split(r"[\s\-]+", fold(text))) - _NOT_TELLING - {""}


def is_near(left: object, right: object) -> bool:
    """True for equal folded texts, equal words, or enough words in common.

    A name of a single word must be equal: "Acme" is not near "Acme Cloud".
    """
    if fold(left) == fold(right):
        return True
    left_words, right_words = words(left), words(right)
    if not left_words or not right_words:
        return False
    if left_words == right_words:
        return True
    shared = len(left_words & right_words) / len(left_words | right_words)
    return min(len(left_words), len(right_words)) > 1 and shared >= _MIN_OVERLAP


def number(text: object) -> float | None:
    """The number that a text starts with, times its scale word; None without a number.

    Folding makes a space of a thousands separator, so "1,200" is 1: compare normalised values.
    """
    match = _NUMBER.fullmatch(fold(text))
    if match is None:
        return None
    return float(match[1]) * _SCALES.get(match[2] or "", 1)


def same_value(want: object, got: object) -> bool:
    """True when a predicted literal says what the gold literal says."""
    want, got = str(want), str(got)
    if _DATE.fullmatch(want) and re.match(r"\d{4}", got):
        precision = min(len(want), len(got))
        return want[:precision] == got[:precision]
    left, right = number(want), number(got)
    if left is not None and right is not None:
        return abs(left - right) <= _TOLERANCE * max(left, right, 1)
    return is_near(want, got)


def quotes_overlap(predicted: Iterable[str], gold: Iterable[str]) -> bool:
    """True when one predicted quote holds, or lies in, or shares 60% of the words of a gold one."""
    gold = tuple(gold)
    return any(_overlap(mine, theirs) for mine in predicted for theirs in gold)


def _overlap(mine: str, theirs: str) -> bool:
    folded_mine, folded_theirs = fold(mine), fold(theirs)
    if folded_theirs in folded_mine or folded_mine in folded_theirs:
        return True
    return len(words(mine) & words(theirs)) >= _MIN_OVERLAP * len(words(theirs))
