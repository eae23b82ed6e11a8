"""When two ways to write a name, a date or a number are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.amounts import XSD
from kg.extract.learned.folding import date_key, folded, label_words, number_value
from kg.extract.learned.literals import literal_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The_Étoile_Works", "etoile works"),
        ("12,500", "12500"),
        ("Harnsey's", "Harnsey’s"),
        ("10L/28R", "10L 28R"),
    ],
)
def test_names_are_folded(one: str, other: str) -> None:
    assert folded(one) == folded(other) != ""


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5 March 1990", (1990, 3, 5)),
        ("March 5th, 1990", (1990, 3, 5)),
        ("1990-03-05", (1990, 3, 5)),
        ("Sept. 1990", (1990, 9, 1)),
        ("1990", (1990, 1, 1)),
        ("last week", None),
        ("90", None),
    ],
)
def test_dates_have_a_day(text: str, day: tuple[int, int, int] | None) -> None:
    assert date_key(text) == day


def test_numbers_and_labels() -> None:
    assert number_value("2,776.0") == 2776
    assert number_value("10L") is None
    assert label_words("runwayLength") == ("runway", "length")


@pytest.mark.parametrize(
    ("text", "datatypes", "value"),
    [
        ("5 March 1990", ["date"], ("1990-03-05", "date")),
        ("March 1990", ["date"], ("1990-03", "gYearMonth")),
        ("1990", ["date"], ("1990", "gYear")),
        ("soon", ["date"], None),
        ("31 Smarch 1990", ["date"], None),
        ("1,480", ["decimal"], ("1480", "decimal")),
        ("1,480.50 metres", ["decimal"], ("1480.5", "decimal")),
        ("1,480.50", ["integer"], None),
        ("long", ["decimal", "string"], ("long", "string")),
        ("“Mud Lark”", [], ("Mud Lark", "string")),
        ("””", [], None),
    ],
)
def test_words_become_a_value_that_the_range_admits(
    text: str, datatypes: list[str], value: tuple[str, str] | None
) -> None:
    found = literal_of(text, [XSD + d for d in datatypes])
    assert (None if found is None else (found.value, found.datatype.removeprefix(XSD))) == value
    assert found is None or found.text == text
