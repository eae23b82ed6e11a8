"""When two values cannot both be right."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.statement import Literal
from kg.reason.places import Places
from kg.reason.values import Values, apart, days
from tests.factories import make_article, make_evidence, make_fact
from tests.reason.build import company, literal, olympics

VALUES = Values(olympics(), Places(olympics(), {}))
ARTICLE = make_article("Acme.")


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2017", date(2017, 1, 1), date(2017, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2017-03-05", date(2017, 3, 5), date(2017, 3, 5)),
        ("2020-11-17T08:15", date(2020, 11, 17), date(2020, 11, 17)),
    ],
)
def test_a_date_is_the_days_that_its_precision_leaves_open(
    value: str, first: date, last: date
) -> None:
    assert days(value) == (first, last)


@pytest.mark.parametrize("value", ["", None, "--07", "soon", "2017-13", "2017-02-30", "0000", "12"])
def test_what_is_no_date_has_no_days(value: str | None) -> None:
    assert days(value) is None


@pytest.mark.parametrize(
    ("left", "right", "differ"),
    [
        ("2017", "2017-03", False),
        ("2017-03", "2017-03-31", False),
        ("2017", "2018", True),
        ("2017-03", "2017-04", True),
        ("2017-03-05", "2017-04", True),
        ("--07", "2017-08", False),  # a month of no year
        ("29", "49", True),
        ("29", "29.0", False),
        ("30", "29", True),  # a count is not rounded
        ("Premier", "Leading", False),  # words may mean one thing
    ],
)
def test_lexical_forms_differ_where_they_leave_nothing_in_common(
    left: str, right: str, differ: bool
) -> None:
    assert VALUES.differ(left, right) is differ
    assert VALUES.differ(right, left) is differ


AMOUNTS = [
    ("510", None, "500", "more than", False),
    ("300", None, "500", "more than", True),
    ("300", None, "500", "up to", False),
    ("800", None, "500", "fewer than", True),
    ("510", None, "500", "about", False),
    ("900", None, "500", "about", True),
    ("900", None, "500", "a whisker from", False),  # nobody knows what that means
    ("8500000", None, "8523000", None, False),  # 8.5 million
    ("8500000", None, "8823000", None, True),
    ("501", None, "502", None, True),
    ("2000", "at least", "1000", "at most", True),
    ("1000", "at least", "2000", "at least", False),
]


@pytest.mark.parametrize(("one", "bound", "other", "second", "contradict"), AMOUNTS)
def test_amounts_are_what_their_words_and_their_rounding_leave_open(
    one: str, bound: str | None, other: str, second: str | None, contradict: bool
) -> None:
    relation = olympics().relations["partnershipValue"]

    def fact(value: str, words: str | None) -> object:
        qualifiers = {"comparator": literal(words)} if words is not None else {}
        return make_fact(
            company(),
            "partnershipValue",
            literal(value, "integer"),
            make_evidence(ARTICLE, "Acme"),
            qualifiers=qualifiers,
        )

    left, right = fact(one, bound), fact(other, second)
    assert VALUES.contradict(relation, left, right) is contradict  # type: ignore[arg-type]
    assert VALUES.contradict(relation, right, left) is contradict  # type: ignore[arg-type]


def test_every_comparator_of_the_lexicon_has_a_meaning() -> None:
    lexicon = olympics().lexicon
    meant = {word for words in lexicon["bounds"].values() for word in words}
    assert set(lexicon["comparators"]) == meant


@given(st.dates(), st.dates(), st.sampled_from([4, 7, 10]), st.sampled_from([4, 7, 10]))
def test_a_date_never_differs_from_itself_at_another_precision(
    one: date, other: date, long: int, short: int
) -> None:
    assert not VALUES.differ(one.isoformat()[:long], one.isoformat()[:short])
    left, right = one.isoformat()[:long], other.isoformat()[:short]
    assert VALUES.differ(left, right) == VALUES.differ(right, left)
    assert VALUES.differ(left, right) == apart(days(left), days(right))


@given(st.text(max_size=12), st.text(max_size=12))
def test_any_text_is_compared_without_an_error(left: str, right: str) -> None:
    VALUES.differ(left, right)
    days(left)
    Literal(left, "", right)
