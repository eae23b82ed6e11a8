"""What is learned from: candidates and pairs of a text with features and labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.extract.learned.candidates import Candidate, candidates
from kg.extract.learned.decode import Pair, best_pairs, given_pairs, known_names, typed
from kg.extract.learned.mention_features import mention_features
from kg.extract.learned.model import TIED, Floats, Names
from kg.extract.learned.pair_features import pair_features
from kg.extract.learned.schema import LearnedRelation
from kg.extract.learned.tied import tied_features
from kg.learn.align import Tokens
from kg.learn.fit import FeatureIds, Ids
from kg.learn.texts import Text, marked_pairs, nearest

__all__ = ["MentionRows", "PairRows", "mention_rows", "pair_rows"]


@dataclass(eq=False)
class MentionRows:
    """Candidates of a text; columns of labels and scores: subject, object, types."""

    found: list[Candidate]
    features: list[Ids]
    labels: Floats
    scores: Floats  # probabilities from a model that has not seen the text


def mention_rows(
    text: Text, names: Names, ids: FeatureIds, types: tuple[str, ...] = ()
) -> MentionRows:
    """The candidates of a text, with those of `names` that other texts have; scores are 0 yet."""
    found = candidates(text.view, known_names(names, text.own))
    subjects = {p for a in text.aligned if not a.reason for p in a.subjects}
    objects = {p for a in text.aligned if not a.reason for p in a.objects}
    entities = {text.view.tokens_of(*span): type_ for span, type_ in text.example.entities or ()}
    labels = [
        [
            (c.start, c.end) in subjects,
            (c.start, c.end) in objects,
            *(entities.get((c.start, c.end)) == type_ for type_ in types),
        ]
        for c in found
    ]
    width = 2 + len(types)
    return MentionRows(
        found,
        [ids.of(mention_features(text.view, c)) for c in found],
        np.array(labels, dtype=np.float32).reshape(len(found), width),
        np.zeros((len(found), width), dtype=np.float32),
    )


@dataclass(eq=False)
class PairRows:
    """Pairs of a text; class 0 is "no relation"."""

    pairs: list[Pair]
    features: list[Ids]
    tied: Floats  # pairs × relations × TIED
    labels: Floats  # pairs × (1 + relations): shares
    used: NDArray[np.bool_]  # False: neither right nor wrong
    allowed: NDArray[np.bool_]  # classes that were annotated in this text
    read: int  # so many pairs, the first, are what reading looks at


def pair_rows(
    text: Text,
    mentions: MentionRows,
    relations: tuple[LearnedRelation, ...],
    names: Names,
    ids: FeatureIds,
    types: tuple[str, ...] = (),
) -> PairRows:
    """The likeliest pairs of a text, and those of the annotators."""
    view, marked = text.view, marked_pairs(text)
    if marked is not None:
        pairs = given_pairs(marked)
        read = len(pairs)
    else:
        mentions.found = typed(mentions.found, mentions.scores, types)
        pairs = best_pairs(view, mentions.found, mentions.scores)
        read = len(pairs)
        pairs += _missing(text, mentions, pairs)
    labels, used = _labels(text, pairs, {r.name: n + 1 for n, r in enumerate(relations)})
    allowed = np.ones(len(relations) + 1, dtype=bool)
    if text.example.scope is not None:
        allowed[1:] = [r.name in text.example.scope for r in relations]
    tied = np.zeros((len(pairs), len(relations), len(TIED)), dtype=np.float32)
    for n, (s, _, o, _) in enumerate(pairs):
        tied[n] = tied_features(view, s, o, relations, names, text.own)
    features = [ids.of(pair_features(view, (s, ps), (o, po))) for s, ps, o, po in pairs]
    return PairRows(pairs, features, tied, labels, used, np.tile(allowed, (len(pairs), 1)), read)


def _missing(text: Text, mentions: MentionRows, pairs: Sequence[Pair]) -> list[Pair]:
    """Pairs of the annotators that the mention scores would have kept from being seen.

    A mention that is none of the likeliest has no place among them: it would be a sign of being
    right that reading never meets.
    """
    at = {(c.start, c.end): n for n, c in enumerate(mentions.found)}
    subjects = {(s.start, s.end): s for s, *_ in pairs}
    objects = {(o.start, o.end): o for *_, o, _ in pairs}
    have = {(s.start, s.end, o.start, o.end) for s, _, o, _ in pairs}
    more: list[Pair] = []
    for a in text.aligned:
        best = nearest(a)
        if best is None or best[0] not in at or best[1] not in at:
            continue
        if (*best[0], *best[1]) not in have:
            have.add((*best[0], *best[1]))
            i, j = at[best[0]], at[best[1]]
            scores = float(mentions.scores[i, 0]), float(mentions.scores[j, 1])
            one = subjects.get(best[0], mentions.found[i])
            other = objects.get(best[1], mentions.found[j])
            more.append((one, scores[0], other, scores[1]))
    return more


def _labels(
    text: Text, pairs: Sequence[Pair], number: dict[str, int]
) -> tuple[Floats, NDArray[np.bool_]]:
    """Shares of classes by pair, and which pairs count.

    Of a triple whose names stand in several places, the closest pair is right and the others are
    left out.
    """
    right: dict[tuple[Tokens, Tokens], set[int]] = {}
    doubtful: set[tuple[Tokens, Tokens]] = set()
    for a in text.aligned:
        best = nearest(a)
        if best is not None and a.triple.relation in number:
            right.setdefault(best, set()).add(number[a.triple.relation])
            doubtful |= {(s, o) for s in a.subjects for o in a.objects}
    labels: Floats = np.zeros((len(pairs), len(number) + 1), dtype=np.float32)
    used = np.ones(len(pairs), dtype=bool)
    for n, (s, _, o, _) in enumerate(pairs):
        place = ((s.start, s.end), (o.start, o.end))
        if classes := right.get(place):
            labels[n, sorted(classes)] = 1 / len(classes)
        else:
            labels[n, 0] = 1
            used[n] = place not in doubtful
    return labels, used
