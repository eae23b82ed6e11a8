"""How likely a subject and an object are of each relation, by how a text puts them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.learned.objects import Governed, Seen, unseen_table
from kg.extract.learned.pair_features import path_between
from kg.extract.learned.view import DocView
from kg.extract.learned.wording import Wording

__all__ = ["Scored", "Topic", "scored_pairs"]

Tokens = tuple[int, int]
Scored = tuple[float, Tokens, int, Seen]  # score, subject, number of the relation, object

FAR = 20  # words
_LEVELS = (
    "governor", "path", "near", "between", "governor-vague", "near-vague", "text", "nowhere",
)  # fmt: skip
_SURE = 4  # levels from which on nothing of the label stands by the pair
_BELONGS = frozenset(["of", "in", "for"])  # "an ingredient in", "the operator for"


@dataclass(frozen=True, eq=False, slots=True)
class Topic:
    """A subject with what it is; `described` is by relation: 1 fits, -1 another's, 0 unknown."""

    place: Tokens
    score: float
    head: int
    governed: Governed
    described: list[float]


def scored_pairs(
    view: DocView, topic: Topic, seen: Seen, wordings: Sequence[Wording]
) -> list[Scored]:
    """The scores of a subject and an object for each relation; none where they overlap."""
    (start, end), (first, last) = topic.place, seen.place
    if start < last and first < end:
        return []
    weights = unseen_table()["weights"]
    levels = _levels(view, topic, seen, wordings)
    best = min(levels)
    near = {view.stems[i] for i in _around(view, seen)}
    apart = abs(view.sent[seen.head] - view.sent[topic.head])
    between = max(first - end, start - last)
    common = weights["constant"] + topic.score + apart * weights["other-sentence"]
    common += weights["distance"] * min(between, FAR) / FAR
    common += weights["object-first"] if first < start else 0.0
    found = []
    for n, (w, level) in enumerate(zip(wordings, levels, strict=True)):
        sure, kind = level < _SURE, seen.is_kind[n]
        worded = weights[_LEVELS[level]]
        score = common + seen.score[n] + topic.described[n] + (max(worded, 0.0) if kind else worded)
        if w.verbal and level > _SURE:
            score += weights["verb-missing"]
        if not sure and not kind and not seen.known[n]:
            score += weights["nothing-known"]
        if level > best and best < _SURE and not kind:
            score += weights["better-elsewhere"]
        score += _said_with(seen, w, sure=sure, weights=weights)
        score += _sides(view, topic, seen, w, weights)
        score += _coverage(seen, w, near) * weights["label-in-part"] if level == 0 else 0.0
        found.append((score, topic.place, n, seen))
    return found


def _around(view: DocView, seen: Seen) -> set[int]:
    """The words about an object: five on each side, and what it hangs on."""
    start, end = seen.place
    inside = view.sentences[view.sent[seen.head]]
    around = range(max(start - 5, inside[0]), min(end + 5, inside[1]))
    return {*around, *seen.governed.above[:2]}


def _coverage(seen: Seen, w: Wording, near: set[str]) -> float:
    """The share of a label's words that are missing: "600 students" are not all doctoral ones."""
    if len(w.own) < 2 or not w.said.isdisjoint(near):
        return 0.0
    return 1 - len(w.own & near) / len(w.own)


def _levels(view: DocView, topic: Topic, seen: Seen, wordings: Sequence[Wording]) -> list[int]:
    """Where words of each relation stand, as places in _LEVELS."""
    stems = view.stems
    (start, end), (first, last) = topic.place, seen.place
    forward = start < first
    left, right = (end, first) if forward else (last, start)
    same = view.sent[topic.head] == view.sent[seen.head]
    path = path_between(view, topic.head, seen.head) if same else None
    on_path = {stems[i] for i in path.inner} if path is not None else set()
    near = {stems[i] for i in range(max(first - 3, left if forward else 0), first)}
    between = {stems[i] for i in range(left, min(right, left + FAR))} if same else set()
    above = [stems[i] for i in seen.governed.above[:2]]
    elsewhere = {s for s in stems if s not in seen.stems}
    found = []
    for w in wordings:
        strong = w.strong
        tests = (
            bool(above) and above[0] in strong,
            not strong.isdisjoint(on_path) or (len(above) > 1 and above[1] in strong),
            not strong.isdisjoint(near),
            not strong.isdisjoint(between),
            bool(above) and above[0] in w.vague,
            not w.vague.isdisjoint(on_path | near),
            not strong.isdisjoint(elsewhere),
        )
        found.append(next((n for n, test in enumerate(tests) if test), len(tests)))
    return found


def _said_with(seen: Seen, w: Wording, *, sure: bool, weights: dict[str, float]) -> float:
    """What the preposition before the object says."""
    preposition = seen.governed.preposition
    score = 0.0
    if preposition == "by" and not sure and w.does and seen.sort in ("person", "organisation", ""):
        score += weights["by"]
    if preposition and preposition in w.prepositions:
        score += weights["preposition" if sure else "preposition-alone"]
    return score


def _sides(view: DocView, topic: Topic, seen: Seen, w: Wording, weights: dict[str, float]) -> float:
    """For "Quito is the capital of Ecuador": Ecuador has the capital, not Quito."""
    if w.verbal or w.directed:
        return 0.0
    score = 0.0
    for up, other, weight in (
        (seen.governed, topic.head, weights["inverse"]),
        (topic.governed, seen.head, weights["turned"]),
    ):
        if up.preposition in _BELONGS and up.above:
            noun = up.above[0]
            said = view.stems[noun] in w.own and _is_said(view, noun, other)
            score += weight if said else 0.0
    return score


def _is_said(view: DocView, noun: int, of: int) -> bool:
    """True where a noun, or "one of" it, is what something is said to be."""
    up = view.head[noun]
    if view.dep[noun] == "pobj" and view.lower[up] == "of":
        noun = view.head[up]
    if view.dep[noun] == "appos":
        return view.head[noun] == of
    return view.dep[noun] == "attr" and (
        view.head[noun] == view.head[of] or view.head[view.head[noun]] == of
    )
