"""What kind of thing a word means: WordNet's nouns with the meanings above them, and like verbs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

__all__ = ["Kinds", "kinds_of", "meanings_of", "verbs_alike"]

Kinds = frozenset[int]  # numbers of meanings


@dataclass(frozen=True, slots=True)
class _Table:
    above: list[tuple[int, ...]]  # by meaning
    meanings: dict[str, list[tuple[int, int]]]  # by word: place among its meanings, meaning
    verbs: dict[str, tuple[str, ...]]


@cache
def _table() -> _Table:
    """kinds.tsv (made by tools.wordnet_kinds)."""
    table = _Table([], {}, {})
    text = files("kg.ontology.scaffold").joinpath("kinds.tsv").read_text("utf-8")
    for line in text.splitlines():
        number, above, *rest = line.split("\t")
        words = rest[0].split(",") if rest else []
        if number == "v":
            table.verbs[above] = tuple(words)
            continue
        table.above.append(tuple(map(int, above.split(","))) if above else ())
        for word in words:
            word, _, place = word.partition(":")
            table.meanings.setdefault(word, []).append((int(place or 1), int(number)))
    for found in table.meanings.values():
        found.sort()
    return table


@lru_cache(maxsize=50_000)
def meanings_of(phrase: str, most: int) -> Kinds:
    """The `most` likeliest meanings of a noun phrase in small letters, in any number; or none."""
    meanings = _table().meanings
    for form in _forms("_".join(phrase.split())):
        if form in meanings:
            return frozenset(number for _, number in meanings[form][:most])
    return frozenset()


@lru_cache(maxsize=50_000)
def kinds_of(phrase: str, most: int) -> Kinds:
    """Its `most` likeliest meanings and all above them: an oboe is an instrument."""
    found = set(meanings_of(phrase, most))
    pending = list(found)
    above = _table().above
    while pending:
        more = [n for n in above[pending.pop()] if n not in found]
        found.update(more)
        pending += more
    return frozenset(found)


def _forms(word: str) -> Iterator[str]:
    yield word
    for ending, instead in (("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending):
            yield word[: -len(ending)] + instead


def verbs_alike(verb: str) -> tuple[str, ...]:
    """Verbs that share a frequent meaning with a verb; of phrasal ones the first word."""
    found = (other.split("_")[0] for other in _table().verbs.get(verb, ()))
    return tuple(dict.fromkeys(other for other in found if other != verb))
