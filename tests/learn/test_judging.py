"""Which proposals for a text stay, and how sure they are."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.learned.candidates import Candidate, candidates
from kg.extract.learned.decode import RULES, best_pairs, narrowed
from kg.extract.learned.judging import COMPETITION, Judge, competition, judged
from kg.extract.learned.proposal import Proposal
from kg.extract.learned.view import DocView
from kg.learn.calibrate import bins, fit_judge, judged_apart
from kg.learn.examples import Example
from kg.learn.texts import Text
from tests.extract.builders import make_doc

WORDS = "Acme and Beta and Gamma and Delta"


def proposal(subject: int, obj: int, share: float, relation: str = "owns") -> Proposal:
    one, other = (Candidate(i, i + 1, ("word",)) for i in (subject, obj))
    return Proposal(one, relation, other, share)


@pytest.fixture(scope="module")
def view() -> DocView:
    words = WORDS.split()
    return DocView(make_doc(words, [0] * len(words), ["ROOT"] + ["dep"] * (len(words) - 1)))


@pytest.mark.parametrize(
    ("rule", "left"),
    [
        ("any", [0, 1, 2, 3]),
        ("one object", [0, 2, 3]),
        ("one subject", [0, 1, 3]),
        ("one of each", [0, 3]),
        ("one pair", [0, 3]),
    ],
)
def test_a_rule_leaves_the_likeliest(view: DocView, rule: str, left: list[int]) -> None:
    found = [
        proposal(0, 2, 0.9),
        proposal(0, 4, 0.8),
        proposal(6, 2, 0.7),
        proposal(0, 4, 0.6, "sells"),
    ]
    assert narrowed(view, found, rule) == [found[i] for i in left]
    assert rule in RULES


def test_a_page_of_names_has_no_more_pairs_than_can_be_read() -> None:
    words = ["Acme", "Beta", ","] * 600
    view = DocView(make_doc(words, [0] * len(words), ["ROOT"] + ["dep"] * (len(words) - 1)))
    found = candidates(view)
    pairs = best_pairs(view, found, np.full((len(found), 2), 0.5, dtype=np.float32))
    assert 1000 < len(pairs) <= 2500
    assert all((s.start, s.end) != (o.start, o.end) for s, _, o, _ in pairs)


def test_a_mention_tells_how_many_likelier_ones_there_are(view: DocView) -> None:
    found = [Candidate(a, b, ("word",)) for a, b in ((0, 1), (0, 3), (2, 3), (4, 5))]
    scores = np.array([[0.5, 0], [0.9, 0], [0.4, 0], [0.2, 0.9]], dtype=np.float32)
    pairs = best_pairs(view, found, scores)
    places = {(s.start, s.end): s.sources[:2] for s, *_ in pairs}
    assert places == {
        (0, 3): ("ahead 0", "over 0"),
        (0, 1): ("ahead 1", "over 1"),
        (2, 3): ("ahead 1", "over 1"),
    }
    assert {o.sources for *_, o, _ in pairs} == {("ahead 0", "over 0", "word")}


def test_a_judge_learns_that_only_the_first_of_a_text_is_right() -> None:
    draw = random.Random(3)  # noqa: S311 - numbers, no secret
    found = [
        sorted(
            (proposal(0, 2 * n + 2, draw.uniform(0.3, 0.6)) for n in range(3)),
            key=lambda p: -p.probability,
        )
        for _ in range(200)
    ]
    right = [[True, False, False] for _ in found]
    judge = fit_judge(found, right, ["owns"])
    first, second, third = judged(found[0], judge)
    assert first.probability > 0.9
    assert max(second.probability, third.probability) < 0.15
    assert first.object == found[0][0].object


def test_proposals_are_judged_by_what_is_right_in_other_folds(view: DocView) -> None:
    def held(right: tuple[int, ...]) -> list[tuple[Text, list[Proposal]]]:
        gold = frozenset(("acme", "owns", WORDS.lower().split()[n]) for n in right)
        text = Text(Example("1", WORDS, ()), view, (), gold, ({}, {}))
        return [(text, [proposal(0, n, 0.5) for n in (2, 4, 6)])] * 40

    none, first, every = held(()), held((2,)), held((2, 4, 6))
    same = judged_apart([none, first], ["owns"])[:40]
    assert judged_apart([every, first], ["owns"])[:40] == [
        (e[0], s[1]) for e, s in zip(every, same, strict=True)
    ]
    assert same[0][1][0].probability > 0.8 > 0.2 > same[0][1][1].probability
    assert judged_apart([first, none], ["owns"])[0][1][0].probability < 0.1


def test_without_anything_to_learn_from_probabilities_stay() -> None:
    judge = fit_judge([], [], ["owns"])
    (same,) = judged([proposal(0, 2, 0.4)], judge)
    assert same.probability == pytest.approx(0.4)


@given(st.lists(st.floats(0.02, 1.0), min_size=1, max_size=8), st.floats(-50, 50))
def test_judged_shares_are_probabilities_in_falling_order(
    shares: list[float], weight: float
) -> None:
    found = [proposal(0, n, s) for n, s in enumerate(sorted(shares, reverse=True), 1)]
    assert [len(row) for row in competition(found)] == [len(COMPETITION)] * len(found)
    out = judged(found, Judge((weight,) * len(COMPETITION), {"owns": weight}))
    assert sorted(out, key=lambda p: -p.probability) == out
    assert all(0 <= p.probability <= 1 for p in out)
    assert {p.object for p in out} == {p.object for p in found}


def test_confidence_is_compared_with_the_share_that_is_right() -> None:
    found = bins([0.1, 0.15, 0.9, 1.0, 0.95], [False, True, True, True, False])
    assert found == (
        (pytest.approx(0.125), 0.5, 2),
        (pytest.approx(0.95), pytest.approx(2 / 3), 3),
    )
