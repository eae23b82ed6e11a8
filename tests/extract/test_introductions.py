"""Offerings introduced as parts of a whole."""

from __future__ import annotations

import pytest

from kg.extract.arguments import predications
from kg.extract.introductions import inclusions
from tests.extract.conftest import MakeReference


@pytest.mark.parametrize(
    ("text", "whole", "parts"),
    [
        ("Fjordix tools include a compass and a map.", "tools", ["compass", "map"]),
        (
            "Fjordix offers tools such as a weather app and a route planner.",
            "tools",
            ["app", "planner"],
        ),
        ("Fjordix sells tools, including ropes and sails.", "tools", ["ropes", "sails"]),
    ],
)
def test_inclusions(text: str, whole: str, parts: list[str], make_reference: MakeReference) -> None:
    reading, _ = make_reference(text)
    (sentence,) = reading.annotated.blocks[0].doc.sents
    found = list(inclusions(sentence, list(predications(sentence, reading.lexicon)), reading))
    assert [(w.text, [t.text for t in p]) for w, p in found] == [(whole, parts)]
