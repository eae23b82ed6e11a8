"""Forms under which a written name, date or number is the same as another one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kg.extract.learned.words import words

__all__ = ["Day", "date_key", "folded", "label_words", "month_name", "number_value", "stem"]

Day = tuple[int, int, int]  # year, month, day; what is not said is 1

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = re.compile(r"[^\w\s]|_")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_MONTHS = {month: number for number, month in enumerate(words("months"), 1)}
_MONTHS |= {month[:3]: number for month, number in list(_MONTHS.items())} | {"sept": 9}
_ISO = re.compile(r"(-?\d{4})-(\d{1,2})-(\d{1,2})(?:t.*)?")
_ENDINGS: tuple[str, ...] = ("ations", "ation", "ments", "ment", "ings", "ing", "ers", "ors")
_ENDINGS += ("ies", "ied", "ed", "er", "or", "es", "s", "e", "y")


@lru_cache(maxsize=200_000)
def folded(text: str) -> str:
    """The words of a text without case, accents, punctuation and articles, one space between."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text))
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    text = re.sub(r"['’]s\b", " s", text)
    text = _PUNCTUATION.sub(" ", _THOUSANDS.sub("", text))
    without = " ".join(_ARTICLES.sub(" ", text).split())
    return without or " ".join(text.split())


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A lower-case word without its commonest endings; at least four letters stay."""
    for suffix in _ENDINGS:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


def label_words(label: str) -> tuple[str, ...]:
    """The words of a relation's label or local name, camel case parted."""
    return tuple(folded(_CAMEL.sub(" ", label)).split())


def date_key(text: str) -> Day | None:
    """The day that a date denotes ("5 March 2010", "2010-03-05", "March 2010"); None if none."""
    text = text.strip().strip('"').lower().replace(",", " ")
    text = re.sub(r"(\d)(st|nd|rd|th)\b", r"\1", text)
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    parts = [p.strip(".") for p in text.split() if p not in ("of", "the")]
    if len(parts) == 3 and parts[2].isdigit():
        first, second = parts[0], parts[1]
        if second in _MONTHS and first.isdigit():
            return int(parts[2]), _MONTHS[second], int(first)
        if first in _MONTHS and second.isdigit():
            return int(parts[2]), _MONTHS[first], int(second)
    if len(parts) == 2 and parts[0] in _MONTHS and parts[1].isdigit() and len(parts[1]) == 4:
        return int(parts[1]), _MONTHS[parts[0]], 1
    if len(parts) == 1 and re.fullmatch(r"\d{4}", parts[0]):
        return int(parts[0]), 1, 1
    return None


def number_value(text: str) -> float | None:
    """The number that a text is, thousands parted or not; None if it is none."""
    plain = _THOUSANDS.sub("", text.strip().strip('"'))
    try:
        return float(plain) if re.fullmatch(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?", plain) else None
    except ValueError:
        return None


def month_name(number: int) -> str:
    """The name of a month, from 1.

    >>> month_name(3)
    'March'
    """
    return words("months")[number - 1].capitalize()
