"""Names of an invented domain in tokenised text, right and misspelt."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.lang.en import English
from spacy.tokens import Doc

from kg.extract.names import Gazetteer, gazetteer_of
from kg.ontology.domain import KnownName, Ontology
from tests.factories import make_ontology

PARENTS = {
    "Organization": (),
    "Company": ("Organization",),
    "Place": (),
    "City": ("Place",),
    "Event": (),
    "Cup": ("Event",),
    "Technology": (),
}


def _name(key: str, type_: str, *labels: str, **properties: str) -> KnownName:
    return KnownName(
        iri=f"urn:{key}",
        type=type_,
        label=labels[0],
        alt_labels=labels[1:],
        properties={name: (value,) for name, value in properties.items()},
    )


NAMES = (
    _name("halvor", "Company", "Halvor Marine", "Halvor"),
    _name("halvor-bank", "Company", "Halvor Marine Bank"),
    _name("teo", "Company", "T.E.O. Works", "Teo's"),
    _name("brask", "City", "Brask"),
    _name("brast", "City", "Brast"),
    _name("kolvenburg", "City", "Kolvenburg"),
    _name("open", "Company", "Openly"),
    _name("tides", "Technology", "tide mapping"),
    _name("cup-1", "Cup", "Harbour Cup 1991", year="1991"),
    _name("cup-2", "Cup", "Harbour Cup 1987", year="1987"),
    _name("cup", "Cup", "Harbour Cup"),
)


ENGLISH = English()


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return replace(make_ontology(PARENTS), names={n.iri: n for n in NAMES})


@pytest.fixture(scope="module")
def gazetteer(ontology: Ontology) -> Gazetteer:
    return Gazetteer(ontology)


def found(gazetteer: Gazetteer, doc: Doc) -> list[tuple[str, str]]:
    return [(doc[m.start : m.end].text, m.name.iri) for m in gazetteer.matches(doc)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yesterday Halvor sailed.", [("Halvor", "urn:halvor")]),
        ("At Halvor Marine Bank", [("Halvor Marine Bank", "urn:halvor-bank")]),
        ("Halvor Marine met Halvor", [("Halvor Marine", "urn:halvor"), ("Halvor", "urn:halvor")]),
        ("HALVOR MARINE rose", [("HALVOR MARINE", "urn:halvor")]),
        ("the halvor fish", []),  # a capital of the label must be one of the text
        ("Halvor marine life", [("Halvor", "urn:halvor")]),
        ("T.E.O. Works grew", [("T.E.O. Works", "urn:teo")]),
        ("shops at Teo’s today", [("Teo’s", "urn:teo")]),  # typographic apostrophe
        ("it did tide mapping", [("tide mapping", "urn:tides")]),
        ("Tide Mapping is new", [("Tide Mapping", "urn:tides")]),
        ("the Harbour Cup 1991 began", [("Harbour Cup 1991", "urn:cup-1")]),
        ("Halvors and Halv", []),
        ("", []),
    ],
)
def test_matches_finds_longest_labels_with_their_capitals(
    gazetteer: Gazetteer, text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(gazetteer, ENGLISH(text)) == expected


@given(st.lists(st.sampled_from(["Halvor", "Marine", "Bank", "Brask", "and", "the"]), max_size=12))
def test_matches_do_not_overlap_and_stand_in_text_order(
    gazetteer: Gazetteer, words: list[str]
) -> None:
    matches = list(gazetteer.matches(Doc(ENGLISH.vocab, words=words)))
    assert all(left.end <= right.start for left, right in pairwise(matches))
    labels = {label for n in NAMES for label in n.labels}
    assert all(" ".join(words[m.start : m.end]) in labels for m in matches)


@pytest.mark.parametrize(
    ("text", "types", "expected"),
    [
        ("Halvr", ["Company"], "urn:halvor"),  # a letter is missing
        ("Hallvor", ["Company"], "urn:halvor"),  # one too many
        ("Halver", ["Company"], "urn:halvor"),  # another one
        ("Havlor", ["Company"], "urn:halvor"),  # two neighbours swapped
        ("Halvor Marin", ["Company"], "urn:halvor"),
        ("Halvor", ["Company"], None),  # right as it is
        ("Galvor", ["Company"], None),  # the first letter must be right
        ("halvr", ["Company"], None),  # a name starts with a capital
        ("Hlavro", ["Company"], None),  # two edits in a short name
        ("Kolvenbrug", ["City"], "urn:kolvenburg"),
        ("Kolvunborg", ["City"], "urn:kolvenburg"),  # two edits in a long word
        ("Kalvenborg", ["City"], None),  # and its first three letters must be right
        ("Halvur Marina", ["Company"], None),  # two edits in two words
        ("Kolvenburg X", ["City"], None),
        ("Halver", ["City"], None),  # a company where a city is meant
        ("Halver", ["Place", "Organization"], "urn:halvor"),  # by superclass
        ("Brasp", ["City"], None),  # Brask or Brast
        ("Teo", ["Company"], None),  # too short to tell
        ("", ["Company"], None),
    ],
)
def test_near_finds_the_one_name_that_a_slip_can_mean(
    gazetteer: Gazetteer, text: str, types: list[str], expected: str | None
) -> None:
    near = gazetteer.near(text, types)
    assert (near.iri if near is not None else None) == expected


def test_near_without_types_admits_nothing(gazetteer: Gazetteer) -> None:
    assert gazetteer.near("Halver", []) is None


def test_editions_have_a_year_and_are_sorted_by_iri(gazetteer: Gazetteer) -> None:
    assert [n.iri for n in gazetteer.editions("Event")] == ["urn:cup-1", "urn:cup-2"]
    assert gazetteer.editions("City") == ()


def test_gazetteer_of_is_built_once_for_an_ontology(ontology: Ontology) -> None:
    assert gazetteer_of(ontology) is gazetteer_of(ontology)
    assert gazetteer_of(make_ontology(PARENTS)) is not gazetteer_of(ontology)
