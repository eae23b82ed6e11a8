"""Regularised logistic models over sparse binary features, fitted by L-BFGS."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kg.extract.learned.model import Floats

__all__ = ["FeatureIds", "Ids", "fit_sigmoid", "fit_softmax", "matrix", "vocabulary"]

MEMORY = 4  # steps that L-BFGS looks back; with 10, its own sums take longer than the model's

Ids = NDArray[np.int32]  # numbers of features, sorted


class FeatureIds:
    """Numbers features in the order in which they first come up."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__

    def of(self, features: Iterable[str]) -> Ids:
        """The numbers of these features, each once, sorted."""
        return np.unique(np.fromiter(map(self._numbers.__getitem__, features), np.int32))

    def names(self) -> list[str]:
        """The features by number."""
        return list(self._numbers)


def vocabulary(rows: Sequence[Ids], least: int, ids: FeatureIds) -> dict[str, int]:
    """Features that occur in at least `least` rows, numbered anew by name."""
    names = ids.names()
    if not rows:
        return {}
    counts = np.bincount(np.concatenate(rows), minlength=len(names))
    return {f: n for n, f in enumerate(sorted(names[i] for i in np.flatnonzero(counts >= least)))}


def matrix(rows: Sequence[Ids], index: dict[str, int], ids: FeatureIds) -> csr_matrix:
    """Rows × features, float32; a feature outside the index is passed over."""
    column = np.fromiter((index.get(f, -1) for f in ids.names()), np.int32)
    every = column[np.concatenate(rows)] if rows else np.zeros(0, dtype=np.int32)
    ends = np.cumsum([0, *map(len, rows)])
    bounds = np.concatenate([[0], np.cumsum(every >= 0)])[ends]
    flat = every[every >= 0]
    data = np.ones(len(flat), dtype=np.float32)
    found = csr_matrix((data, flat, bounds), shape=(len(rows), len(index)))
    found.sort_indices()
    return found


def _options(steps: int) -> dict[str, int]:
    return {"maxiter": steps, "maxcor": MEMORY}


def _alike(x: csr_matrix) -> tuple[csr_matrix, NDArray[np.int64], Floats]:
    """A matrix without repeated columns, the place of each column in it, and √ of how many it has.

    Features of the same rows get the same weight, so that one column √n times as large stands for n
    of them: loss and slope stay as they are, and there are half as many weights to fit.
    """
    marks = np.random.default_rng(0).integers(1, 2**63, size=(2, x.shape[0]), dtype=np.uint64)
    column = np.repeat(np.arange(x.shape[0]), np.diff(x.indptr))
    sums = np.zeros((x.shape[1], 2), dtype=np.uint64)
    for n, mark in enumerate(marks):
        np.add.at(sums[:, n], x.indices, mark[column])
    _, first, place, times = np.unique(
        sums, axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    scale = np.sqrt(times).astype(np.float32)
    return x[:, first].multiply(scale).tocsr().astype(np.float32), place.ravel(), scale


def fit_sigmoid(x: csr_matrix, y: Floats, l2: float, steps: int = 60) -> Floats:
    """Features × classes: independent logistic models, one a column of `y` (0 or 1)."""
    x, place, scale = _alike(x)
    d, k = x.shape[1], y.shape[1]
    xt = x.T.tocsr()

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        w = flat.reshape(d, k).astype(np.float32)
        z = x @ w
        p = 1 / (1 + np.exp(-np.clip(z, -30, 30)))
        value = np.sum(np.logaddexp(0, z) - y * z, dtype=np.float64) + l2 / 2 * float(flat @ flat)
        return value, (xt @ (p - y)).astype(np.float64).ravel() + l2 * flat

    found = minimize(loss, np.zeros(d * k), jac=True, method="L-BFGS-B", options=_options(steps))
    weights: Floats = (found.x.reshape(d, k) / scale[:, None]).astype(np.float32)[place]
    return weights


def fit_softmax(
    x: csr_matrix,
    y: Floats,
    *,
    allowed: NDArray[np.bool_] | None,
    tied: Floats,
    l2: float,
    l2_tied: float,
    steps: int = 80,
) -> tuple[Floats, Floats]:
    """Features × classes, and the weights of the tied features.

    `y`: shares by row and class; `allowed`: which classes a row may have (None: all); `tied`: rows
    × (classes - 1) × tied features, for class 0 has none.
    """
    x, place, scale = _alike(x)
    n, d = x.shape
    k = y.shape[1]
    m = tied.shape[2]
    xt = x.T.tocsr()
    flat_tied = tied.reshape(n * (k - 1), m)

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        w = flat[: d * k].reshape(d, k).astype(np.float32)
        u = flat[d * k :].astype(np.float32)
        z = x @ w
        z[:, 1:] += (flat_tied @ u).reshape(n, k - 1)
        if allowed is not None:
            z = np.where(allowed, z, np.float32(-1e9))
        z -= z.max(axis=1, keepdims=True)
        p = np.exp(z)
        total = p.sum(axis=1, keepdims=True)
        value = -np.sum(np.where(y > 0, y * (z - np.log(total)), 0), dtype=np.float64)
        value += l2 / 2 * float(flat[: d * k] @ flat[: d * k])
        value += l2_tied / 2 * float(flat[d * k :] @ flat[d * k :])
        error = p / total * y.sum(axis=1, keepdims=True) - y
        slope_w = (xt @ error).astype(np.float64).ravel() + l2 * flat[: d * k]
        slope_u = (flat_tied.T @ error[:, 1:].reshape(-1)).astype(np.float64)
        return value, np.concatenate([slope_w, slope_u + l2_tied * flat[d * k :]])

    start = np.zeros(d * k + m)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options=_options(steps))
    return (
        (found.x[: d * k].reshape(d, k) / scale[:, None]).astype(np.float32)[place],
        found.x[d * k :].astype(np.float32),
    )
