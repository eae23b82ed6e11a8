"""Numbers, money, dates and durations, and the normal forms they get."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.amounts import (
    XSD,
    Amount,
    date_literal,
    duration_literal,
    find_amount,
    find_dates,
    month_number,
    word_number,
    year_literal,
)
from kg.extract.lexicon import Lexicon
from kg.read.annotate import Annotator
from tests.extract.builders import make_doc, make_page

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def _amounts(sentence: str, annotator: Annotator, lexicon: Lexicon) -> list[Amount]:
    """Amounts of the sentence that count something or are money, the longest of each number."""
    doc = annotator.annotate(make_page(sentence)).blocks[0].doc
    found = [find_amount(token, lexicon) for token in doc if token.dep_ != "nummod"]
    amounts = list(dict.fromkeys(a for a in found if a is not None))
    return [a for a in amounts if not any(_covers(b, a) for b in amounts)]


def _covers(outer: Amount, inner: Amount) -> bool:
    return (
        outer != inner
        and outer.start <= inner.start
        and inner.end <= outer.end
        and len(outer.text) > len(inner.text)
    )


# -- counts and money ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "value", "comparator", "unit"),
    [
        ("Fjordix hired 1,200 engineers.", "1200", None, "engineers"),
        ("Fjordix won more than 3 million new readers.", "3000000", "more than", "new readers"),
        ("The app has close to 200,000 users.", "200000", "close to", "users"),
        ("At least twelve ships sank.", "12", "at least", "ships"),
        ("Up to 40 percent of sailors agree.", "40", "up to", "percent"),
        ("Nearly 1.5 million fans watched.", "1500000", "nearly", "fans"),
        ("Some 300 shops took part.", "300", "some", "shops"),
        ("Over 60 countries joined.", "60", "over", "countries"),
        ("An estimated 900 people came.", "900", "an estimated", "people"),
        ("No more than 70 teams came.", "70", "no more than", "teams"),
        ("Two hundred thousand people came.", "200000", None, "people"),
        ("Twenty-five ships came.", "25", None, "ships"),
        ("Revenue rose by 12% last year.", "12", None, "percent"),
        ("Revenue rose by 7.5 percent.", "7.5", None, "percent"),
    ],
)
def test_count_has_value_comparator_and_unit(
    sentence: str,
    value: str,
    comparator: str | None,
    unit: str,
    annotator: Annotator,
    lexicon: Lexicon,
) -> None:
    (amount,) = _amounts(sentence, annotator, lexicon)
    assert amount.literal().value == value
    assert (amount.comparator, amount.unit) == (comparator, unit)
    assert sentence[amount.start : amount.end] == amount.text


@pytest.mark.parametrize(
    ("sentence", "value", "currency", "comparator"),
    [
        ("The deal is worth $2.5 billion.", "2500000000", "USD", None),
        ("The deal is worth about €300 million.", "300000000", "EUR", "about"),
        ("It cost 45 million pounds.", "45000000", "GBP", None),
        ("Sales hit ¥10 billion.", "10000000000", "JPY", None),
        ("It paid 3 billion yuan.", "3000000000", "CNY", None),
    ],
)
def test_money_has_a_currency(
    sentence: str,
    value: str,
    currency: str,
    comparator: str | None,
    annotator: Annotator,
    lexicon: Lexicon,
) -> None:
    amounts = _amounts(sentence, annotator, lexicon)
    assert {a.literal().value for a in amounts} == {value}
    assert currency in {a.currency for a in amounts}
    assert {a.comparator for a in amounts} == {comparator}


@pytest.mark.parametrize(
    "sentence",
    [
        "The deal is worth several hundred million dollars.",
        "Several thousand people came.",
        "A few hundred ships came.",
        "Dozens of ships came.",
        "Hundreds of millions of people watched.",
    ],
)
def test_vague_amounts_are_no_numbers(
    sentence: str, annotator: Annotator, lexicon: Lexicon
) -> None:
    assert _amounts(sentence, annotator, lexicon) == []


def test_times_are_no_counts(annotator: Annotator, lexicon: Lexicon) -> None:
    assert _amounts("The fair lasted 12 days.", annotator, lexicon) == []


def test_a_noun_without_number_has_no_amount(lexicon: Lexicon) -> None:
    doc = make_doc("Ships came", [1, 1], "nsubj ROOT", tags="NNS VBD")
    assert find_amount(doc[0], lexicon) is None


def test_number_and_comparator_at_the_start_of_a_text(lexicon: Lexicon) -> None:
    doc = make_doc("12 ships came", [1, 2, 2], "nummod nsubj ROOT", tags="CD NNS VBD")
    amount = find_amount(doc[1], lexicon)
    assert amount is not None
    assert (amount.text, amount.start, amount.end) == ("12 ships", 0, 8)


def test_whole_numbers_are_integers_and_others_decimals() -> None:
    def literal(value: str) -> tuple[str, str]:
        found = Amount(Decimal(value), "x", None, None, None, 0, 1).literal()
        return found.value, found.datatype

    assert literal("1500000.0") == ("1500000", XSD + "integer")
    assert literal("7.50") == ("7.5", XSD + "decimal")
    assert literal("0.001") == ("0.001", XSD + "decimal")
    assert literal("1E+3") == ("1000", XSD + "integer")


def test_a_number_of_thousands_of_digits_is_kept(lexicon: Lexicon) -> None:
    digits = "9" * 5000  # more than Python turns into an int by default
    doc = make_doc([digits, "ships", "came"], [1, 2, 2], "nummod nsubj ROOT", tags="CD NNS VBD")
    amount = find_amount(doc[1], lexicon)
    assert amount is not None
    assert amount.literal().value == digits


@given(st.integers(0, 10**15))
def test_formatted_integers_round_trip(number: int) -> None:
    assert word_number(f"{number:,}") == number
    assert word_number(str(number)) == number


@given(st.decimals(0, 10**9, places=2))
def test_formatted_decimals_round_trip(number: Decimal) -> None:
    assert word_number(f"{number:,}") == number


@pytest.mark.parametrize(
    ("text", "value"),
    [("zero", 0), ("Twelve", 12), ("ninety-nine", 99), ("fifty", 50), (" 7 ", 7)],
)
def test_number_words(text: str, value: int) -> None:
    assert word_number(text) == value


@pytest.mark.parametrize(
    "text", ["", "-", "a", "five-twenty", "twenty-", "twenty-zwei", "1.2.3", "²", "hundred"]
)
def test_what_is_no_number(text: str) -> None:
    assert word_number(text) is None


# -- dates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("in May 2024", ["2024-05"]),
        ("on 5 March 2021", ["2021-03-05"]),
        ("on March 5, 2021", ["2021-03-05"]),
        ("on March 5th 2021", ["2021-03-05"]),
        ("on 1 Sept. 2019", ["2019-09-01"]),
        ("on 2024-06-30", ["2024-06-30"]),
        ("since 2020.", ["2020"]),
        ("from June 2020 to 3 July 2021", ["2020-06", "2021-07-03"]),
        ("Dec 2019 and Jan. 2020", ["2019-12", "2020-01"]),
        ("worth $2020", []),
        ("2,020 ships", []),
        ("1850 ships", []),  # years of news: 1900 to 2099
        ("in the spring", []),
    ],
)
def test_dates_keep_their_precision(text: str, dates: list[str]) -> None:
    assert [iso for _, _, iso in find_dates(text)] == dates


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_any_day_is_read_in_three_forms(day: date) -> None:
    month = MONTHS[day.month - 1]
    for text in (f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", str(day)):
        assert list(find_dates(text)) == [(0, len(text), day.isoformat())]


@given(st.text())
def test_no_text_breaks_the_parsers(text: str) -> None:
    for start, end, iso in find_dates(text):
        assert 0 <= start < end <= len(text)
        assert iso[:4] in text[start:end]
    for found in (word_number(text), month_number(text), duration_literal(text)):
        assert found is None or str(found)


@given(st.text(alphabet="0123456789 -,.MayJunrd", max_size=40))
def test_nearly_dates_do_not_overlap(text: str) -> None:
    found = list(find_dates(text))
    assert all(a[1] <= b[0] for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("iso", "datatype"), [("2020", "gYear"), ("2020-05", "gYearMonth"), ("2020-05-01", "date")]
)
def test_dates_are_typed_by_precision(iso: str, datatype: str) -> None:
    assert date_literal(iso, "then").datatype == XSD + datatype
    assert date_literal(iso, "then").text == "then"


def test_year_literal_is_a_year() -> None:
    assert year_literal("2020", "2020") == date_literal("2020", "2020")


@pytest.mark.parametrize(
    ("word", "number"),
    [("May", 5), ("june", 6), ("Sept.", 9), ("Dec", 12), ("Janet", None), ("Decade", None)],
)
def test_month_names(word: str, number: int | None) -> None:
    assert month_number(word) == number


# -- durations -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12-year deal", "P12Y"),
        ("three years", "P3Y"),
        ("two-season", "P2Y"),
        ("18-month", "P18M"),
        ("six weeks", "P42D"),
        ("90 days", "P90D"),
    ],
)
def test_durations(text: str, value: str) -> None:
    found = duration_literal(text)
    assert found is not None
    assert (found.value, found.datatype) == (value, XSD + "duration")
    assert found.text in text


@pytest.mark.parametrize("text", ["over the year", "a year", "years", "12 ships", ""])
def test_what_is_no_duration(text: str) -> None:
    assert duration_literal(text) is None


@given(st.integers(1, 10**6))
def test_durations_round_trip(count: int) -> None:
    found = duration_literal(f"{count}-year")
    assert found is not None
    assert found.value == f"P{count}Y"


# -- known gaps ------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["the Oslo Marathon 2024", "Junior 2024", "Mayor 2024"])
def test_words_that_begin_like_months(text: str) -> None:
    assert [iso for _, _, iso in find_dates(text)] == ["2024"]


def test_seasons_across_years() -> None:
    assert "2019-20" not in [iso for _, _, iso in find_dates("the 2019-20 season")]


@pytest.mark.parametrize("text", ["February 31, 2024", "2024-13-40"])
def test_dates_that_do_not_exist(text: str) -> None:
    assert all(date.fromisoformat(iso) for _, _, iso in find_dates(text) if len(iso) == 10)
    assert all(1 <= int(iso[5:7]) <= 12 for _, _, iso in find_dates(text) if len(iso) > 4)


def test_fractions_of_years() -> None:
    found = duration_literal("1.5-year")
    assert found is None or found.value == "P18M"


def test_duration_behind_another_candidate() -> None:
    found = duration_literal("this year a 12-year deal")
    assert found is not None
    assert found.value == "P12Y"


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("Half a million people watched.", "500000"),
        ("It raised £5m.", "5000000"),
        ("It cost US$10 million.", "10000000"),
        ("The fund holds A$3m and more.", "3000000"),
    ],
)
def test_values_with_signs_and_scales_glued_on(
    sentence: str, value: str, annotator: Annotator, lexicon: Lexicon
) -> None:
    amounts = _amounts(sentence, annotator, lexicon)
    assert [a.literal().value for a in amounts] == [value]


def test_a_rate_is_no_percentage(annotator: Annotator, lexicon: Lexicon) -> None:
    (amount,) = _amounts("The plan costs $5 million per year.", annotator, lexicon)
    assert amount.unit != "percent"


def test_ranges(annotator: Annotator, lexicon: Lexicon) -> None:
    for amount in _amounts("Between 20 and 30 ships came.", annotator, lexicon):
        assert amount.unit == "ships"
