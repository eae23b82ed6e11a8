"""Where names stand: runs of capitals, quotation marks, posts beside them, headlines."""

from __future__ import annotations

import pytest

from kg.extract.drafts import Reading
from kg.extract.mentions import find_names
from kg.extract.names import gazetteer_of
from tests.extract.conftest import MakeReading


def read(make_reading: MakeReading, text: str) -> Reading:
    reading = make_reading(text)
    find_names(reading, gazetteer_of(reading.ontology))
    return reading


def named(reading: Reading) -> dict[str, list[str]]:
    """Label to mentions as written, in text order."""
    return {d.label: [reading.text(p) for p in sorted(d.places)] for d in reading.drafts}


def posts(reading: Reading) -> list[str]:
    return [reading.text(p) for p in reading.posts]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Yesterday Halvor Motors met Brask & Sons in Salzburg.",
            ["Halvor Motors", "Brask & Sons", "Salzburg"],
        ),
        (
            "The yard belongs to Halvor Motors, Zorvex Bank and Brask Electronics.",
            ["Halvor Motors", "Zorvex Bank", "Brask Electronics"],
        ),
        ("The Ministry of Tides agreed.", ["Ministry of Tides"]),
        ("Halvor Motors' Nordlys Card is popular.", ["Halvor Motors", "Nordlys Card"]),
        ("The Harbour Festival 2031 began.", ["Harbour Festival 2031"]),
        ("People like the XTalk app.", ["XTalk"]),
        ("On Monday 40 Danish sailors paid $3 million.", []),
        ("Sailors were glad. Nobody knew why.", []),
    ],
)
def test_names_are_runs_of_capitals_that_are_no_dates_or_amounts(
    make_reading: MakeReading, text: str, names: list[str]
) -> None:
    assert list(named(read(make_reading, text))) == names


def test_posts_part_the_names_beside_them(make_reading: MakeReading) -> None:
    reading = read(
        make_reading,
        "Brask Electronics chief executive Ada Lindqvist praised Halvor Motors vice president Teo "
        "Brask.",
    )
    assert list(named(reading)) == [
        "Brask Electronics",
        "Ada Lindqvist",
        "Halvor Motors",
        "Teo Brask",
    ]
    assert posts(reading) == ["chief executive", "vice president"]


def test_posts_hold_coordinated_modifiers_and_heads(make_reading: MakeReading) -> None:
    text = (
        "The chief marketing and technology officer left. The co-founder and CEO of Halvor Motors "
        "stayed."
    )
    reading = read(make_reading, text)
    assert posts(reading) == ["chief marketing and technology officer", "co-founder and CEO"]


def test_names_of_the_domain_are_found_by_any_label(make_reading: MakeReading) -> None:
    reading = read(make_reading, "The IOC met. The International Olympic Committee voted.")
    (draft,) = reading.drafts
    assert draft.known is not None
    assert named(reading) == {
        "International Olympic Committee": ["IOC", "International Olympic Committee"]
    }


def test_a_longer_run_is_not_the_name_that_it_holds(make_reading: MakeReading) -> None:
    reading = read(make_reading, "Guests saw the London Boat Show.")
    assert [(d.label, d.known) for d in reading.drafts] == [("London Boat Show", None)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('A tool called "Pulse" helps sailors.', ["Pulse"]),
        ("Sailors use a tool called ‘pulse meter’ daily.", ["pulse meter"]),
        ('The chain opened its "Harbour Lights" show.', ["Harbour Lights"]),
        ('A show named "the wide sea" opened.', ["wide sea"]),
        ("The “Harbour Card”, a pass, sells well.", ["Harbour Card"]),
        ('Critics said "it is great" and left.', []),  # speech
        ('Its slogan is "we sail, you rest" again.', []),  # a comma inside
        ('He said: "We won."', []),
        ('"Never" was all.', []),  # nothing before it that names
    ],
)
def test_quotation_marks_hold_names_or_speech(
    make_reading: MakeReading, text: str, names: list[str]
) -> None:
    assert list(named(read(make_reading, text))) == names


def test_a_name_is_one_entity_however_often_it_stands(make_reading: MakeReading) -> None:
    text = "The yard sold Zorvex\nBank. Guests like ZORVEX BANK and the Zorvex Bank."
    assert list(named(read(make_reading, text)).values()) == [
        ["Zorvex\nBank", "ZORVEX BANK", "Zorvex Bank"]
    ]


def test_two_spaces_do_not_part_a_name(make_reading: MakeReading) -> None:
    assert list(named(read(make_reading, "The yard sold Zorvex  Bank."))) == ["Zorvex Bank"]


def test_a_title_case_headline_names_what_the_text_names(make_reading: MakeReading) -> None:
    text = (
        "# Zorvex Bank Buys Mirol Electronics In Surprise Deal\n\n"
        "In Oslo, Zorvex Bank bought Mirol Electronics. Analysts praised Zorvex Bank."
    )
    found = named(read(make_reading, text))
    assert {label: len(mentions) for label, mentions in found.items()} == {
        "Zorvex Bank": 3,
        "Mirol Electronics": 2,
        "Oslo": 1,
    }


def test_a_headline_keeps_a_name_that_only_begins_sentences(make_reading: MakeReading) -> None:
    text = "# Halvor Motors Opens Giant Yard In Salzburg\n\nHalvor Motors opened a giant yard."
    assert "Motors" not in named(read(make_reading, text))


def test_a_demonym_is_no_name(make_reading: MakeReading) -> None:
    assert list(named(read(make_reading, "Tickets went to the Danish and to Dutch fans."))) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The firm is an Olympic Partner of Halvor Motors.", ["Halvor Motors"]),
        ("The firm became a Gold Partner of Halvor Motors.", ["Halvor Motors"]),
    ],
)
def test_a_rank_is_no_name(make_reading: MakeReading, text: str, names: list[str]) -> None:
    assert list(named(read(make_reading, text))) == names


def test_drafts_and_posts_stand_in_text_order(make_reading: MakeReading) -> None:
    text = (
        "# Old Brask Yard Closes\n\nIn Oslo, chief executive Ada Lindqvist met Halvor Motors.\n\n"
        "Vice president Teo Brask left Zorvex Bank."
    )
    reading = read(make_reading, text)
    assert list(reading.drafts) == sorted(reading.drafts, key=lambda d: d.first)
    assert reading.posts == sorted(reading.posts)
    assert len(reading.posts) == 2
