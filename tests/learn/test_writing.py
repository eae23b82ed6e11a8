"""Dates as annotators write them."""

from __future__ import annotations

import pytest

from kg.extract.learned.view import DocView
from kg.learn.examples import Example, Triple
from kg.learn.texts import prepare
from kg.learn.writing import date_habits, written, years_stay
from kg.read.annotate import Annotator

pytestmark = pytest.mark.model


def test_the_form_of_most_dates_is_taken(annotator: Annotator) -> None:
    rows = [
        ("Fennwick opened on 4 June 1961.", "1961-06-04"),
        ("Fennwick opened on May 2, 1970.", "1970-05-02"),
        ("Fennwick opened in 1999.", "1999"),
    ]
    texts = [
        prepare(Example("", text, (Triple("Fennwick", "opened", day),)), DocView(doc))
        for (text, day), doc in zip(rows, annotator.parse(t for t, _ in rows), strict=True)
    ]
    habits = date_habits(texts)
    assert written("12 March 2001", "opened", habits) == "2001-03-12"
    assert written("12 March 2001", "closed", habits) == "12 March 2001"
    assert written("soon", "opened", habits) == "soon"
    assert date_habits(texts[2:]) == {}  # as the text has it


@pytest.mark.parametrize(("year", "stays"), [("1999", True), ("1999-01-01", False)])
def test_years_stay_where_most_do(annotator: Annotator, year: str, stays: bool) -> None:
    text = "Fennwick opened in 1999."
    example = Example("", text, (Triple("Fennwick", "opened", year),))
    assert years_stay([prepare(example, DocView(next(iter(annotator.parse([text])))))]) is stays
    assert not years_stay([])
