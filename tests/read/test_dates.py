from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read.dates import find_date, is_date_line


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Jan. 5, 2026", "2026-01-05"),
        ("5 January 2026", "2026-01-05"),
        ("March 3rd, 2020", "2020-03-03"),
        ("Sept 9 2021", "2021-09-09"),
        ("09:20, October 4, 2019", "2019-10-04T09:20"),
        ("Published 3 March 2020 at 4.30pm GMT", "2020-03-03T16:30"),
        ("March 3, 2020 12:05 AM", "2020-03-03T00:05"),
        ("OSTER, Velm, Nov. 16, 2020 (Norpress) --", "2020-11-16"),
        ("2014-02-14", "2014-02-14"),
        ("2014-02-14 08:15:00", "2014-02-14T08:15:00"),
        ("2014-02", "2014-02"),
        ("May 2021", "2021-05"),
        ("12.04.2023", "2023-04-12"),
        ("25/12/2023", "2023-12-25"),
        ("12/25/2023", "2023-12-25"),
        ("07/09/2010", "2010"),  # July or September
        ("31 February 2020", None),
        ("2020-13-01", None),
        ("Nov. 16", None),
        ("may 2 of them", None),
        ("version 1.2.2020b", None),
        ("", None),
    ],
)
def test_date_is_read_at_its_precision(text: str, date: str | None) -> None:
    assert find_date(text) == date


@given(st.dates())
def test_every_iso_date_is_found(day: object) -> None:
    assert find_date(f"on {day}, at last") == str(day)


@given(st.text())
def test_any_text_is_read_without_an_error(text: str) -> None:
    find_date(text)
    assert is_date_line(text) in (True, False)


@pytest.mark.parametrize(
    "line",
    ["14 March 2024", "Published: 14 March 2024 at 09:20 | Updated: 15 March 2024", "(May 2021)"],
)
def test_line_of_a_date_and_labels_is_a_date_line(line: str) -> None:
    assert is_date_line(line)


@pytest.mark.parametrize(
    "line", ["The best cranes of May - 9 April 2018", "Sales in March 2024 rose", "14 March", ""]
)
def test_line_with_other_words_is_none(line: str) -> None:
    assert not is_date_line(line)
