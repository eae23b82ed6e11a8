"""Every packaged frame reads a sentence of its own; frames.toml beside this file has them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg.extract import extract
from kg.model.extractor import RULES
from kg.ontology.domain import DEFAULT_DOMAIN, Ontology, domain_names, load_ontology
from kg.read.annotate import Annotator
from tests.extract.builders import make_page

CASES: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("frames.toml").read_text("utf-8")
)
pytestmark = pytest.mark.model


@cache
def domain(name: str) -> Ontology:
    """A packaged domain, loaded once."""
    return load_ontology(name)


def read(annotator: Annotator, frame: str) -> list[list[str]]:
    """[subject, object] of each statement that the frame makes of its text, as labels.

    The text is read under the case's domain, by the rules alone.
    """
    ontology = domain(CASES[frame].get("domain", DEFAULT_DOMAIN))
    annotated = annotator.annotate(make_page(CASES[frame]["text"]))
    extraction = extract(annotated, ontology, extractors=(RULES,))
    labels = {e.id: e.label for e in extraction.entities}
    return [
        [labels[s.subject], labels[s.object] if isinstance(s.object, str) else s.object.value]
        for s in extraction.statements
        if s.evidence.extractor == f"frames/{frame}"
    ]


def test_every_packaged_frame_has_a_case_and_every_case_a_frame() -> None:
    assert {f.id for d in domain_names() for f in domain(d).frames} == set(CASES)


@pytest.mark.parametrize("frame", [f for f, case in CASES.items() if "reads" in case])
def test_frame_reads_its_sentence(annotator: Annotator, frame: str) -> None:
    assert CASES[frame]["reads"] in read(annotator, frame)


@pytest.mark.parametrize("frame", [f for f, case in CASES.items() if "silent" in case])
def test_frame_without_an_example_is_still_silent(annotator: Annotator, frame: str) -> None:
    assert read(annotator, frame) == []
