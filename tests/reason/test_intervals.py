"""Spans of time up to, or since, what the domain has a date of."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.discrepancy import DiscrepancyKind
from kg.model.statement import Modality
from tests.reason.build import Press, company, known, literal

GROUP = known("alibaba-group")  # first listed on 19 September 2014, says the domain
LISTED = date(2014, 9, 19)


def _kinds(
    span: str,
    day: str,
    what: str = "initial public offering",
    bound: str | None = None,
    modality: Modality = Modality.ASSERTED,
) -> list[str]:
    press = Press()
    kind = {4: "gYear", 7: "gYearMonth"}.get(len(day), "date")
    more = {"comparator": literal(bound, "string")} if bound is not None else {}
    press.say(
        GROUP, "timeTo", literal(span, "duration"), modality=modality,
        date=literal(day, kind), what=literal(what, "string"), **more,
    )  # fmt: skip
    return press.kinds


@pytest.mark.parametrize(
    ("span", "day", "bound", "slip"),
    [
        ("P6Y", "2008-08", None, False),
        ("P5Y", "2008-08", None, True),  # six years and a month
        ("P5Y", "2008-08", "some", True),
        ("P5Y", "2008-08", "more than", False),
        ("P5Y", "2008-08", "give or take", False),  # nobody knows what that means
        ("P5Y", "2009", None, False),
        ("P7Y", "2008", None, False),
        ("P8Y", "2008", None, True),
        ("P10Y", "2008", None, False),  # a round number
        ("-P2Y", "2016-10", None, False),
        ("-P2Y", "2018", None, True),
        ("-P18M", "2016", None, False),
        ("-P6M", "2016-09", None, True),
    ],
)
def test_a_span_is_held_against_the_date(
    span: str, day: str, bound: str | None, slip: bool
) -> None:
    assert _kinds(span, day, bound=bound) == (["slip timeTo"] if slip else [])


def test_an_anniversary_counts_from_the_founding() -> None:
    assert _kinds("-P18Y", "2017-09-09", "anniversary") == []
    assert _kinds("-P28Y", "2017-09-09", "anniversary") == ["slip timeTo"]


def test_what_the_domain_does_not_date_is_not_held_against_it() -> None:
    assert _kinds("P9Y", "2008", "relaunch") == []
    press = Press()
    what, day = literal("founding", "string"), literal("2008", "gYear")
    press.say(company(), "timeTo", literal("-P90Y", "duration"), date=day, what=what)
    assert press.kinds == []


def test_what_is_denied_is_no_slip() -> None:
    assert _kinds("P20Y", "2008", modality=Modality.NEGATED) == []


def test_both_sides_are_cited() -> None:
    press = Press()
    press.say(
        GROUP, "timeTo", literal("P9Y", "duration"),
        date=literal("2008", "gYear"), what=literal("founding", "string"),
    )  # fmt: skip
    (found,) = press.found
    assert found.kind is DiscrepancyKind.SLIP
    assert [bool(s.evidence) for s in found.sides] == [True, False]
    assert found.sides[1].reference == GROUP.id
    assert found.message.endswith("the domain has 1999")


@given(st.integers(1, 9), st.integers(0, 180))
def test_a_right_count_of_years_is_never_a_slip(years: int, extra: int) -> None:
    day = date(LISTED.year - years, LISTED.month, LISTED.day) - timedelta(extra)
    assert _kinds(f"P{years}Y", day.isoformat()) == []


@given(st.integers(1, 9), st.integers(2, 8))
def test_two_years_too_few_are_always_a_slip(years: int, missing: int) -> None:
    day = date(LISTED.year - years - missing, LISTED.month, LISTED.day)
    assert _kinds(f"P{years}Y", day.isoformat()) == ["slip timeTo"]
