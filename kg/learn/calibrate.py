"""From a model's own probability to the share of such proposals that are right.

Platt, Probabilistic Outputs for Support Vector Machines, 1999: slope and intercept on log-odds,
fitted on texts that the scores were not learned from.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["Bin", "bins", "calibrated_share", "fit_calibration"]

Bin = tuple[float, float, int]  # mean confidence, share right, how many

_STEPS = 50
_PRIOR = 1.0  # draws the slope to 1 and the intercept to 0 where there are few


def _log_odds(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    clipped = np.clip(shares, 1e-4, 1 - 1e-4)
    odds: NDArray[np.float64] = np.log(clipped / (1 - clipped))
    return odds


def fit_calibration(shares: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """Slope and intercept; (1, 0) where there is nothing to fit."""
    if not shares or all(right) or not any(right):
        return 1.0, 0.0
    x = np.stack([_log_odds(np.array(shares)), np.ones(len(shares))], axis=1)
    y = np.array(right, dtype=float)
    prior = np.array([1.0, 0.0])
    w = prior.copy()
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        slope = x.T @ (p - y) + _PRIOR * (w - prior)
        bend = (x * (p * (1 - p))[:, None]).T @ x + _PRIOR * np.eye(2)
        step = np.linalg.solve(bend, slope)
        w = w - step
        if np.abs(step).max() < 1e-9:
            break
    return float(w[0]), float(w[1])


def calibrated_share(share: float, calibration: tuple[float, float]) -> float:
    """The calibrated probability."""
    z = calibration[0] * float(_log_odds(np.array(share))) + calibration[1]
    return float(1 / (1 + np.exp(-z)))


def bins(shares: Sequence[float], right: Sequence[bool], edges: int = 5) -> tuple[Bin, ...]:
    """Proposals by confidence, in as many equal ranges of it; empty ranges are left out."""
    found = []
    for n in range(edges):
        low, high = n / edges, (n + 1) / edges
        inside = [
            i for i, s in enumerate(shares) if low <= s < high or (n == edges - 1 and s == 1.0)
        ]
        if inside:
            mean = sum(shares[i] for i in inside) / len(inside)
            share = sum(right[i] for i in inside) / len(inside)
            found.append((mean, share, len(inside)))
    return tuple(found)
