"""From scores of pairs to the triples of a text."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from kg.extract.learned.candidates import Candidate, candidates, with_place, with_type
from kg.extract.learned.folding import folded
from kg.extract.learned.judging import judged
from kg.extract.learned.mention_features import mention_features
from kg.extract.learned.model import Floats, LearnedModel, Names, sigmoid, softmax
from kg.extract.learned.pair_features import pair_features
from kg.extract.learned.proposal import Proposal
from kg.extract.learned.tied import Own, tied_features
from kg.extract.learned.view import DocView

__all__ = [
    "RULES",
    "Pair",
    "best_pairs",
    "given_pairs",
    "known_names",
    "narrowed",
    "proposals",
    "read_text",
    "score_mentions",
    "typed",
]

LOWEST = 0.02  # probability below which a pair is not looked at again
MOST = 50  # subjects, and objects, of one text: a page of names must not take minutes
TYPED = 0.3  # probability from which a mention counts as of a type
LEAST = 0.01  # probability below which a mention is no argument
# how many objects a subject may have by one relation in a text, and the other way round
RULES = ("any", "one object", "one subject", "one of each", "one pair")
WINDOW = 4  # sentences that a pair may lie apart

Tokens = tuple[int, int]
Pair = tuple[Candidate, float, Candidate, float]  # each with its probability of being an argument


def known_names(names: Names, own: tuple[Own, Own] | None = None) -> dict[str, tuple[str, ...]]:
    """Names by first word; those that only a text itself vouches for (`own`) are left out."""
    found: dict[str, list[str]] = {}
    for side, table in enumerate((names.subjects, names.objects)):
        for name, counts in table.items():
            mine = own[side].get(name) if own else None
            if name and (mine is None or sum(mine.values()) < sum(counts.values())):
                found.setdefault(name.split()[0], []).append(name)
    return {word: tuple(dict.fromkeys(each)) for word, each in found.items()}


def typed(found: Sequence[Candidate], scores: Floats, types: Sequence[str]) -> list[Candidate]:
    """The candidates with the likeliest of the learned types, where one is likely enough."""
    if not types or not len(found):
        return list(found)
    best = scores[:, 2:].argmax(axis=1)
    return [
        with_type(c, types[k]) if row[2 + k] >= TYPED else c
        for c, row, k in zip(found, scores, best, strict=True)
    ]


def best_pairs(view: DocView, found: Sequence[Candidate], scores: Floats) -> list[Pair]:
    """Pairs of the likeliest subjects and objects; `scores` are probabilities by column."""
    size = len(view)
    subjects = _likeliest(found, scores[:, 0], min(4 + size // 8, MOST))
    objects = _likeliest(found, scores[:, 1], min(6 + size // 4, MOST))
    return [
        (s, ps, o, po)
        for s, ps in subjects
        for o, po in objects
        if (s.start, s.end) != (o.start, o.end)
        and abs(view.sent[s.start] - view.sent[o.start]) < WINDOW
    ]


def _likeliest(
    found: Sequence[Candidate], column: Floats, most: int
) -> list[tuple[Candidate, float]]:
    """With its probability and its place among them, each; the likeliest first."""
    order = sorted(
        range(len(found)), key=lambda i: (-float(column[i]), found[i].start, found[i].end)
    )
    chosen: list[tuple[Candidate, float]] = []
    apart = 0  # of the chosen, those that no likelier one overlaps
    for i in order[:most]:
        if column[i] > LEAST:
            over = sum(_meet(found[i], c) for c, _ in chosen)
            chosen.append((with_place(found[i], apart, over), float(column[i])))
            apart += not over
    return chosen


def score_mentions(view: DocView, found: Sequence[Candidate], model: LearnedModel) -> Floats:
    """Probability of being a subject, of being an object, and of each type, by candidate."""
    rows = [model.mentions.score(mention_features(view, c)) for c in found]
    return sigmoid(np.array(rows, dtype=np.float32).reshape(len(found), 2 + len(model.types)))


def score_pairs(view: DocView, pairs: Sequence[Pair], model: LearnedModel) -> Floats:
    """Pairs × (1 + relations): scores before the softmax."""
    out = np.zeros((len(pairs), 1 + len(model.relations)), dtype=np.float32)
    for row, (s, ps, o, po) in zip(out, pairs, strict=True):
        row += model.pairs.score(pair_features(view, (s, ps), (o, po)))
        row[1:] += tied_features(view, s, o, model.relations, model.names) @ model.tied
    return out


def given_pairs(places: Sequence[tuple[Tokens, Tokens]]) -> list[Pair]:
    """Pairs of mentions that are known to be such."""
    return [(Candidate(*s, ("given",)), 1.0, Candidate(*o, ("given",)), 1.0) for s, o in places]


def read_text(
    view: DocView,
    model: LearnedModel,
    names: Mapping[str, tuple[str, ...]],
    *,
    given: Sequence[tuple[Tokens, Tokens]] | None = None,
    scope: Collection[str] | None = None,
) -> list[Proposal]:
    """The triples that a model proposes for a text, the likeliest first, whatever its threshold.

    `names`: `known_names(model.names)`; `given`: the pairs to look at, tokens of subject and
    object, instead of all; `scope`: the only relations to look for.
    """
    if given is not None:
        pairs = given_pairs(given)
    else:
        found = candidates(view, names)
        scores = score_mentions(view, found, model)
        pairs = best_pairs(view, typed(found, scores, model.types), scores) if found else []
    if not pairs:
        return []
    allowed = np.array([True, *(scope is None or r.name in scope for r in model.relations)])
    shares = softmax(score_pairs(view, pairs, model), allowed)
    proposed = proposals(view, pairs, shares, [r.name for r in model.relations])
    return narrowed(view, judged(proposed, model.judge), model.rule)


def proposals(
    view: DocView, pairs: Sequence[Pair], shares: Floats, relations: Sequence[str]
) -> list[Proposal]:
    """Triples in falling probability; of two that overlap in both arguments the likelier stays."""
    ranked = sorted(
        (
            Proposal(pairs[i][0], relations[r], pairs[i][2], float(shares[i, r + 1]))
            for i, r in zip(*np.nonzero(shares[:, 1:] >= LOWEST), strict=True)
        ),
        key=lambda p: (-p.probability, p.subject, p.object, p.relation),
    )
    kept: list[Proposal] = []
    seen: set[tuple[str, str, str]] = set()
    for p in ranked:
        key = (_text(view, p.subject), p.relation, _text(view, p.object))
        if key in seen or key[0] == key[2]:
            continue
        if any(
            k.relation == p.relation and _meet(k.subject, p.subject) and _meet(k.object, p.object)
            for k in kept
        ):
            continue
        seen.add(key)
        kept.append(p)
    return kept


def narrowed(view: DocView, found: Sequence[Proposal], rule: str) -> list[Proposal]:
    """Of proposals in falling probability, those that a rule of RULES leaves."""
    kept = []
    taken: set[tuple[str, ...]] = set()
    for p in found:
        keys = _slots(view, p, rule)
        if taken.isdisjoint(keys):
            taken.update(keys)
            kept.append(p)
    return kept


def _slots(view: DocView, p: Proposal, rule: str) -> list[tuple[str, ...]]:
    """What a triple takes, so that no other may have it."""
    subject = ("subject", p.relation, _text(view, p.subject))
    obj = ("object", p.relation, _text(view, p.object))
    slots: dict[str, list[tuple[str, ...]]] = {
        "one object": [subject],
        "one subject": [obj],
        "one of each": [subject, obj],
        "one pair": [("relation", p.relation)],
    }
    return slots.get(rule, [])


def _text(view: DocView, mention: Candidate) -> str:
    return folded(view.span_text(mention.start, mention.end))


def _meet(a: Candidate, b: Candidate) -> bool:
    return a.start < b.end and b.start < a.end
