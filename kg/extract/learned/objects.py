"""What an object is by itself, for each relation that no example was seen of."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.extract.learned.naming import Filler, fillers
from kg.extract.learned.schema import fit, sort_of
from kg.extract.learned.view import DocView
from kg.extract.learned.wording import Wording
from kg.ontology.scaffold.kinds import kinds_of, meanings_of

__all__ = ["Governed", "Seen", "governed", "objects", "unseen_table"]

Tokens = tuple[int, int]

WORDS = 3  # of a phrase that is looked up
SENSES = 2
SENSES_BESIDE = 8  # "the family Rosaceae": rare meanings too
_CONTENT = frozenset(["VERB", "NOUN", "PROPN", "ADJ"])
_MODIFIERS = frozenset(["amod", "compound", "nmod", "nummod"])
_NOUNS = frozenset(["NOUN", "PROPN"])


@cache
def unseen_table() -> dict[str, Any]:
    """unseen.toml."""
    return tomllib.loads((Path(__file__).parent / "unseen.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Governed:
    """Content words above a token, the nearest first, and the preposition that it hangs on."""

    above: tuple[int, ...]
    preposition: str


@dataclass(frozen=True, eq=False, slots=True)
class Seen:
    """An object with what it is; lists are by relation."""

    place: Tokens
    filler: Filler
    head: int
    sort: str
    governed: Governed
    stems: frozenset[str]
    is_kind: list[bool]  # stands where a kind of the subject is said
    known: list[bool]  # something tells that it fills the slot
    score: list[float]  # what speaks for it whatever the subject is


def governed(view: DocView, head: int) -> Governed:
    """What a token hangs on, through prepositions, "and" and appositions."""
    found: list[int] = []
    preposition = ""
    i = head
    for _ in range(8):
        up = view.head[i]
        if up == i:
            break
        if view.pos[up] == "ADP" or view.dep[up] == "agent":
            if not preposition and not found:
                preposition = view.lower[up]
        elif view.pos[up] in _CONTENT and (found or view.dep[i] not in ("conj", "appos")):
            found.append(up)
        i = up
    return Governed(tuple(found), preposition)


def objects(view: DocView, wordings: Sequence[Wording]) -> list[Seen]:
    """All likely objects of a text, in its order."""
    found = fillers(view)
    named = _named(view, wordings)
    runs = [place for place, f in found.items() if f.how == "run"]
    for place in named:
        if place not in found:
            inside = any(s < place[1] and place[0] < e for s, e in runs)
            found[place] = Filler("named", -1.0 if inside else -0.2)
    return [
        _seen(view, place, found[place], named.get(place, frozenset()), runs, wordings)
        for place in sorted(found)
    ]


def _named(view: DocView, wordings: Sequence[Wording]) -> dict[Tokens, frozenset[str]]:
    """Phrases that WordNet knows to be of the range of a relation, with the relations' names."""
    found = {}
    for start in range(len(view)):
        for end in range(start + 1, min(start + WORDS, len(view)) + 1):
            if view.pos[end - 1] not in ("NOUN", "PROPN", "ADJ"):
                continue
            kinds = kinds_of(" ".join(view.lower[start:end]), 1)
            of = frozenset(
                w.name
                for w in wordings
                if kinds & w.range_kinds
                and (end - start > 1 or view.stems[start] not in w.range_heads)
            )
            if of:
                found[start, end] = of
    return found


def _seen(
    view: DocView,
    place: Tokens,
    filler: Filler,
    named: frozenset[str],
    runs: Sequence[Tokens],
    wordings: Sequence[Wording],
) -> Seen:
    start, end = place
    head = view.head_of(start, end)
    outside = not start <= view.head[head] < end
    modifies = view.dep[head] in _MODIFIERS and outside
    sort = "date" if filler.how == "date" else sort_of(view, start, end)
    inner = any(s <= start and end <= e and (s, e) != place for s, e in runs)
    people = modifies and view.entity[head] in ("NORP", "LANGUAGE")  # "an English singer"
    levels = [
        0
        if people and w.range_kinds & meanings_of("language", 1)
        else _is_one(
            view, place, w, named, senses=1 if modifies or sort == "group" else SENSES, inner=inner
        )
        for w in wordings
    ]
    near = [i for i in (start - 2, start - 1, end) if 0 <= i < len(view) and view.pos[i] in _NOUNS]
    beside = [
        any(kinds_of(view.lower[i], SENSES_BESIDE) & w.range_kinds for i in near) for w in wordings
    ]
    fits = [
        -1 if modifies and sort == "group" and w.range_kinds and not level else fit(sort, w.range)
        for w, level in zip(wordings, levels, strict=True)
    ]
    stems = frozenset(view.stems[start:end])
    up = governed(view, head)
    up = Governed(tuple(i for i in up.above if not start <= i < end), up.preposition)
    kinds = [
        _stands_as_kind(view, place, filler, w, level)
        for w, level in zip(wordings, levels, strict=True)
    ]
    seen = Seen(
        place, filler, head, sort, up, stems, kinds,
        known=[f > 0 or level > 0 or b for f, level, b in zip(fits, levels, beside, strict=True)],
        score=[filler.score] * len(wordings),
    )  # fmt: skip
    marks = {view.stems[i] for i in near if i != start - 2}
    for n, w in enumerate(wordings):
        seen.score[n] += _slot(fits, levels, n, beside=beside[n], kind=kinds[n])
        seen.score[n] += _words(seen, w, marks)
        seen.score[n] += _form(view, seen, w, modifies=modifies, level=levels[n], kind=kinds[n])
    return seen


