"""Fitting a judge of proposals, and whether confidence is the share that is right.

After Platt, Probabilistic Outputs for Support Vector Machines, 1999, with more than one number.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kg.extract.learned.judging import COMPETITION, Judge, competition
from kg.extract.learned.proposal import Proposal

__all__ = ["Bin", "bins", "fit_judge"]

Bin = tuple[float, float, int]  # mean confidence, share right, how many

_STEPS = 50
_PRIOR = 2.0  # draws a judge to believe the probabilities as they are
_RELATION = 4.0  # draws relations to each other


def fit_judge(
    found: Sequence[Sequence[Proposal]],
    right: Sequence[Sequence[bool]],
    relations: Sequence[str],
) -> Judge:
    """A judge of the proposals of some texts, by which of them are right; Newton's method."""
    size = len(COMPETITION)
    prior = np.zeros(size + len(relations))
    prior[1] = 1.0  # the own log-odds
    column = {name: size + n for n, name in enumerate(relations)}
    rows, labels = [], []
    for each, truths in zip(found, right, strict=True):
        for p, numbers, truth in zip(each, competition(each), truths, strict=True):
            row = np.zeros(len(prior))
            row[:size] = numbers
            row[column[p.relation]] = 1.0
            rows.append(row)
            labels.append(float(truth))
    w = prior.copy()
    if rows:
        x, y = np.array(rows), np.array(labels)
        ridge = np.full(len(prior), _PRIOR)
        ridge[size:] = _RELATION
        for _ in range(_STEPS):
            p_right = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
            slope = x.T @ (p_right - y) + ridge * (w - prior)
            bend = (x * (p_right * (1 - p_right))[:, None]).T @ x + np.diag(ridge)
            step = np.linalg.solve(bend, slope)
            w = w - step
            if np.abs(step).max() < 1e-8:
                break
    weights = tuple(round(float(v), 4) for v in w[:size])
    return Judge(weights, {n: round(float(w[column[n]]), 4) for n in relations})


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
