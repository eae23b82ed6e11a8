"""What the name of an offering tells of the organisation that it is named after."""

from __future__ import annotations

import pytest

from kg.extract.brands import brand_facts
from tests.extract.conftest import MakeReading

Facts = set[tuple[str, str, str]]


def brands(make_reading: MakeReading, text: str) -> Facts:
    reading = make_reading(text, named=True)
    return {(f.subject.label, f.predicate, f.object.label) for f in brand_facts(reading)}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "A Danish airline, Zorvex, grew. Guests use the Zorvex Card.",
            {("Zorvex", "provides", "Zorvex Card")},
        ),
        (
            "A Danish airline, Zorvex, grew. Guests use the Zorvex Marketplace.",
            {("Zorvex", "operatesPlatform", "Zorvex Marketplace")},
        ),
        (
            "A Danish airline, Zorvex, grew. Guests saw the Zorvex Cup.",
            {("Zorvex", "organizes", "Zorvex Cup")},
        ),
        (
            "A Danish airline, Zorvex, grew. Guests use the Zorvex SDK.",
            {("Zorvex SDK", "developedBy", "Zorvex"), ("Zorvex", "provides", "Zorvex SDK")},
        ),
        ("Guests use the Zorvex Card.", set()),  # nobody of that name
        ("Ada Zorvex sang. Guests use the Zorvex Card.", set()),
        ("A Danish airline, Zorvex, grew. Guests use the Mirol Card.", set()),
        ("A Danish airline, Zorvex, grew. Guests saw Zorvex Airport.", set()),  # no offering
    ],
)
def test_an_offering_belongs_to_whose_name_it_bears(
    make_reading: MakeReading, text: str, facts: Facts
) -> None:
    assert brands(make_reading, text) == facts


def test_the_longest_owner_counts_and_every_mention_is_evidence(
    make_reading: MakeReading,
) -> None:
    text = (
        "A Danish airline, Zorvex, grew. Zorvex Marine Ltd shrank. Analysts praised Zorvex Marine. "
        "Guests like the Zorvex Marine Card. Sailors own a Zorvex Marine Card."
    )
    reading = make_reading(text, named=True)
    facts = [(f.subject.label, reading.text(f.place)) for f in brand_facts(reading)]
    assert facts == [("Zorvex Marine Ltd", "Zorvex Marine Card")] * 2


def test_the_owner_may_have_a_legal_form(make_reading: MakeReading) -> None:
    text = "Zorvex Marine Ltd shrank. Guests like the Zorvex Marine Card."
    assert brands(make_reading, text) == {("Zorvex Marine Ltd", "provides", "Zorvex Marine Card")}
