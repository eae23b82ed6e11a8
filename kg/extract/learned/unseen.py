"""Facts of relations that no example was seen of: what label, domain and range alone find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from kg.extract.learned.candidates import Candidate
from kg.extract.learned.folding import folded
from kg.extract.learned.objects import Governed, Seen, governed, objects, unseen_table
from kg.extract.learned.pair_features import path_between
from kg.extract.learned.proposal import Proposal
from kg.extract.learned.schema import fit, sort_of
from kg.extract.learned.topics import topics
from kg.extract.learned.view import DocView
from kg.extract.learned.wording import Wording
from kg.ontology.scaffold.kinds import kinds_of

__all__ = ["read_unseen"]

Tokens = tuple[int, int]
Scored = tuple[float, Tokens, int, Seen]  # score, subject, number of the relation, object

FAR = 20  # words
MOST = 60  # objects of a sentence: a page of names must not take minutes
_LEVELS = (
    "governor", "path", "near", "between", "governor-vague", "near-vague", "text", "nowhere",
)  # fmt: skip
_SURE = 4  # levels from which on nothing of the label stands by the pair
_DESCRIBES = frozenset(["attr", "appos", "compound", "amod", "nmod", "conj"])


@dataclass(frozen=True, eq=False, slots=True)
class _Topic:
    """A subject with what it is; `described` is by relation: 1 fits, -1 another's, 0 unknown."""

    place: Tokens
    score: float
    head: int
    governed: Governed
    is_copula: bool
    described: list[float]


def read_unseen(view: DocView, wordings: Sequence[Wording]) -> list[Proposal]:
    """The facts proposed for a text, the likeliest first; probabilities are not calibrated.

    Of each sentence the likeliest is proposed from a threshold on, each further one if it is
    surer still (unseen.toml).
    """
    table = unseen_table()
    if not wordings or not len(view):
        return []
    by_sentence = _topics(view, wordings)
    found = objects(view, wordings)
    kept: list[Proposal] = []
    for number in range(len(view.sentences)):
        inside = [o for o in found if view.sent[o.head] == number]
        inside = sorted(inside, key=lambda o: (-max(o.score), o.place))[:MOST]
        scored = [
            s for t in by_sentence[number] for o in inside for s in _pair(view, t, o, wordings)
        ]
        scored.sort(key=lambda s: (-s[0], s[1], s[2], s[3].place))
        kept += _kept(view, scored, wordings, table["threshold"], table["step"])
    return sorted(kept, key=lambda p: (-p.probability, p.subject, p.object, p.relation))


def _kept(
    view: DocView,
    scored: Sequence[Scored],
    wordings: Sequence[Wording],
    threshold: float,
    step: float,
) -> list[Proposal]:
    """One object a relation and one relation an object, each surer than the last had to be."""
    table = unseen_table()
    kept: list[Proposal] = []
    taken: set[str | Tokens] = set()
    for score, place, number, seen in scored:
        if score < threshold + step * len(kept):
            break
        name = wordings[number].name
        same = folded(view.span_text(*place)) == folded(view.span_text(*seen.place))
        if same or not taken.isdisjoint((name, seen.place)):
            continue
        taken |= {name, seen.place}
        probability = 1 / (1 + exp((table["likely_at"] - score) / table["scale"]))
        subject = Candidate(*place, ("topic",))
        kept.append(
            Proposal(subject, name, Candidate(*seen.place, (seen.filler.how,)), probability)
        )
    return kept


# -- subjects -------------------------------------------------------------------------------------


def _topics(view: DocView, wordings: Sequence[Wording]) -> list[list[_Topic]]:
    """The likeliest subjects by sentence: its own, and those of the first and the one before."""
    most = unseen_table()["subjects"]
    every = topics(view)
    ranked = sorted(every, key=lambda place: (-every[place], place))
    own: list[list[Tokens]] = [[] for _ in view.sentences]
    for place in ranked:
        own[view.sent[place[0]]].append(place)
    found = []
    made: dict[Tokens, _Topic] = {}
    for number in range(len(view.sentences)):
        earlier = [own[n][0] for n in {0, number - 1} if 0 <= n < number and own[n]]
        places = sorted({*own[number], *earlier}, key=lambda place: (-every[place], place))[:most]
        for place in places:
            if place not in made:
                made[place] = _topic(view, place, every[place], wordings)
        found.append([made[place] for place in places])
    return found


def _topic(view: DocView, place: Tokens, score: float, wordings: Sequence[Wording]) -> _Topic:
    head = view.head_of(*place)
    said = _descriptions(view, place, head)
    kinds = [kinds_of(view.lower[i], 3) for i in said]
    weights = unseen_table()["weights"]
    fitting = [any(k & w.domain_kinds for k in kinds) for w in wordings]
    sort = sort_of(view, *place)
    described = []
    for w, fits in zip(wordings, fitting, strict=True):
        value = 0.0
        if fits:
            value += weights["described"]
        elif any(fitting):
            value += weights["described-for-another"]
        elif said and w.domain_kinds:
            value += weights["described-otherwise"]
        fitted = fit(sort, w.domain)
        value += weights["subject-fits"] if fitted > 0 else 0.0
        value += weights["subject-misfits"] if fitted < 0 else 0.0
        described.append(value)
    return _Topic(place, score, head, governed(view, head), view.dep[head] == "attr", described)


def _descriptions(view: DocView, place: Tokens, head: int) -> list[int]:
    """Nouns that say what a subject is: "is a film", "the film …", ", a film", and its own."""
    verb = view.head[head]
    says = {
        i
        for i in range(len(view))
        if (view.dep[i] == "attr" and view.head[i] == verb)
        or (view.dep[i] == "appos" and view.head[i] == head)
        or (view.dep[head] == "appos" and i == verb)
    }
    says |= {i for i in range(len(view)) if view.head[i] in says and view.dep[i] in _DESCRIBES}
    says |= set(range(max(place[0] - 2, 0), place[1]))
    return sorted(i for i in says if view.pos[i] in ("NOUN", "PROPN"))


# -- pairs ----------------------------------------------------------------------------------------


def _pair(view: DocView, topic: _Topic, seen: Seen, wordings: Sequence[Wording]) -> list[Scored]:
    """The scores of a subject and an object for each relation; none where they overlap."""
    (start, end), (first, last) = topic.place, seen.place
    if start < last and first < end:
        return []
    weights = unseen_table()["weights"]
    levels = _levels(view, topic, seen, wordings)
    best = min(levels)
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
        found.append((score, topic.place, n, seen))
    return found


def _levels(view: DocView, topic: _Topic, seen: Seen, wordings: Sequence[Wording]) -> list[int]:
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


def _sides(
    view: DocView, topic: _Topic, seen: Seen, w: Wording, weights: dict[str, float]
) -> float:
    """For "Quito is the capital of Ecuador": Ecuador has the capital, not Quito."""
    if w.verbal or w.directed:
        return 0.0
    score = 0.0
    for up, other, weight in (
        (seen.governed, topic.head, weights["inverse"]),
        (topic.governed, seen.head, weights["turned"]),
    ):
        if up.preposition == "of" and up.above:
            noun = up.above[0]
            copular = view.dep[noun] == "attr" and view.head[noun] == view.head[other]
            score += weight if copular and view.stems[noun] in w.own else 0.0
    return score