def _is_one(
    view: DocView, place: Tokens, w: Wording, named: frozenset[str], *, senses: int, inner: bool
) -> int:
    """2 where the phrase is of the range's kind, 1 where its head is, else 0."""
    start, end = place
    if not w.range_kinds:
        return 0
    whole = w.name in named or kinds_of(" ".join(view.lower[start:end]), senses) & w.range_kinds
    if whole:
        return 1 if inner else 2
    return int(end - start > 1 and bool(kinds_of(view.lower[end - 1], senses) & w.range_kinds))


def _stands_as_kind(view: DocView, place: Tokens, filler: Filler, w: Wording, level: int) -> bool:
    """True for "comedy" of "is a comedy film", where the relation is a genre of films."""
    if not w.is_kind or filler.how not in ("kind", "noun"):
        return False
    if level:
        return True
    end = place[1]
    if filler.how != "kind" or end >= len(view) or not w.domain_kinds:
        return False
    of_subject = kinds_of(view.lower[end], 3) & w.domain_kinds
    return bool(of_subject) and not kinds_of(view.lower[end], 1) & w.range_kinds


def _slot(fits: list[int], levels: list[int], n: int, *, beside: bool, kind: bool) -> float:
    """How the object fills the slot, by the recogniser and by WordNet."""
    weights: dict[str, float] = unseen_table()["weights"]
    score = weights["fits"] if fits[n] > 0 else weights["misfits"] if fits[n] < 0 else 0.0
    score += (0.0, weights["head-is-one"], weights["is-one"])[levels[n]]
    score += beside * weights["beside-one"]
    if max(levels) > levels[n] and not kind:
        score += weights["other-is-one"]
    if fits[n] > 0 and sum(f > 0 for f in fits) == 1:
        score += weights["only-fit"]
    return score


def _words(seen: Seen, w: Wording, beside: set[str]) -> float:
    """What its own words and those beside it say of the label and of the range."""
    weights: dict[str, float] = unseen_table()["weights"]
    several = seen.place[1] - seen.place[0] > 1
    score = (several and bool(w.own & seen.stems)) * weights["named-so"]
    score += bool(beside & w.range_heads) * weights["label-beside"]
    return score


def _form(
    view: DocView, seen: Seen, w: Wording, *, modifies: bool, level: int, kind: bool
) -> float:
    """How it is written: as a kind, a modifier, a name, a date or a number."""
    weights: dict[str, float] = unseen_table()["weights"]
    start, end = seen.place
    how = seen.filler.how
    head = seen.head
    score = weights["listed"] if view.dep[head] == "conj" and not w.is_kind else 0.0
    if seen.stems <= w.own | w.range_heads and view.words[start].islower():
        score += weights["own-words"]
    if w.is_kind:
        score += weights[how] if kind else 0.0 if level else weights["no-kind"]
    elif how in ("kind", "noun") and not level:
        score += weights["kind-of-nothing"]
    if end - start > 1 and view.stems[end - 1] in w.range_heads:
        score += weights["ends-so"]
    counted = view.dep[head] == "nummod" and view.stems[view.head[head]] in w.own
    if modifies and not w.is_kind and not counted:
        bare = how in ("people", "named", "word", "number")
        score += weights["modifier" if bare else "modifier-name"]
    if how in ("word", "part") and not any(view.pos[i] == "PROPN" for i in range(start, end)):
        score += weights["small-letters"]
    if "date" in w.range:
        score += weights["date" if seen.sort == "date" else "no-date"]
    if "number" in w.range:
        score += weights["number"] if seen.sort == "number" else 0.0
        digits = any(c.isdigit() for i in range(start, end) for c in view.words[i])
        score += 0.0 if digits else weights["no-digit"]
    return score
