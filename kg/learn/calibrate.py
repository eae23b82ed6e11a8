"""From proposals for held-out texts: a judge, rule and threshold, and how confidence fits.

After Platt, Probabilistic Outputs for Support Vector Machines, 1999, with more than one number.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np

from kg.extract.learned.decode import RULES, narrowed
from kg.extract.learned.judging import COMPETITION, Judge, competition, judged
from kg.extract.learned.proposal import Proposal
from kg.learn.texts import Text, is_right

__all__ = [
    "Bin",
    "Found",
    "best_rule",
    "best_threshold",
    "bins",
    "fit_judge",
    "judge_of",
    "judged_apart",
]

Bin = tuple[float, float, int]  # mean confidence, share right, how many

Found = tuple[Text, list[Proposal]]

MARGIN = 0.002  # of F1 that a stricter rule must gain
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


def judge_of(held: Sequence[Found], order: Sequence[str]) -> Judge:
    """A judge of what was proposed for held-out texts, fitted on what is right of it."""
    right = [[is_right(text, p) for p in found] for text, found in held]
    return fit_judge([found for _, found in held], right, order)


def judged_apart(held: Sequence[Sequence[Found]], order: Sequence[str]) -> list[Found]:
    """Proposals with the confidence that a judge of the other folds gives them.

    A judge is too sure of what it was fitted on, and a threshold chosen there would be too low.
    """
    found = []
    for fold, each in enumerate(held):
        judge = judge_of([f for n, other in enumerate(held) if n != fold for f in other], order)
        found += [(text, judged(proposed, judge)) for text, proposed in each]
    return found


def best_rule(held: Sequence[Found], total: int) -> tuple[str, float]:
    """The rule of RULES that gives the highest F1, and the threshold.

    If probabilities are right, F1 is highest from half of it on (Lipton, Elkan and Naryanaswamy,
    Optimal Thresholding of Classifiers to Maximize F1 Measure, 2014). What was best on few texts is
    partly luck: the threshold is the geometric mean of both.
    """
    best = (-1.0, RULES[0], 0.5)
    for rule in RULES:
        shown = [
            (p.probability, is_right(text, p))
            for text, found in held
            for p in narrowed(text.view, found, rule)
        ]
        threshold = best_threshold(shown, total)
        kept = [right for probability, right in shown if probability >= threshold]
        f1 = 2 * sum(kept) / (len(kept) + total) if total else 0.0
        if f1 > best[0] + MARGIN:
            best = (f1, rule, threshold)
    f1, rule, threshold = best
    return rule, sqrt(threshold * f1 / 2) if f1 > 0 else threshold


def best_threshold(shown: Sequence[tuple[float, bool]], total: int) -> float:
    """The probability from which on proposals are kept for the highest F1, 0.5 at most.

    It lies half-way between the last that is kept and the first that is not.
    """
    best, threshold, right = 0.0, 0.5, 0
    ranked = sorted(shown, reverse=True)
    for n, (probability, correct) in enumerate(ranked, 1):
        right += correct
        f1 = 2 * right / (n + total)
        if f1 > best:
            below = ranked[n][0] if n < len(ranked) else 0.0
            best, threshold = f1, (probability + below) / 2
    return min(threshold, 0.5)
