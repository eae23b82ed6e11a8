"""Counts and sums: what they count, and what they are said of."""

from __future__ import annotations

import pytest

from kg.extract.measures import amount_unit, find_measures
from tests.extract.conftest import MakeReference

Found = tuple[str, str, str | None, str | None]


def _measures(make_reference: MakeReference, text: str) -> list[Found]:
    """(what is measured, value, unit, comparator)"""
    reading, reference = make_reference(text)
    out = []
    for block in reading.annotated.blocks:
        for sentence in block.doc.sents:
            for draft, amount, noun, support in find_measures(sentence, reading, reference):
                assert all(t in sentence for t in support)
                unit = amount_unit(amount, noun)
                out.append(
                    (
                        draft.label,
                        amount.literal().value,
                        unit.value if unit is not None else None,
                        amount.comparator,
                    )
                )
    return out


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fjordix Group employs 12,000 people.", ("Fjordix Group", "12000", "people", None)),
        (
            "Fjordix Group posted revenue of $3 billion in 2019.",
            ("Fjordix Group", "3000000000", "revenue", None),
        ),
        (
            "Fjordix Group has customers in over 60 countries.",
            ("Fjordix Group", "60", "countries", "over"),
        ),
        (
            "More than 300 shops took part in the Bergen Festival.",
            ("Bergen Festival", "300", "shops", "more than"),
        ),
        (
            "Fjordix Group holds 40 percent of Quillon Shipping.",
            ("Fjordix Group", "40", "percent", None),
        ),
    ],
)
def test_measure(text: str, found: Found, make_reference: MakeReference) -> None:
    assert _measures(make_reference, text) == [found]


def test_two_measures_in_one_clause(make_reference: MakeReference) -> None:
    text = "Fjordix Group has more than 300 shops in 40 countries."
    assert _measures(make_reference, text) == [
        ("Fjordix Group", "300", "shops", "more than"),
        ("Fjordix Group", "40", "countries", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Fjordix Group has five ferries.",  # too few to be a figure
        "Fjordix Group showed 8K video.",  # a kind
        "Fjordix Group closed for 12 days.",  # a time
        "Fjordix Group has several thousand shops.",  # vague
        "12,000 people live there.",  # of whom?
        "Fjordix Group has shops.",
    ],
)
def test_what_measures_nothing(text: str, make_reference: MakeReference) -> None:
    assert _measures(make_reference, text) == []
