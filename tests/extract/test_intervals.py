"""How far a moment is said to be from what happens once to an organisation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.extract import extract
from kg.model.statement import Extraction, Statement
from kg.ontology.domain import load_ontology
from kg.read.annotate import Annotator
from tests.extract.builders import make_page

pytestmark = pytest.mark.model

LEAD = "The company Kestrel Airlines is based in Oslo.\n\n"
TODAY = "2021-06-03"


def _extracted(annotator: Annotator, text: str, published: str | None) -> Extraction:
    page = replace(make_page(LEAD + text), published=published)
    return extract(annotator.annotate(page), load_ontology("newsroom"))


def _intervals(annotator: Annotator, text: str, published: str | None = None) -> list[Statement]:
    found = _extracted(annotator, text, published)
    return [s for s in found.statements if s.predicate == "timeTo"]


def _values(statement: Statement) -> dict[str, str]:
    return {q.name: q.value.value for q in statement.qualifiers if not isinstance(q.value, str)}


@pytest.mark.parametrize(
    ("text", "value", "date", "what"),
    [
        (
            "In 2004, five years after its founding, Kestrel Airlines opened a hangar in Oslo.",
            "-P5Y",
            "2004",
            "founding",
        ),
        (
            "Kestrel Airlines bought ten ferries in 2010, three years after it was founded.",
            "-P3Y",
            "2010",
            "found",
        ),
        (
            "In 2012, two years before it went public, Kestrel Airlines hired a pilot.",
            "P2Y",
            "2012",
            "go_public",
        ),
        (
            "In 1995, a decade before its initial public offering, Kestrel Airlines had a pilot.",
            "P10Y",
            "1995",
            "initial public offering",
        ),
        (
            "In May 2009, eighteen months after its IPO, Kestrel Airlines sold two planes.",
            "-P1Y6M",
            "2009-05",
            "ipo",
        ),
        (
            "In the spring of 1998, the harbour froze.\n\nAt the time, Kestrel Airlines was two "
            "years short of its stock market debut.",
            "P2Y",
            "1998",
            "stock market debut",
        ),
        (
            "Twelve years after the establishment of Kestrel Airlines, in 2002, a strike began.",
            "-P12Y",
            "2002",
            "establishment",
        ),
        (
            "In 2019, Kestrel Airlines celebrated its 50th anniversary.",
            "-P50Y",
            "2019",
            "anniversary",
        ),
        ("Kestrel Airlines, founded ten years ago, flies to Rome.", "-P10Y", TODAY, "found"),
        ("Kestrel Airlines went public a decade ago.", "-P10Y", TODAY, "go_public"),
    ],
)
def test_an_interval_has_a_moment_and_what_happens(
    text: str, value: str, date: str, what: str, annotator: Annotator
) -> None:
    (found,) = _intervals(annotator, text, TODAY if date == TODAY else None)
    assert not isinstance(found.object, str)
    assert found.object.value == value
    assert _values(found) == {"date": date, "what": what}


def test_words_that_bound_the_span_are_kept(annotator: Annotator) -> None:
    text = "In March 2001 the airline was still nearly three years away from its flotation."
    (found,) = _intervals(annotator, text)
    assert not isinstance(found.object, str)
    assert found.object.text == "nearly three years"
    assert _values(found)["comparator"] == "nearly"
    assert found.evidence.quote == "nearly three years away from its flotation"


@pytest.mark.parametrize(
    "text",
    [
        "Five years after the flood, Kestrel Airlines opened a hangar in Oslo.",
        "In 2004, five years before the Winter Games, Kestrel Airlines opened a hangar.",
        "Kestrel Airlines listed ten planes for sale two years ago.",
        "In 2004, several years after its founding, Kestrel Airlines opened a hangar.",
        "Kestrel Airlines opened a hangar five years after its founding.",  # when was that?
        "In 2004, Kestrel Airlines moved ten miles away from its founding village.",
        "The hangar was founded on rock ten years ago.",
        "Kestrel Airlines took five years to plan its initial public offering in 2004.",
        "In 2004, five years after its founding in 1999, Kestrel Airlines opened a hangar.",
        "Kestrel Airlines will hold its 18th Anniversary Gala in Oslo.",
        "In 2010 the 200th anniversary of the poet was celebrated by Kestrel Airlines.",
        "In 2004, the museum lent a boat three days before its listing as a monument.",
        "Jane Roe joined Kestrel Airlines in 2004, three years after she went public.",
        "In 2004, five years after Jane Roe founded a bakery, Kestrel Airlines opened a hangar.",
        "A rival, established five years ago, sells boats to Kestrel Airlines.",
    ],
)
def test_other_spans_of_time_state_none(text: str, annotator: Annotator) -> None:
    assert _intervals(annotator, text, TODAY) == []


def test_ago_is_not_read_in_an_article_without_a_date(annotator: Annotator) -> None:
    assert _intervals(annotator, "Kestrel Airlines, founded ten years ago, flies to Rome.") == []


def test_what_happens_may_have_its_own_year(annotator: Annotator) -> None:
    text = "Since its founding in 1998, Kestrel Airlines has flown to Rome."
    found = _extracted(annotator, text, None).statements
    years = [s.object.value for s in found if s.predicate == "foundedIn" and s.object]  # type: ignore[union-attr]
    assert years == ["1998"]


def test_the_month_of_an_anniversary_dates_no_founding(annotator: Annotator) -> None:
    text = "Kestrel Airlines will mark the 25th anniversary of its founding in May."
    found = _extracted(annotator, text, TODAY).statements
    assert not [s for s in found if s.predicate == "foundedIn"]
