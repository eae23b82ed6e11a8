"""From annotated texts to a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from kg.extract.learned.decode import proposals, read_text
from kg.extract.learned.model import Floats, LearnedModel, Linear, Names, sigmoid, softmax
from kg.extract.learned.proposal import Proposal
from kg.extract.learned.schema import LearnedRelation
from kg.learn.calibrate import Found, best_rule, judge_of, judged_apart
from kg.learn.fit import FeatureIds, fit_sigmoid, fit_softmax, matrix, vocabulary
from kg.learn.rows import MentionRows, PairRows, mention_rows, pair_rows
from kg.learn.texts import Text, gather_names, marked_pairs

__all__ = ["Settings", "read_held", "train"]

BETTER = 0.01  # share of the surprise that another regularisation must take away

_T = TypeVar("_T")
PairModel = tuple[Linear, Floats]  # weights of features, of tied features


@dataclass(frozen=True, slots=True)
class Settings:
    """The same for every domain; `l2_pairs` is chosen by an inner fold, of what is tried."""

    l2_mentions: float = 2.0
    l2_pairs: tuple[float, ...] = (4.0, 2.0, 8.0)  # the first unless many triples want another
    l2_tied: float = 0.1
    least: int = 2  # rows that a feature must occur in
    folds: int = 2  # inner ones: later stages learn from scores of texts that were held out
    few: int = 200  # triples, below which half of them is too little to learn from:
    folds_of_few: int = 5  # inner folds then
    steps: int = 50  # of L-BFGS
    unknown: int = 3  # of so many texts, one is learned from as if no name in it were known
    min_confidence: float = 0.0  # what is less likely is not stated, whatever F1 that gives


def train(
    texts: Sequence[Text], relations: tuple[LearnedRelation, ...], settings: Settings | None = None
) -> LearnedModel:
    """A model; its threshold and calibration are of inner folds that were held out."""
    settings = settings or Settings()
    ids = FeatureIds()
    names = gather_names(texts)
    few = sum(not a.reason for t in texts for a in t.aligned) < settings.few
    folds = settings.folds_of_few if few else settings.folds
    part = np.arange(len(texts)) % folds
    shown = [names if n % settings.unknown else Names({}, {}) for n in range(len(texts))]
    types = tuple(sorted({type_ for t in texts for _, type_ in t.example.entities or ()}))
    mentions = [mention_rows(t, s, ids, types) for t, s in zip(texts, shown, strict=True)]
    if all(t.example.pairs is not None for t in texts):
        whole = Linear({}, np.zeros((0, 2 + len(types)), dtype=np.float32))
    else:
        whole = _fit_mentions(mentions, settings, ids)
        for fold in range(folds):
            inner = _fit_mentions(_but(mentions, part, fold), settings, ids)
            _score_mentions(inner, _only(mentions, part, fold), ids)
    pairs = [
        pair_rows(t, m, relations, s, ids, types)
        for t, m, s in zip(texts, mentions, shown, strict=True)
    ]
    del mentions, shown
    tried = settings.l2_pairs[:1] if few else settings.l2_pairs
    l2, first = _best_l2(pairs, part, tried, settings, ids)
    weights, tied = _fit_pairs(pairs, settings, ids, l2)
    more = range(1, folds)
    models = [first, *(_fit_pairs(_but(pairs, part, fold), settings, ids, l2) for fold in more)]
    held = _held_out(texts, pairs, relations, part, models, ids)
    order = [r.name for r in relations]
    total = sum(len(t.gold) for t in texts)
    rule, threshold = best_rule(judged_apart(held, order), total)
    judge = judge_of(list(chain.from_iterable(held)), order)
    threshold = max(threshold, settings.min_confidence)
    return LearnedModel(relations, whole, weights, tied, names, threshold, judge, rule, types)


def _best_l2(
    rows: Sequence[PairRows],
    part: NDArray[np.int64],
    tried: Sequence[float],
    settings: Settings,
    ids: FeatureIds,
) -> tuple[float, PairModel]:
    """Of what is tried, what makes the held-out texts of the first inner fold clearly likeliest.

    What is tried first stays unless another is clearly better. Also the model of this fold.
    """
    best: tuple[float, float, PairModel] | None = None
    held = [r for r in _only(rows, part, 0) if r.pairs]
    for l2 in tried:
        model = _fit_pairs(_but(rows, part, 0), settings, ids, l2)
        surprise = _surprise(held, _shares(*model, held, ids)) if len(tried) > 1 else 0.0
        if best is None or surprise < best[0] * (1 - BETTER):
            best = surprise, l2, model
    if best is None:
        raise ValueError("Settings.l2_pairs is empty")
    return best[1:]


def _surprise(rows: Sequence[PairRows], shares: Sequence[Floats]) -> float:
    """Minus the log-likelihood of the labels."""
    total = 0.0
    for r, share in zip(rows, shares, strict=True):
        logs = np.log(np.maximum(share, 1e-9))
        total -= float((r.labels * logs)[r.used].sum())
    return total


def _held_out(
    texts: Sequence[Text],
    pairs: Sequence[PairRows],
    relations: tuple[LearnedRelation, ...],
    part: NDArray[np.int64],
    models: Sequence[PairModel],
    ids: FeatureIds,
) -> list[list[Found]]:
    """By inner fold, what its model proposes for the texts that it was not learned from.

    Pairs that only the annotators have are left out, or a judge would believe in what it never has.
    """
    order = [r.name for r in relations]
    found = []
    for fold, model in enumerate(models):
        held = [(t, r) for t, r, p in zip(texts, pairs, part, strict=True) if p == fold and r.pairs]
        every = _shares(*model, [r for _, r in held], ids)
        found.append(
            [
                (text, proposals(text.view, rows.pairs[: rows.read], shares[: rows.read], order))
                for (text, rows), shares in zip(held, every, strict=True)
            ]
        )
    return found


def _only(rows: Sequence[_T], part: NDArray[np.int64], fold: int) -> list[_T]:
    return [r for r, p in zip(rows, part, strict=True) if p == fold]


def _but(rows: Sequence[_T], part: NDArray[np.int64], fold: int) -> list[_T]:
    kept = [r for r, p in zip(rows, part, strict=True) if p != fold]
    return kept or list(rows)


def _fit_mentions(rows: Sequence[MentionRows], settings: Settings, ids: FeatureIds) -> Linear:
    features = [f for m in rows for f in m.features]
    index = vocabulary(features, settings.least, ids)
    y = np.concatenate([m.labels for m in rows])
    x = matrix(features, index, ids)
    return Linear(index, fit_sigmoid(x, y, settings.l2_mentions, settings.steps))


def _score_mentions(model: Linear, rows: Sequence[MentionRows], ids: FeatureIds) -> None:
    z = matrix([f for m in rows for f in m.features], model.index, ids) @ model.weights
    place = 0
    for m in rows:
        m.scores = sigmoid(np.asarray(z[place : place + len(m.found)]))
        place += len(m.found)


def _fit_pairs(
    rows: Sequence[PairRows], settings: Settings, ids: FeatureIds, l2: float
) -> PairModel:
    rows = [r for r in rows if r.pairs]
    features = [f for r in rows for f, used in zip(r.features, r.used, strict=True) if used]
    index = vocabulary(features, settings.least, ids)
    allowed = np.concatenate([r.allowed[r.used] for r in rows])
    weights, tied = fit_softmax(
        matrix(features, index, ids),
        np.concatenate([r.labels[r.used] for r in rows]),
        allowed=None if allowed.all() else allowed,
        tied=np.concatenate([r.tied[r.used] for r in rows]),
        l2=l2,
        l2_tied=settings.l2_tied,
        steps=settings.steps,
    )
    return Linear(index, weights), tied


def _shares(model: Linear, tied: Floats, rows: Sequence[PairRows], ids: FeatureIds) -> list[Floats]:
    """Shares of classes by pair, for each text."""
    z = np.asarray(matrix([f for r in rows for f in r.features], model.index, ids) @ model.weights)
    found = []
    place = 0
    for r in rows:
        scores = z[place : place + len(r.pairs)]
        scores[:, 1:] += r.tied @ tied
        found.append(softmax(scores, r.allowed))
        place += len(r.pairs)
    return found


def read_held(model: LearnedModel, text: Text, names: dict[str, tuple[str, ...]]) -> list[Proposal]:
    """What a model proposes for a held-out text, above its threshold; its triples stay unseen.

    `names`: `known_names(model.names)`.
    """
    found = read_text(text.view, model, names, given=marked_pairs(text), scope=text.example.scope)
    return [p for p in found if p.probability >= model.threshold]
