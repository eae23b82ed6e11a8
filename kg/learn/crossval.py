"""How well a domain is learned: each text read by a model that has not seen it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.extract.learned.decode import known_names
from kg.extract.learned.proposal import Proposal
from kg.extract.learned.schema import LearnedRelation
from kg.learn.calibrate import Bin, bins
from kg.learn.texts import Text, is_right
from kg.learn.train import Settings, read_held, train

__all__ = ["Counts", "CrossValidation", "cross_validate", "folds_of"]


@dataclass(slots=True)
class Counts:
    """Proposals that the annotators have, that they have not, and theirs that were missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of the proposals that is right; 0 without any."""
        return self.right / (self.right + self.wrong) if self.right else 0.0

    @property
    def recall(self) -> float:
        """Share of the annotated triples that was found; 0 without any."""
        return self.right / (self.right + self.missed) if self.right else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(slots=True)
class CrossValidation:
    """Counts over all texts, by relation, and how confidence fits the share that was right."""

    folds: int
    total: Counts = field(default_factory=Counts)
    relations: dict[str, Counts] = field(default_factory=dict)
    calibration: tuple[Bin, ...] = ()


def folds_of(texts: Sequence[str], folds: int, seed: int) -> list[int]:
    """The fold of each text; equal texts are in one, so that none is both learned and asked."""
    distinct = sorted(set(texts))
    random.Random(seed).shuffle(distinct)  # noqa: S311 - the same parts each time, no secret
    number = {text: n % folds for n, text in enumerate(distinct)}
    return [number[text] for text in texts]


def cross_validate(
    texts: Sequence[Text],
    relations: tuple[LearnedRelation, ...],
    *,
    folds: int = 5,
    seed: int = 0,
    settings: Settings | None = None,
) -> CrossValidation:
    """Counts over held-out folds; names, words and thresholds are learned from the others only."""
    part = folds_of([t.example.text for t in texts], folds, seed)
    result = CrossValidation(folds)
    shares: list[float] = []
    right: list[bool] = []
    for fold in range(folds):
        held = [t for t, p in zip(texts, part, strict=True) if p == fold]
        rest = [t for t, p in zip(texts, part, strict=True) if p != fold]
        if not held or not rest:
            continue
        model = train(rest, relations, settings)
        names = known_names(model.names)
        for text in held:
            kept = read_held(model, text, names)
            for p in kept:
                shares.append(p.probability)
                right.append(is_right(text, p))
            _count(result, text, kept)
    result.calibration = bins(shares, right)
    return result


def _count(result: CrossValidation, text: Text, kept: Sequence[Proposal]) -> None:
    found = Counter(p.relation for p in kept if is_right(text, p))
    proposed = Counter(p.relation for p in kept)
    wanted = Counter(relation for _, relation, _ in text.gold)
    for name in {*proposed, *wanted}:
        for counts in (result.total, result.relations.setdefault(name, Counts())):
            counts.right += found[name]
            counts.wrong += proposed[name] - found[name]
            counts.missed += wanted[name] - found[name]
