"""Posts: who works where, as what."""

from __future__ import annotations

import pytest

from kg.extract.posts import employments
from kg.extract.reference import Reference
from tests.extract.conftest import MakeReading

Held = tuple[str, str, str, bool]


def _posts(make_reading: MakeReading, text: str) -> list[Held]:
    """(person, organisation, role, is the organisation stated)"""
    reading = make_reading(text, named=True)
    return [
        (e.person.label, e.organisation.label, e.role, e.stated)
        for e in employments(reading, Reference(reading))
    ]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Jane Roe, chief executive of Quillon Airlines, spoke.", "chief executive"),
        ("Quillon Airlines chief executive Jane Roe spoke.", "chief executive"),
        ("Quillon Airlines's chief marketing officer, Jane Roe, spoke.", "chief marketing officer"),
        ("Jane Roe is the president of Quillon Airlines.", "president"),
        ("Jane Roe became chief executive of Quillon Airlines in 2019.", "chief executive"),
        ("Jane Roe, president and CEO at Quillon Airlines, spoke.", "president and CEO"),
        ("Jane Roe, CMO of Quillon Airlines, spoke.", "Chief Marketing Officer"),
        (
            "Quillon Airlines opened a dock. Its chief executive, Jane Roe, spoke.",
            "chief executive",
        ),
    ],
)
def test_post_at_a_stated_organisation(text: str, role: str, make_reading: MakeReading) -> None:
    assert _posts(make_reading, text) == [("Jane Roe", "Quillon Airlines", role, True)]


def test_full_title_without_organisation_is_at_the_one_the_article_is_about(
    make_reading: MakeReading,
) -> None:
    text = "Fjordix Group opened a dock. Chief executive Jane Roe spoke."
    assert _posts(make_reading, text) == [("Jane Roe", "Fjordix Group", "Chief executive", False)]


@pytest.mark.parametrize(
    "text",
    [
        "Fjordix Group opened a dock. President Jane Roe spoke.",  # of what?
        "Fjordix Group opened a dock. Prime minister Jane Roe spoke.",  # no company has one
        "The president of Fjordix Group resigned.",  # who?
        "Jane Roe, who sails, met the chief executive of Fjordix Group.",
        "Jane Roe runs the docks. The chief executive of Fjordix Group resigned.",
    ],
)
def test_what_is_no_post_of_anybody(text: str, make_reading: MakeReading) -> None:
    assert _posts(make_reading, text) == []


def test_employer_is_noted(make_reading: MakeReading) -> None:
    reading = make_reading("Jane Roe, chief executive of Quillon Airlines, spoke.", named=True)
    reference = Reference(reading)
    (post,) = employments(reading, reference)
    assert reference.employers == {post.person: post.organisation}
    doc = reading.annotated.blocks[post.block].doc
    stated = doc[post.first : post.last + 1].text
    assert stated == "Roe, chief executive of Quillon Airlines"


@pytest.mark.parametrize(
    "text",
    [
        "Quillon Airlines opened a dock. Its chief executive is Jane Roe.",
        "Quillon Airlines appointed Jane Roe as chief executive.",
        "Jane Roe, vice president of global sales at Quillon Airlines, spoke.",
    ],
)
def test_posts_by_copula_by_appointment_and_behind_a_remit(
    text: str, make_reading: MakeReading
) -> None:
    ((person, organisation, _, stated),) = _posts(make_reading, text)
    assert (person, organisation, stated) == ("Jane Roe", "Quillon Airlines", True)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, id=reason, marks=pytest.mark.xfail(reason=reason))
        for text, reason in [
            (
                "Said Jane Roe, head of design, Quillon Airlines.",
                "an organisation behind a comma is not read",
            ),
        ]
    ],
)
def test_posts_that_are_not_read(text: str, make_reading: MakeReading) -> None:
    ((person, organisation, role, stated),) = _posts(make_reading, text)
    assert (person, organisation, stated) == ("Jane Roe", "Quillon Airlines", True)
    assert "Quillon" not in role
