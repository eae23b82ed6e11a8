"""Names as keys: what is left of a name when case, accents and legal form are taken away."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

__all__ = ["digits", "initials", "name_key", "parts", "shown"]

_PUNCTUATION = re.compile(r"'s\b|[^\w\s&]")

_MAX_WORDS = 6  # of a short name


def name_key(label: str, legal_forms: Iterable[str] = ()) -> str:
    """A name without case, accents, punctuation, leading article and final legal form."""
    if label.isascii():  # as most are: no accents to take away
        text = label.lower()
    else:
        text = unicodedata.normalize("NFKD", label).casefold().replace("’", "'")
        text = "".join(c for c in text if not unicodedata.combining(c))
    words = ["&" if word == "and" else word for word in _PUNCTUATION.sub(" ", text).split()]
    if len(words) > 1 and words[0] == "the":
        del words[0]
    size = _legal_form(words, legal_forms)
    return " ".join(words[: len(words) - size])


def _legal_form(words: list[str], legal_forms: Iterable[str]) -> int:
    """How many words at the end are a legal form: two for the "a s" that "A/S" leaves."""
    single = 0
    while single < len(words) and len(words[-1 - single]) == 1:
        single += 1
    for size in (single, 1):
        if 0 < size < len(words) and "".join(words[-size:]) in legal_forms:
            return size
    return 0


def shown(key: str) -> str:
    """A key as a name one can read, whatever article it comes from.

    >>> shown("acme rail")
    'Acme Rail'
    """
    return " ".join(word[:1].upper() + word[1:] for word in key.split())


@lru_cache(maxsize=1 << 16)
def initials(key: str, small_words: frozenset[str] = frozenset()) -> frozenset[str]:
    """What a name of several words may be shortened to: with its small words, and without.

    >>> sorted(initials("bank of the north", frozenset({"of", "the"})))
    ['bn', 'botn']
    """
    words = key.split()
    if len(words) < 2:
        return frozenset()
    large = [w for w in words if w not in small_words]
    return frozenset("".join(w[0] for w in part) for part in (words, large) if len(part) > 1)


def digits(key: str) -> tuple[str, ...]:
    """The numbers in a name; names with different ones never mean one thing."""
    return tuple(re.findall(r"\d+", key))


@lru_cache(maxsize=1 << 16)
def parts(key: str) -> frozenset[str]:
    """Shorter names made of words of this one: words beside each other, or the first and the last.

    >>> sorted(parts("ada m brask"))
    ['ada', 'ada brask', 'ada m', 'brask', 'm', 'm brask']
    """
    words = key.split()
    size = len(words)
    found = {
        " ".join(words[start:end])
        for start in range(size)
        for end in range(start + 1, min(start + _MAX_WORDS, size) + 1)
        if end - start < size
    }
    return frozenset(found | {f"{words[0]} {words[-1]}"} if size > 2 else found)
