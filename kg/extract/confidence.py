"""From a rule's own estimate to the share of such claims that are right on gold.

A logistic model with an intercept, the log-odds of the estimate and a weight for each kind of rule
(Platt, Probabilistic Outputs for Support Vector Machines, 1999). Its weights are data:
`[confidence]` of the lexicon, fitted by `tools/quality.py`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from kg.model.extractor import RULES, extractor_of

__all__ = ["calibrated", "kind_of_rule", "log_odds"]

_LOWEST, _HIGHEST = 0.02, 0.98  # no claim is certain, and none is without any hope


def log_odds(share: float) -> float:
    """Natural log-odds of a share, kept away from 0 and 1."""
    share = min(max(share, _LOWEST), _HIGHEST)
    return math.log(share / (1 - share))


def kind_of_rule(extractor: str) -> str:
    """The part of an extractor's name before the slash ("frames" of "frames/launch")."""
    return extractor.partition("/")[0]


def calibrated(estimate: float, extractor: str, weights: Mapping[str, float]) -> float:
    """The calibrated confidence in [0, 1], four places; the estimate itself without weights.

    The weights are those of the rules: what another extractor proposes comes with its confidence.
    """
    if not weights or extractor_of(extractor) != RULES:
        return round(min(estimate, 1.0), 4)
    score = weights.get("intercept", 0.0) + weights.get("slope", 1.0) * log_odds(estimate)
    score += weights.get(kind_of_rule(extractor), 0.0)
    return round(min(max(1 / (1 + math.exp(-score)), _LOWEST), _HIGHEST), 4)
