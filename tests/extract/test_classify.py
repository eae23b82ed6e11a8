"""Classes of names from what stands around them."""

from __future__ import annotations

import pytest

from kg.extract.classify import classify, noun_class
from kg.extract.mentions import find_names
from kg.extract.names import gazetteer_of
from tests.extract.conftest import MakeReading


def classes(make_reading: MakeReading, text: str) -> dict[str, str | None]:
    reading = make_reading(text)
    find_names(reading, gazetteer_of(reading.ontology))
    classify(reading)
    return {d.label: d.type for d in reading.drafts}


def test_the_last_word_of_a_name_tells_its_class(make_reading: MakeReading) -> None:
    text = (
        "The Brask Sailing Federation praised Oster Airport, the Harbour Gallery, Zorvex Bank "
        "and the Oster Stadium."
    )
    assert classes(make_reading, text) == {
        "Brask Sailing Federation": "SportsOrganization",
        "Oster Airport": "Airport",
        "Harbour Gallery": "Initiative",
        "Zorvex Bank": "Company",
        "Oster Stadium": "Venue",
    }


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Kestrel, a Danish airline, shrank.", "Kestrel", "Company"),  # apposition
        ("A Danish airline, Kestrel, shrank.", "Kestrel", "Company"),
        ("The Danish company Zorvex won a prize.", "Zorvex", "Company"),  # noun before
        ("People like the Zorvex video platform.", "Zorvex", "Platform"),  # noun behind
        ("Yesterday Zorvex (NYSE: ZVX) rose.", "Zorvex", "Company"),  # ticker
        ("A tool called Pulse helps sailors.", "Pulse", "Initiative"),
        ("The spokeswoman Ada met reporters.", "Ada", "Person"),  # post before
        ("Guests met Ada Brask, president of the yard.", "Ada Brask", "Person"),  # post behind
        ("Zorvex acquired a rival.", "Zorvex", "Company"),  # acts as organisations do
    ],
)
def test_the_context_of_a_name_tells_its_class(
    make_reading: MakeReading, text: str, name: str, expected: str
) -> None:
    assert classes(make_reading, text)[name] == expected


def test_a_possessor_is_not_what_it_owns(make_reading: MakeReading) -> None:
    assert classes(make_reading, "People like Zorvex's video platform.")["Zorvex"] != "Platform"


def test_a_list_is_no_apposition(make_reading: MakeReading) -> None:
    found = classes(make_reading, "Guests met Mirol, a pilot and an airline.")
    assert found["Mirol"] != "Company"


def test_one_clear_context_overrules_the_recogniser_in_all_mentions(
    make_reading: MakeReading,
) -> None:
    text = (
        "Fans love Mirol. Sailors know Mirol. Painters met Mirol. Everyone saw Mirol. "
        "A Danish airline, Mirol, grew."
    )
    assert classes(make_reading, text) == {"Mirol": "Company"}


def test_the_class_of_a_known_name_is_the_one_of_the_domain(make_reading: MakeReading) -> None:
    assert classes(make_reading, "A man named Paris sang.") == {"Paris": "City"}


def test_what_explains_a_name_stands_for_it_but_a_post_does_not(
    make_reading: MakeReading,
) -> None:
    reading = make_reading("Kestrel, a Danish airline, met Ada Brask, the president.")
    find_names(reading, gazetteer_of(reading.ontology))
    classify(reading)
    at = {t.text: reading.at(t) for b in reading.annotated.blocks for t in b.doc}
    assert at["airline"] is at["Kestrel"] is not None
    assert at["president"] is None


def test_noun_class_knows_posts_and_heads(make_reading: MakeReading) -> None:
    reading = make_reading("The president opened galleries and a stadium near rocks.")
    nouns = {t.text: noun_class(reading, t) for t in reading.annotated.blocks[0].doc}
    assert nouns["president"] == "Person"
    assert nouns["galleries"] == "Initiative"
    assert nouns["stadium"] == "Venue"
    assert nouns["rocks"] is None
