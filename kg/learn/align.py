"""Where the arguments of an annotated triple stand in its text."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.learned.candidates import DATES
from kg.extract.learned.folding import date_key, folded, number_value
from kg.extract.learned.view import DocView
from kg.learn.examples import Chars, Triple

__all__ = ["Aligned", "Tokens", "align"]

Tokens = tuple[int, int]

_MARKS = frozenset("!?.)")


@dataclass(frozen=True, slots=True)
class Aligned:
    """A triple and the token ranges of its subject and object; `reason` says what was not found."""

    triple: Triple
    subjects: tuple[Tokens, ...]
    objects: tuple[Tokens, ...]
    reason: str = ""


def align(view: DocView, triple: Triple) -> Aligned:
    """Every place of both arguments, in text order; a given span is taken as it is."""
    subjects = _places(view, triple.subject, triple.subject_span)
    objects = _places(view, triple.object, triple.object_span)
    return Aligned(triple, subjects, objects, _reason(subjects, objects))


def _reason(subjects: tuple[Tokens, ...], objects: tuple[Tokens, ...]) -> str:
    missing = [name for name, found in (("subject", subjects), ("object", objects)) if not found]
    if missing:
        return f"{' and '.join(missing)} not in the text"
    if all(s == o for s in subjects for o in objects):
        return "subject and object are the same words"
    return ""


def _places(view: DocView, name: str, span: Chars | None) -> tuple[Tokens, ...]:
    if span is not None:
        tokens = view.tokens_of(*span)
        return (tokens,) if tokens else ()
    found = view.find(name)
    if not found:
        found = _dates(view, name) or _numbers(view, name)
    return tuple(dict.fromkeys(_as_written(view, place, name) for place in found))


def _dates(view: DocView, name: str) -> list[Tokens]:
    day = date_key(name)
    if day is None:
        return []
    places = (
        view.tokens_of(m.start(), m.end())
        for m in DATES.finditer(view.text)
        if date_key(m.group()) == day
    )
    return [place for place in places if place is not None]


def _numbers(view: DocView, name: str) -> list[Tokens]:
    value = number_value(name)
    if value is None:
        return []
    return [(i, i + 1) for i, word in enumerate(view.words) if number_value(word) == value]


def _as_written(view: DocView, place: Tokens, name: str) -> Tokens:
    """The range with the article or the final mark that the name is written with."""
    start, end = place
    first = folded(name.split()[0]) if name.split() else ""
    if start and first in ("the", "a", "an") and view.lower[start - 1] == first:
        start -= 1
    mark = name[-1:]
    if end < len(view) and mark in _MARKS and view.words[end] == mark:
        end += not view.span_text(start, end).endswith(mark)
    return start, end
