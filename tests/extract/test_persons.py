"""What makes a name a person's, against a recogniser that takes it for something else."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kg.extract.drafts import Draft, Place, Reading
from kg.extract.persons import person_votes
from kg.ontology.domain import load_ontology
from tests.extract.builders import annotated_docs, make_doc

ORG = "ORG"
Names = Sequence[tuple[int, int]]  # tokens of each name


def _votes(
    names: Names, *arguments: object, label: str = ORG, **options: object
) -> dict[str, float]:
    """Votes for a person by name, in a text whose names the recogniser takes for companies."""
    ents = [(start, end, label) for start, end in names]
    doc = make_doc(*arguments, ents=ents, **options)  # type: ignore[arg-type]
    reading = Reading(annotated_docs(doc), load_ontology("newsroom"))
    drafts: dict[str, Draft] = {}
    for start, end in names:
        text = doc[start:end].text
        draft = drafts.setdefault(text, Draft(text))
        draft.recognised[{"ORG": "Company", "GPE": "City", "PERSON": "Person"}[label]] += 2.0
        reading.add(draft, Place(0, start, end))
    person_votes(reading)
    return {d.label: d.votes["Person"] for d in reading.drafts}


def test_an_age_behind_the_name_is_a_person_s() -> None:
    words = "Brask , 61 , sails ."
    found = _votes([(0, 1)], words, [4, 0, 0, 0, 4, 4], "nsubj punct appos punct ROOT punct")
    assert found["Brask"] >= 5


@pytest.mark.parametrize("word", ["1961", "5", "120", "3.5", "Oslo"])
def test_other_numbers_behind_a_name_are_no_age(word: str) -> None:
    words = f"Brask , {word} , sails ."
    found = _votes([(0, 1)], words, [4, 0, 0, 0, 4, 4], "nsubj punct appos punct ROOT punct")
    assert found["Brask"] == 0


def test_he_in_the_next_sentence_takes_the_subject_up() -> None:
    deps = "nsubj ROOT punct nsubj ROOT punct"
    he = _votes([(0, 1)], "Brask won . He left .", [1, 1, 1, 4, 4, 4], deps)
    it = _votes([(0, 1)], "Brask won . It left .", [1, 1, 1, 4, 4, 4], deps)
    assert he["Brask"] > 0 == it["Brask"]


def test_who_is_a_person_s_but_not_behind_a_preposition() -> None:
    who = _votes(
        [(0, 1)], "Brask , who sails , won .", [5, 0, 3, 0, 0, 5, 5],
        "nsubj punct nsubj relcl punct ROOT punct",
    )  # fmt: skip
    adviser = _votes(
        [(2, 3)], "Advisers at Zorvex , who sail , won .", [7, 0, 1, 2, 5, 2, 2, 7, 7],
        "nsubj prep pobj punct nsubj relcl punct ROOT punct",
    )  # fmt: skip
    assert who["Brask"] > 0 == adviser["Zorvex"]


def test_kin_and_owner() -> None:
    deps = "poss case nsubj ROOT punct"
    tags = "NNP POS NN VBD ."
    kin = _votes([(0, 1)], "Brask 's daughter won .", [2, 0, 3, 3, 3], deps, tags)
    plant = _votes([(0, 1)], "Brask 's factory won .", [2, 0, 3, 3, 3], deps, tags)
    assert kin["Brask"] > 0 == plant["Brask"]


def test_what_somebody_is_before_the_name() -> None:
    deps, heads = "compound nsubj ROOT punct", [1, 2, 2, 2]
    singer = _votes([(1, 2)], "Singer Brask won .", heads, deps, "NN NNP VBD .")
    several = _votes(
        [(1, 2)], "Singers Brask won .", heads, deps, "NNS NNP VBD .", lemmas={"Singers": "singer"}
    )
    assert singer["Brask"] > 0 == several["Brask"]


def test_an_initial_in_the_middle() -> None:
    found = _votes(
        [(0, 3)], "Ada Q. Brask won .", [2, 2, 3, 3, 3], "compound compound nsubj ROOT punct"
    )
    assert found["Ada Q. Brask"] > 0


def test_the_surname_shares_what_is_known_of_the_full_name() -> None:
    words = "Ada Brask won . Brask left . She sails ."
    heads, deps = (
        [1, 2, 2, 2, 5, 5, 5, 8, 8, 8],
        "compound nsubj ROOT punct nsubj ROOT punct nsubj ROOT punct",
    )
    found = _votes([(0, 2), (4, 5)], words.replace("She sails .", "She sails ."), heads[:10], deps)
    assert found["Ada Brask"] > 4
    assert found["Brask"] > 4


@pytest.mark.parametrize(
    ("full", "short"), [("Oster Airlines", "Airlines"), ("Harbour BANK", "BANK")]
)
def test_a_noun_that_ends_a_name_is_no_surname(full: str, short: str) -> None:
    words = f"{full} won . {short} left . She sails ."
    heads, deps = (
        [1, 2, 2, 2, 5, 5, 5, 8, 8, 8],
        "compound nsubj ROOT punct nsubj ROOT punct nsubj ROOT punct",
    )
    assert _votes([(0, 2), (4, 5)], words, heads, deps)[full] == 0


def test_a_name_with_an_article_is_no_person_s() -> None:
    words = "The Brask won . He left ."
    found = _votes([(1, 2)], words, [1, 2, 2, 2, 5, 5, 5], "det nsubj ROOT punct nsubj ROOT punct")
    assert found["Brask"] == 0


def test_the_surname_of_a_place_is_none() -> None:
    words = "North Brask won . Brask left . She sails ."
    heads, deps = (
        [1, 2, 2, 2, 5, 5, 5, 8, 8, 8],
        "compound nsubj ROOT punct nsubj ROOT punct nsubj ROOT punct",
    )
    found = _votes([(0, 2), (4, 5)], words, heads, deps, label="GPE")
    assert found["North Brask"] == 0
