"""Every packaged frame reads a sentence of its own; frames.toml beside this file has them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kg.extract import extract
from kg.ontology.domain import Ontology, domain_names, load_ontology
from kg.read.annotate import Annotator
from tests.extract.builders import make_page

CASES: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("frames.toml").read_text("utf-8")
)
pytestmark = pytest.mark.model


def read(annotator: Annotator, olympics: Ontology, frame: str) -> list[list[str]]:
    """[subject, object] of each statement that the frame makes of its text, as labels."""
    text = CASES[frame]["text"]
    extraction = extract(annotator.annotate(make_page(text)), olympics)
    labels = {e.id: e.label for e in extraction.entities}
    return [
        [labels[s.subject], labels[s.object] if isinstance(s.object, str) else s.object.value]
        for s in extraction.statements
        if s.evidence.extractor == f"frames/{frame}"
    ]


def test_every_packaged_frame_has_a_case_and_every_case_a_frame() -> None:
    assert {f.id for d in domain_names() for f in load_ontology(d).frames} == set(CASES)


@pytest.mark.parametrize("frame", [f for f, case in CASES.items() if "reads" in case])
def test_frame_reads_its_sentence(annotator: Annotator, olympics: Ontology, frame: str) -> None:
    assert CASES[frame]["reads"] in read(annotator, olympics, frame)


@pytest.mark.parametrize("frame", [f for f, case in CASES.items() if "silent" in case])
def test_frame_without_an_example_is_still_silent(
    annotator: Annotator, olympics: Ontology, frame: str
) -> None:
    assert read(annotator, olympics, frame) == []
