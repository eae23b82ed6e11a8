"""Fixtures of the tests of kg.extract: the ontology, the pipeline, readings and statements."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract import extract
from kg.extract.aliases import unite_aliases
from kg.extract.classify import classify
from kg.extract.drafts import Reading
from kg.extract.lexicon import Lexicon
from kg.extract.mentions import find_names
from kg.extract.names import Gazetteer
from kg.extract.posts import employments
from kg.extract.reference import Reference
from kg.ontology.domain import Ontology, load_ontology
from kg.read.annotate import Annotator, load_annotator
from tests.extract.builders import Stated, make_page, stated

MakeReading = Callable[..., Reading]
MakeReference = Callable[[str], tuple[Reading, Reference]]
ExtractFrom = Callable[[str], list[Stated]]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test that loads the pipeline, so that none can forget to."""
    for item in items:
        if "annotator" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.model)


@pytest.fixture(scope="session")
def olympics() -> Ontology:
    """The packaged olympics domain."""
    return load_ontology("olympics")


@pytest.fixture(scope="session")
def lexicon(olympics: Ontology) -> Lexicon:
    """The word lists of the olympics domain."""
    return Lexicon(olympics)


@pytest.fixture(scope="session")
def annotator() -> Annotator:
    """The packaged pipeline."""
    return load_annotator()


@pytest.fixture(scope="session")
def make_reading(annotator: Annotator, olympics: Ontology) -> MakeReading:
    """Text to Reading: paragraphs are body blocks, one that starts with "# " is a headline.

    With `named=True` its names are found, classified and united, as the extractors expect.
    """
    gazetteer = Gazetteer(olympics)

    def make(text: str, *, named: bool = False) -> Reading:
        reading = Reading(annotator.annotate(make_page(text)), olympics)
        if named:
            find_names(reading, gazetteer)
            classify(reading)
            unite_aliases(reading, gazetteer)
        return reading

    return make


@pytest.fixture(scope="session")
def extract_from(annotator: Annotator, olympics: Ontology) -> ExtractFrom:
    """Text to its statements: (subject label, predicate, object label or value, modality, speaker
    label), in text order.
    """

    def run(text: str) -> list[Stated]:
        return stated(extract(annotator.annotate(make_page(text)), olympics))

    return run


@pytest.fixture(scope="session")
def make_reference(make_reading: MakeReading) -> MakeReference:
    """Text to the Reading of it with names found, and its coreference with posts and speakers."""

    def make(text: str) -> tuple[Reading, Reference]:
        reading = make_reading(text, named=True)
        reference = Reference(reading)
        list(employments(reading, reference))  # notes for whom people work
        reference.speech.assign_speakers()
        return reading, reference

    return make
