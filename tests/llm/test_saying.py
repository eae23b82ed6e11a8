"""Which relations the words of a text can say."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kg.llm.saying import Sayings
from kg.ontology.domain import load_ontology


@pytest.fixture(scope="module")
def sayings() -> Sayings:
    return Sayings(load_ontology("newsroom"))


@pytest.mark.parametrize(
    ("relation", "text", "can"),
    [
        ("acquired", "Vexil acquired Tarn", True),
        ("acquired", "the acquisition of Tarn by Vexil", True),  # akin
        ("acquired", "Vexil praised Tarn", False),
        ("sponsorOf", "a sponsorship of the fair", True),
        ("hasSlogan", "Vexil employs 3,000 people", False),
        ("hasSlogan", "under the slogan Pump it", True),
        ("locatedIn", "the hall in Oslo", True),  # by a preposition, so by anything
        ("noSuchRelation", "Vexil praised Tarn", True),  # nothing is known of how it is said
    ],
)
def test_words_of_frames_and_labels_say_a_relation(
    sayings: Sayings, relation: str, text: str, can: bool
) -> None:
    words = text.split()
    doc = Doc(spacy.blank("en").vocab, words, lemmas=[w.lower() for w in words])
    assert sayings.can_say(relation, doc[:]) is can
