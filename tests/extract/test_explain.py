from __future__ import annotations

import pytest

from kg.extract.explain import explain
from kg.ontology.domain import load_ontology
from kg.read.annotate import Annotator

pytestmark = pytest.mark.model

SENTENCE = (
    "Borealis, a Danish toymaker, will launch a robot kit called Pulse at the Paris 2024 Olympics."
)


@pytest.fixture(scope="module")
def report(annotator: Annotator) -> str:
    return explain(SENTENCE, annotator, load_ontology("olympics"))


def test_explain_shows_names_with_their_votes(report: str) -> None:
    assert "Pulse: Product; Product" in report
    assert "2024 Summer Olympics: OlympicGames, a name of the domain" in report


def test_explain_shows_slots_and_the_frame_that_fired(report: str) -> None:
    assert "verb launch (agent: Borealis; patient: kit" in report
    assert "frame provide: Borealis provides Pulse [planned]" in report


def test_explain_says_why_a_frame_did_not_fire(report: str) -> None:
    line = next(x for x in report.splitlines() if "frame developed-with-verb" in x)
    assert "did not fire: developedWith: no object" in line


def test_explain_ends_with_the_facts_that_remain(report: str) -> None:
    facts = report.split("\nfacts\n")[1]
    assert "Borealis (Company) provides Pulse (Product): planned" in facts
    assert "Borealis (Company) basedIn Denmark (Country): asserted" in facts


def test_explain_of_a_text_without_facts_says_so(annotator: Annotator) -> None:
    report = explain("Rain fell.", annotator, load_ontology("newsroom"))
    assert report.startswith("names\n  none\n")
    assert report.endswith("facts\n  none\n")
