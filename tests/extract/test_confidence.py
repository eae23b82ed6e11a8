from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.confidence import calibrated, kind_of_rule, log_odds

WEIGHTS = {"intercept": 0.5, "slope": 2.0, "frames": -1.0}


def test_log_odds_is_zero_for_even_chances_and_finite_for_certainty() -> None:
    assert log_odds(0.5) == 0.0
    assert math.isfinite(log_odds(0.0))
    assert math.isfinite(log_odds(1.0))


def test_kind_of_rule_is_what_stands_before_the_slash() -> None:
    assert kind_of_rule("frames/launch") == "frames"
    assert kind_of_rule("posts") == "posts"


def test_calibrated_applies_intercept_slope_and_kind() -> None:
    score = 0.5 + 2.0 * log_odds(0.7) - 1.0
    assert calibrated(0.7, "frames/launch", WEIGHTS) == round(1 / (1 + math.exp(-score)), 4)
    assert calibrated(0.7, "posts", WEIGHTS) > calibrated(0.7, "frames/launch", WEIGHTS)


def test_calibrated_without_weights_is_the_estimate() -> None:
    assert calibrated(0.65, "frames/launch", {}) == 0.65
    assert calibrated(1.3, "posts", {}) == 1.0


@pytest.mark.parametrize("extractor", ["learned/launched", "llm:small"])
def test_weights_of_the_rules_leave_other_extractors_alone(extractor: str) -> None:
    assert calibrated(0.65, extractor, WEIGHTS) == 0.65


@given(st.floats(0, 1), st.floats(0, 1))
def test_calibrated_keeps_the_order_of_estimates_and_stays_a_probability(
    a: float, b: float
) -> None:
    low, high = (calibrated(x, "posts", WEIGHTS) for x in sorted((a, b)))
    assert 0 <= low <= high <= 1
