"""Which edition of a series a mention means, and what it states of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.extract.drafts import Reading
from kg.extract.editions import edition_facts, settle_editions
from kg.extract.moment import reference_year
from kg.extract.names import gazetteer_of
from kg.model.statement import Literal
from kg.ontology.domain import Ontology
from kg.read.annotate import Annotator
from tests.extract.builders import make_page
from tests.extract.conftest import MakeReading


def settled(make_reading: MakeReading, text: str) -> Reading:
    reading = make_reading(text, named=True)
    settle_editions(reading, gazetteer_of(reading.ontology))
    return reading


def editions(reading: Reading) -> dict[str, list[str]]:
    """Edition to its mentions; what is no edition of a year is left out."""
    return {
        d.label: [reading.text(p) for p in sorted(d.places)]
        for d in reading.drafts
        if d.known is not None and d.known.properties.get("year")
    }


def facts(reading: Reading) -> list[tuple[str, str, str, str]]:
    """(edition, predicate, value or place, words that state it)."""
    return [
        (
            fact.edition.label,
            fact.predicate,
            fact.object.value if isinstance(fact.object, Literal) else fact.object.label,
            reading.text(fact.stated),
        )
        for fact in edition_facts(reading)
    ]


@pytest.mark.parametrize(
    ("text", "edition", "mention"),
    [
        ("The 2012 Summer Olympics ended.", "2012 Summer Olympics", "2012 Summer Olympics"),
        ("The Tokyo Games were expensive.", "2020 Summer Olympics", "Tokyo Games"),
        ("The 2022 Winter Games began.", "2022 Winter Olympics", "2022 Winter Games"),
        ("The Summer Games in Paris were loud.", "2024 Summer Olympics", "Summer Games"),
        ("Fans loved the Beijing 2022 Games.", "2022 Winter Olympics", "Beijing 2022 Games"),
        (
            "In August 2008 the 49th Summer Olympics opened.",  # a year nearby, and an ordinal
            "2008 Summer Olympics",
            "Summer Olympics",
        ),
    ],
)
def test_year_season_and_place_tell_the_edition(
    make_reading: MakeReading, text: str, edition: str, mention: str
) -> None:
    assert editions(settled(make_reading, text)) == {edition: [mention]}


@pytest.mark.parametrize(
    "text",
    [
        "The Winter Olympics were loud.",  # a season alone
        "The Beijing Olympics were loud.",  # two editions of one host
        "The 2021 Winter Games were invented.",  # no such year
        "The 2012 Winter Games were invented.",  # no such season in that year
        "Fans love the Games.",  # none was named before
        "A computer games shop opened in 2012.",
    ],
)
def test_clues_that_fit_no_or_several_editions_tell_nothing(
    make_reading: MakeReading, text: str
) -> None:
    assert editions(settled(make_reading, text)) == {}


def test_the_games_after_an_edition_are_that_edition(make_reading: MakeReading) -> None:
    reading = settled(make_reading, "The 2012 Summer Olympics ended. Fans love the Games.")
    assert editions(reading) == {"2012 Summer Olympics": ["2012 Summer Olympics", "Games"]}


def test_an_ambiguous_host_means_the_edition_named_before(make_reading: MakeReading) -> None:
    text = "The Beijing 2022 Games were loud. Fans liked the Beijing Games."
    assert editions(settled(make_reading, text)) == {
        "2022 Winter Olympics": ["Beijing 2022 Games", "Beijing Games"]
    }


@pytest.mark.parametrize("text", ["The Tokyo Olympics ended.", "Guests saw the Tokyo Olympics."])
def test_a_host_before_a_name_of_the_series_is_a_clue(make_reading: MakeReading, text: str) -> None:
    assert editions(settled(make_reading, text)) == {"2020 Summer Olympics": ["Tokyo Olympics"]}


@pytest.mark.parametrize(
    "text",
    [
        "Paris 2024 was near. Many hotels waited for the postponed Olympics.",
        "Paris 2024 was near. The Olympic Games, which were put off, need hotels.",
    ],
)
def test_what_was_put_off_or_is_explained_is_the_edition_before(
    make_reading: MakeReading, text: str
) -> None:
    ((edition, mentions),) = editions(settled(make_reading, text)).items()
    assert (edition, len(mentions)) == ("2024 Summer Olympics", 2)


@pytest.mark.parametrize(
    "text",
    [
        "Paris 2024 was near. Posters of earlier Games were sold.",
        "Paris 2024 was near. The Olympics are a business.",
        "Paris 2024 was near. Cities that want the Olympics must wait.",
    ],
)
def test_other_games_are_not_the_edition_before(make_reading: MakeReading, text: str) -> None:
    assert editions(settled(make_reading, text)) == {"2024 Summer Olympics": ["Paris 2024"]}


def test_the_last_edition_named_counts(make_reading: MakeReading) -> None:
    text = "The 2012 Summer Olympics ended. The Tokyo Games began. Fans love the Games."
    assert editions(settled(make_reading, text)) == {
        "2012 Summer Olympics": ["2012 Summer Olympics"],
        "2020 Summer Olympics": ["Tokyo Games", "Games"],
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Tokyo Games were expensive.",
            [("2020 Summer Olympics", "heldIn", "Tokyo", "Tokyo Games")],
        ),
        (
            "The Summer Games in Paris were loud.",
            [("2024 Summer Olympics", "heldIn", "Paris", "Summer Games in Paris")],
        ),
        (
            "The 2022 Winter Games began.",
            [("2022 Winter Olympics", "year", "2022", "2022 Winter Games")],
        ),
        (
            "The Beijing 2022 Games were loud.",
            [
                ("2022 Winter Olympics", "heldIn", "Beijing", "Beijing 2022 Games"),
                ("2022 Winter Olympics", "year", "2022", "Beijing 2022 Games"),
            ],
        ),
        (
            "In August 2008 the 49th Summer Olympics opened.",
            [
                ("2008 Summer Olympics", "editionNumber", "49", "49th Summer Olympics"),
                ("2008 Summer Olympics", "year", "2008", "August 2008 the 49th Summer Olympics"),
                (
                    "2008 Summer Olympics",
                    "startDate",
                    "2008-08",
                    "August 2008 the 49th Summer Olympics",
                ),
            ],
        ),
        ("The Winter Olympics were loud.", []),
    ],
)
def test_an_edition_states_what_its_mention_says(
    make_reading: MakeReading, text: str, expected: list[tuple[str, str, str, str]]
) -> None:
    assert facts(settled(make_reading, text)) == expected


def test_the_games_state_nothing_by_themselves(make_reading: MakeReading) -> None:
    reading = settled(make_reading, "The 2012 Summer Olympics ended. Fans love the Games.")
    assert len(facts(reading)) == 1


def test_a_domain_without_series_has_no_editions(annotator: Annotator, olympics: Ontology) -> None:
    lexicon = {k: v for k, v in olympics.lexicon.items() if k != "series"}
    ontology = replace(olympics, lexicon=lexicon)
    reading = Reading(annotator.annotate(make_page("The Tokyo Games ended.")), ontology)
    settle_editions(reading, gazetteer_of(ontology))
    assert list(edition_facts(reading)) == []


@pytest.mark.parametrize(
    ("published", "text", "expected"),
    [
        ("2031-05-02", "Fans slept.", 2031),
        ("2031", "Fans slept.", 2031),
        ("May 2031", "Fans slept.", None),
        (None, "Fans slept.", None),
        (None, "This year's 2028 Summer Olympics sold out.", 2028),
        ("2031", "This year's 2028 Summer Olympics sold out.", 2031),
        (None, "Every year's tickets sold out.", None),
    ],
)
def test_the_reference_year_is_the_date_or_this_years_edition(
    annotator: Annotator,
    make_reading: MakeReading,
    published: str | None,
    text: str,
    expected: int | None,
) -> None:
    reading = settled(make_reading, text)
    article = replace(reading.annotated.article, published=published)
    reading.annotated = replace(reading.annotated, article=article)
    assert reference_year(reading) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The 16th Asian Games were held in Guangzhou in 2010.",
        "The 12th Summer Paralympic Games were held in Athens in 2004.",
        "The 2nd Summer Youth Olympic Games opened in London in 2012.",
        "The 12th National Games took place in Beijing in 2022.",
        "The 21st Commonwealth Games of 2018 were loud.",
        "The Special Olympics of 2012 were held in London.",
    ],
)
def test_a_word_that_no_edition_has_names_another_series(
    make_reading: MakeReading, text: str
) -> None:
    assert editions(settled(make_reading, text)) == {}


def test_what_is_named_beside_an_edition_does_not_make_it_another(
    make_reading: MakeReading,
) -> None:
    text = "The Tokyo 2020 Olympic and Paralympic Games were loud."
    assert list(editions(settled(make_reading, text))) == ["2020 Summer Olympics"]
