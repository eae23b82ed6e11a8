"""Entities that a set marks: pairs of them, what is said of them, and what follows."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from tools.bench_entities import closed, load_rules, mentions_of, named, with_pairs
from tools.bench_figures import outside, profiles

TEXT = "Ann Roe, born in Tarn, runs Quill. Roe met Bo Lee in Tarn."
ROW: dict[str, Any] = {
    "id": "1",
    "text": TEXT,
    "ontology": "o",
    "meta": {
        "entities": [
            {"name": "Ann Roe", "type": "PER", "mentions": [[0, 7], [35, 38]]},
            {"name": "Bo Lee", "type": "PER", "mentions": [[43, 49]]},
            {"name": "Tarn", "type": "LOC", "mentions": [[17, 21], [53, 57]]},
        ]
    },
    "triples": [
        {
            "s": "Ann Roe",
            "p": "met",
            "o": "Bo Lee",
            "s_spans": [[0, 7], [35, 38]],
            "o_spans": [[43, 49]],
        }
    ],
}


def test_a_pair_is_looked_at_where_its_mentions_are_closest() -> None:
    row = with_pairs(ROW)
    spans = [tuple(tuple(e["span"]) for e in pair) for pair in row["pairs"]]
    assert spans == [((35, 38), (43, 49)), ((0, 7), (17, 21)), ((43, 49), (53, 57))]
    assert row["triples"][0]["s"] == "Roe"
    assert row["gold"] == ROW["triples"]
    assert ROW["triples"][0]["s"] == "Ann Roe"


def test_what_is_found_is_said_of_the_entity() -> None:
    found = [{"s": "Roe", "p": "met", "o": "Bo Lee", "s_span": [35, 38], "o_span": [43, 49]}]
    assert [(f["s"], f["o"]) for f in named(ROW, found)] == [("Ann Roe", "Bo Lee")]


def test_mentions_have_the_type_of_their_entity() -> None:
    found = mentions_of(ROW)
    assert found is not None
    assert {"span": [35, 38], "type": "PER"} in found
    assert len(found) == 5
    assert mentions_of({"text": ""}) is None


LIES, HOLDS = (
    "located in the administrative territorial entity",
    "contains administrative territorial entity",
)


def test_closure_draws_chains_of_what_was_drawn() -> None:
    triples = {("a", LIES, "b"), ("c", HOLDS, "b"), ("c", "country", "d"), ("x", "spouse", "y")}
    assert closed(triples, load_rules()) - triples == {
        ("b", HOLDS, "a"),
        ("b", LIES, "c"),
        ("a", LIES, "c"),
        ("c", HOLDS, "a"),
        ("a", "country", "d"),
        ("b", "country", "d"),
        ("y", "spouse", "x"),
    }


def test_closure_ends_in_a_circle_and_says_nothing_of_a_thing_and_itself() -> None:
    circle = {("a", LIES, "b"), ("b", LIES, "a")}
    assert {(s, o) for s, _, o in closed(circle, load_rules())} == {("a", "b"), ("b", "a")}


def test_inverses_are_inverse_both_ways_unless_one_is_wider() -> None:
    inverse = load_rules()["inverse"]
    one_way = {p for p, qs in inverse.items() for q in qs if p not in inverse.get(q, ())}
    assert one_way == {"father", "mother"}


@pytest.fixture
def score() -> Any:
    """What is used of the scorer: stems are lower-case words here."""
    return cast(
        "Any",
        SimpleNamespace(_stemjoin=lambda t: t.replace(" ", "").lower(), norm=str.lower),
    )


def test_what_the_measure_does_not_find_is_told_apart(score: Any) -> None:
    text = "Ann was born on 4 June 1961 in Tarn"
    found = {
        "1": [
            {"s": "Ann", "o": "1961-06-04", "s_span": [0, 3], "o_span": [16, 27]},
            {"s": "Bob", "o": "Tarn", "s_span": [0, 3], "o_span": [31, 35]},
        ]
    }
    gold = [{"id": "1", "text": text, "ontology": "o"}]
    counts = outside(score, gold, found, {"o": {"concepts": [{"label": "town"}]}})
    assert counts["subjects"] == {"all": 2, "words of the text": 0, "the same date": 0, "other": 1}
    assert counts["objects"] == {"all": 2, "words of the text": 0, "the same date": 1, "other": 0}


def test_the_profile_of_an_ontology(score: Any) -> None:
    gold = [
        {"ontology": "o", "text": "ann of tarn", "triples": [{"s": "ann", "p": "of", "o": "tarn"}]},
        {"ontology": "o", "text": "tarn", "triples": [{"s": "ann", "p": "in", "o": "tarn"}] * 3},
    ]
    assert profiles(score, gold) == {
        "o": {"texts": 2, "triples a text": 2.0, "relations": 2, "not in the text": 0.75}
    }
