"""Offerings introduced as parts of a whole, or by saying what something is."""

from __future__ import annotations

import pytest

from kg.extract.arguments import predications
from kg.extract.introductions import inclusions, presented
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


@pytest.mark.parametrize(
    ("text", "offering"),
    [
        ("The project is a floating museum.", "museum"),
        ("The first step was good.", None),  # a quality
        ("A project is a floating museum.", None),  # any project
        ("The project is the floating museum.", None),  # known already
        ("The company is a weather service.", None),  # says what the company is
        ("The project opened a floating museum.", None),
    ],
)
def test_presented(text: str, offering: str | None, make_reference: MakeReference) -> None:
    reading, reference = make_reference(text)
    (sentence,) = reading.annotated.blocks[0].doc.sents
    found = [presented(p, reading, reference) for p in predications(sentence, reading.lexicon)]
    assert [t.text for t in found if t is not None] == ([offering] if offering else [])
