"""Newspapers and stations by what people do with them; those that are named like a post."""

from __future__ import annotations

import pytest

from kg.extract.classify import classify
from kg.extract.mentions import find_names
from kg.extract.names import gazetteer_of
from tests.extract.conftest import ExtractFrom, MakeReading

LEAD = "Jane Roe is a singer. Fjordix is a Norwegian company.\n\n"


def classes(make_reading: MakeReading, text: str) -> dict[str, str | None]:
    reading = make_reading(text)
    find_names(reading, gazetteer_of(reading.ontology))
    classify(reading)
    return {d.label: d.type for d in reading.drafts}


def told(extract_from: ExtractFrom, text: str) -> list[tuple[str, str]]:
    return [(s, o) for s, relation, o, *_ in extract_from(LEAD + text) if relation == "spokeTo"]


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("Jane Roe told CFO that profits rose.", "CFO"),
        ("Speaking to CIO after the concert, Jane Roe said the cloud is cheap.", "CIO"),
        ("Jane Roe spoke with CMO about profits.", "CMO"),
        ("Jane Roe told InsideFerries that profits rose.", "InsideFerries"),
        ("Jane Roe told Quillon News that profits rose.", "Quillon News"),
        ("Jane Roe told the Oster Gazette that profits rose.", "Oster Gazette"),
    ],
)
def test_whom_somebody_tells_is_an_outlet(
    text: str, outlet: str, extract_from: ExtractFrom
) -> None:
    assert told(extract_from, text) == [("Jane Roe", outlet)]


@pytest.mark.parametrize(
    "text",
    [
        "Jane Roe told the CFO that profits rose.",
        "Jane Roe spoke to her CMO about profits.",
        "Jane Roe told CEO Ada Brask that profits rose.",
        "Jane Roe told Fjordix's CFO that profits rose.",
        "Jane Roe told Ada Brask that profits rose.",
        "Jane Roe told the board that profits rose.",
        "Jane Roe became CFO of Fjordix.",
        "Jane Roe talked to Norway about fish.",
        "Fjordix is a company. Jane Roe told it that profits rose.",
        "Jane Roe told everybody about CIO.",
    ],
)
def test_posts_people_and_places_are_none(text: str, extract_from: ExtractFrom) -> None:
    assert told(extract_from, text) == []


def test_the_letters_of_a_post_stay_a_post_beside_the_magazine(make_reading: MakeReading) -> None:
    text = "Ada Brask, CMO of Fjordix, spoke to CMO about ferries."
    reading = make_reading(text)
    find_names(reading, gazetteer_of(reading.ontology))
    posts = [(p.start, p.end) for p in reading.posts]
    named = [(p.start, p.end) for d in reading.drafts for p in d.places if d.label == "CMO"]
    assert posts == [(3, 4)]
    assert named == [(9, 10)]


def test_a_company_that_is_told_something_stays_one(make_reading: MakeReading) -> None:
    text = "The shipbuilder Zorvex AG sails. Zorvex AG bought a yard. Jane Roe told Zorvex AG so."
    assert classes(make_reading, text)["Zorvex AG"] == "Company"


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("The president, Ada Brask, told Harbour Radio that profits rose.", ["Ada Brask"]),
        ("A spokeswoman, Ada Brask, told Harbour Radio that profits rose.", ["Ada Brask"]),
        (
            "Ada Brask met Jane Roe. The president told Harbour Radio that profits rose.",
            ["Jane Roe"],
        ),
        ("A president told Harbour Radio that profits rose.", []),
        ("Two presidents told Harbour Radio that profits rose.", []),
    ],
)
def test_a_post_is_whom_it_names_else_who_was_spoken_of(
    text: str, speakers: list[str], extract_from: ExtractFrom
) -> None:
    assert [s for s, _ in told(extract_from, text)] == speakers
