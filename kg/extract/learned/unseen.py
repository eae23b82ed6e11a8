"""Facts of relations that no example was seen of: what label, domain and range alone find."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from kg.extract.learned.candidates import Candidate
from kg.extract.learned.folding import folded
from kg.extract.learned.objects import governed, objects, unseen_table
from kg.extract.learned.proposal import Proposal
from kg.extract.learned.schema import fit, sort_of
from kg.extract.learned.topics import topics
from kg.extract.learned.unseen_pairs import Scored, Topic, scored_pairs
from kg.extract.learned.view import DocView
from kg.extract.learned.wording import Wording, told_apart
from kg.ontology.scaffold.kinds import kinds_of

__all__ = ["read_unseen"]

Tokens = tuple[int, int]

MOST = 60  # objects of a sentence: a page of names must not take minutes
_DESCRIBES = frozenset(["attr", "appos", "compound", "amod", "nmod", "conj"])


def read_unseen(view: DocView, wordings: Sequence[Wording]) -> list[Proposal]:
    """The facts proposed for a text, the likeliest first; probabilities are not calibrated.

    Of each sentence the likeliest is proposed from a threshold on, each further one if it is
    surer still (unseen.toml).
    """
    table = unseen_table()
    if not wordings or not len(view):
        return []
    wordings = told_apart(tuple(wordings))
    by_sentence = _topics(view, wordings)
    found = objects(view, wordings)
    kept: list[Proposal] = []
    for number in range(len(view.sentences)):
        inside = [o for o in found if view.sent[o.head] == number]
        inside = sorted(inside, key=lambda o: (-max(o.score), o.place))[:MOST]
        scored = [
            s
            for t in by_sentence[number]
            for o in inside
            for s in scored_pairs(view, t, o, wordings)
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


def _topics(view: DocView, wordings: Sequence[Wording]) -> list[list[Topic]]:
    """The likeliest subjects by sentence: its own, and those of the first and the one before."""
    most = unseen_table()["subjects"]
    every = topics(view)
    ranked = sorted(every, key=lambda place: (-every[place], place))
    own: list[list[Tokens]] = [[] for _ in view.sentences]
    for place in ranked:
        own[view.sent[place[0]]].append(place)
    found = []
    made: dict[Tokens, Topic] = {}
    for number in range(len(view.sentences)):
        earlier = [own[n][0] for n in {0, number - 1} if 0 <= n < number and own[n]]
        places = sorted({*own[number], *earlier}, key=lambda place: (-every[place], place))[:most]
        for place in places:
            if place not in made:
                made[place] = _topic(view, place, every[place], wordings)
        found.append([made[place] for place in places])
    return found


def _topic(view: DocView, place: Tokens, score: float, wordings: Sequence[Wording]) -> Topic:
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
    return Topic(place, score, head, governed(view, head), described)


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
