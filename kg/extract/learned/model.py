"""A learned model as plain data: what a mention and a pair of mentions is worth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.extract.learned.judging import Judge
from kg.extract.learned.schema import LearnedRelation

__all__ = ["TIED", "Floats", "LabelModel", "LearnedModel", "Linear", "Names"]

Floats = NDArray[np.float32]

# Features whose weight all relations share, so that a relation with two examples has some too.
TIED = (
    "label-on-path",
    "label-between",
    "label-beside-object",
    "label-in-text",
    "object-fits",
    "object-misfits",
    "subject-fits",
    "subject-misfits",
    "object-known",
    "object-known-share",
    "subject-known",
)


@dataclass(frozen=True, eq=False)
class Linear:
    """Weights of named binary features for each of some classes."""

    index: dict[str, int]
    weights: Floats  # features × classes

    def score(self, features: Iterable[str]) -> Floats:
        """The sum of the weights of these features, by class."""
        index = self.index
        rows = [index[f] for f in features if f in index]
        total: Floats = self.weights[rows].sum(axis=0)
        return total


@dataclass(frozen=True, eq=False)
class Names:
    """How often the examples have a folded name as object or subject of each relation."""

    objects: dict[str, dict[str, int]]  # name, relation, times
    subjects: dict[str, dict[str, int]]


@dataclass(frozen=True, eq=False)
class LearnedModel:
    """All that reading needs; class 0 of `pairs` is "no relation", class 1 + n relation n."""

    relations: tuple[LearnedRelation, ...]
    mentions: Linear  # classes: subject, object, types; log-odds
    pairs: Linear
    tied: Floats  # by TIED
    names: Names
    threshold: float
    judge: Judge
    rule: str = "any"  # of kg.extract.learned.decode.RULES
    types: tuple[str, ...] = ()  # of entities, as the examples name them


@dataclass(frozen=True, slots=True)
class LabelModel:
    """Relations, by name, that are read by their labels, domains and ranges alone."""

    relations: tuple[str, ...]


def sigmoid(scores: Floats) -> Floats:
    """1 / (1 + e^-x)."""
    out: Floats = (1 / (1 + np.exp(-np.clip(scores, -30, 30)))).astype(np.float32)
    return out


def softmax(scores: Floats, allowed: NDArray[np.bool_]) -> Floats:
    """Shares along the last axis; what is not allowed gets 0."""
    scores = np.where(allowed, scores, np.float32(-1e9))
    scores = scores - scores.max(axis=-1, keepdims=True)
    powers = np.exp(scores)
    out: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return out
