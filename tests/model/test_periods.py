"""The first year, month or day counts; what is not known well enough has no end."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.periods import last_of_period
from tests.factories import make_literal


def end(start: str, duration: str, datatype: str = "") -> str | None:
    form = datatype or {4: "gYear", 7: "gYearMonth", 10: "date"}[len(start)]
    found = last_of_period(make_literal(start, form), make_literal(duration, "duration"))
    assert found is None or (found.datatype.endswith(f"#{form}") and found.text == "")
    return found.value if found is not None else None


@pytest.mark.parametrize(
    ("start", "duration", "last"),
    [
        ("2017", "P12Y", "2028"),
        ("2017", "P1Y", "2017"),
        ("2017", "P24M", "2018"),
        ("2017-03", "P12Y", "2029-02"),
        ("2017-03", "P6M", "2017-08"),
        ("2017-12", "P1M", "2017-12"),
        ("2017-01", "P1Y", "2017-12"),
        ("2017-03-15", "P12Y", "2029-03-14"),
        ("2017-03-01", "P1Y", "2018-02-28"),
        ("2017-03-15", "P30D", "2017-04-13"),
        ("2017-03-15", "P1Y2M3D", "2018-05-17"),
        ("2020-02-29", "P1Y", "2021-02-28"),
        ("2019-01-31", "P1M", "2019-02-28"),
        ("2019-12-31", "P2M", "2020-02-29"),
    ],
)
def test_the_last_year_month_or_day(start: str, duration: str, last: str) -> None:
    assert end(start, duration) == last


@pytest.mark.parametrize(
    ("start", "duration"),
    [
        ("2017", "P18M"), ("2017", "P30D"), ("2017-03", "P10D"), ("2017", "P0Y"), ("2017", "P"),
        ("2017", "-P2Y"), ("2017", "P1YT2H"), ("2017-13", "P1M"), ("2017-02-30", "P1Y"),
        ("0000", "P1Y"), ("9990", "P12Y"), ("9999-12-31", "P999999D"), ("2017", "P9999Y"),
    ],
)  # fmt: skip
def test_no_end_where_it_is_not_known(start: str, duration: str) -> None:
    assert end(start, duration) is None


def test_words_are_no_dates() -> None:
    assert end("2017", "P12Y", "string") is None
    assert last_of_period(make_literal("2017", "gYear"), make_literal("12 years")) is None


@given(st.dates(date(1, 1, 1), date(5000, 1, 1)), st.integers(1, 900))
def test_days_are_counted_with_the_first(start: date, days: int) -> None:
    assert end(start.isoformat(), f"P{days}D") == (start + timedelta(days=days - 1)).isoformat()


@given(st.integers(1, 5000), st.integers(1, 900))
def test_precisions_agree(year: int, years: int) -> None:
    """What starts on 1 January, in January or in the year ends with the same year."""
    last = end(f"{year:04}", f"P{years}Y")
    assert last == f"{year + years - 1:04}"
    assert end(f"{year:04}-01", f"P{12 * years}M") == f"{last}-12"
    assert end(f"{year:04}-01-01", f"P{years}Y") == f"{last}-12-31"
