"""Logistic models over features, many of which stand in the same rows."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from kg.extract.learned.model import Floats, sigmoid, softmax
from kg.learn.fit import fit_sigmoid, fit_softmax

L2 = 0.5


def columns() -> tuple[Floats, Floats]:
    """Rows × features, the last three equal, and a label of two classes by row."""
    draw = np.random.default_rng(1)
    x = (draw.random((60, 4)) < 0.4).astype(np.float32)
    x = np.hstack([x, x[:, [3, 3]]])
    right = (x[:, 0] + x[:, 3] + draw.random(60) > 1.2).astype(np.float32)
    return x, np.stack([1 - right, right], axis=1)


def test_equal_features_have_equal_weights_and_those_of_the_least_loss() -> None:
    x, y = columns()
    weights = fit_sigmoid(csr_matrix(x), y, L2, steps=200)
    slope = x.T @ (sigmoid(x @ weights) - y) + L2 * weights
    assert np.abs(slope).max() < 1e-2
    assert np.ptp(weights[3:], axis=0).max() == 0
    assert np.ptp(weights[:4], axis=0).min() > 0.1


def test_so_it_is_for_classes_that_exclude_each_other() -> None:
    x, y = columns()
    tied = np.zeros((len(x), 1, 1), dtype=np.float32)
    weights, shared = fit_softmax(
        csr_matrix(x), y, allowed=None, tied=tied, l2=L2, l2_tied=1.0, steps=200
    )
    shares = softmax(x @ weights, np.ones(2, dtype=bool))
    slope = x.T @ (shares - y) + L2 * weights
    assert np.abs(slope).max() < 1e-2
    assert np.ptp(weights[3:], axis=0).max() == 0
    assert shared.tolist() == [0.0]
