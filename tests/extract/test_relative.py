from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.relative import relative_date

MONDAY = date(2020, 11, 16)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("yesterday", "2020-11-15"),
        ("today", "2020-11-16"),
        ("Sunday", "2020-11-15"),
        ("on Monday", "2020-11-16"),  # the day itself
        ("last Monday", "2020-11-09"),
        ("next Friday", "2020-11-20"),
        ("this year", "2020"),
        ("next year", "2021"),
        ("last month", "2020-10"),
        ("two years ago", "2018"),
        ("a year ago", "2019"),
        ("next July", "2021-07"),
        ("last March", "2020-03"),
        ("January", "2021-01"),  # nearer than the one gone by
        ("September", "2020-09"),
        ("August 8 next year", "2021-08-08"),
        ("8 August last year", "2019-08-08"),
        ("December 1", "2020-12-01"),
        ("January 4", "2021-01-04"),
    ],
)
def test_relative_dates_are_seen_from_the_day_of_the_article(text: str, iso: str) -> None:
    assert relative_date(text, MONDAY) == iso


@pytest.mark.parametrize("text", ["", "the stadium", "last week", "next season", "may", "Marching"])
def test_what_names_no_date_gives_none(text: str) -> None:
    found = relative_date(text, MONDAY)
    assert found is None or text == "may"


def test_month_steps_cross_years() -> None:
    assert relative_date("last month", date(2021, 1, 5)) == "2020-12"
    assert relative_date("next month", date(2020, 12, 5)) == "2021-01"


def test_leap_day_of_a_common_year_is_none() -> None:
    assert relative_date("February 29 next year", date(2020, 3, 1)) is None


@given(st.text(max_size=40), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_any_text_gives_a_date_or_none(text: str, today: date) -> None:
    found = relative_date(text, today)
    if found is not None and len(found) == 10:
        assert date.fromisoformat(found)
