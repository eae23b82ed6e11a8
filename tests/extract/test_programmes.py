"""What goes with an event, and what only sounds so: a bank, a museum, a club, a space agency."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.ontology.domain import Ontology
from kg.read.annotate import Annotator
from tests.extract.builders import make_page

GOES_WITH = [  # text, what goes with which event, stance
    (
        "Kestrel Bank launched a savings card to coincide with the Brask Marathon.",
        ("Savings card", "Brask Marathon", "asserted"),
    ),
    (
        "The museum will open a glass exhibition to mark the 2012 Summer Olympics.",
        ("Glass exhibition", "2012 Summer Olympics", "planned"),
    ),
    (
        "The club did not issue a silver badge to celebrate the Brask Marathon.",
        ("Silver badge", "Brask Marathon", "negated"),
    ),
    (
        "The space agency published a star atlas on the occasion of the Brask Festival.",
        ("Star atlas", "Brask Festival", "asserted"),
    ),
    (
        "Kestrel Bank unveiled a payment app ahead of the 2012 Summer Olympics.",
        ("Payment app", "2012 Summer Olympics", "asserted"),
    ),
    (
        "A chess workshop was held in conjunction with the Brask Festival.",
        ("Chess workshop", "Brask Festival", "asserted"),
    ),
    (
        "The release of the rowing game was timed for the Brask Marathon.",
        ("Rowing game", "Brask Marathon", "asserted"),
    ),
    (
        "The poster campaign was timed to coincide with the Brask Festival.",
        ("Poster campaign", "Brask Festival", "asserted"),
    ),
    (
        "The museum screened a polar film as part of the Brask Festival.",
        ("Polar film", "Brask Festival", "asserted"),
    ),
    (
        "The glass exhibition is part of the cultural programme of the Brask Festival.",
        ("Glass exhibition", "Brask Festival", "asserted"),
    ),
    (
        "The first stop in the London 2012 programme is a glass exhibition.",
        ("Glass exhibition", "2012 Summer Olympics", "asserted"),
    ),
    (
        "The club will run a chess workshop in line with what is going on at the Brask Festival.",
        ("Chess workshop", "Brask Festival", "planned"),
    ),
    (
        "The space agency minted a moon coin to mark the 50th anniversary of the landing.",
        ("Moon coin", "50th anniversary", "asserted"),
    ),
    (
        "Kestrel Bank held an investor workshop ahead of the Acadian election.",
        ("Investor workshop", "Acadian election", "asserted"),
    ),
    (
        "Kestrel Bank will host rowing activities in May. "
        "These lively programmes will be in line with the Brask Festival.",
        ("Rowing activities", "Brask Festival", "planned"),
    ),
]
ONLY_SOUNDS_SO = [
    "Kestrel Bank raised its fees in line with inflation.",
    "The profit of Kestrel Bank was in line with expectations.",
    "The space agency launched the weather satellite ahead of schedule.",
    "The club finished ahead of its rivals at the Brask Marathon.",
    "The glass exhibition was marked by rain during the Brask Festival.",
    "Kestrel Bank launched a savings card as part of a broader plan.",
    "The museum opened a glass exhibition to celebrate its founder.",
    "The rowing game is timed at two minutes.",
    "The glass exhibition coincided with a strike.",
    "Kestrel Bank is part of the Brask Group.",
    "The first stop in the winter programme is a glass exhibition.",
    "Jane Roe won the Brask Marathon ahead of Ola Berg.",
    "A stop in the London 2012 programme is a burden.",
    "The coordinator was appointed ahead of the Brask Festival.",
    "Two years were spent in keeping with the plan.",
]
pytestmark = pytest.mark.model


def _said(text: str, annotator: Annotator, olympics: Ontology) -> list[tuple[str, str, str]]:
    extraction = extract(annotator.annotate(make_page(text)), olympics)
    labels = {e.id: e.label for e in extraction.entities}
    return [
        (labels[s.subject], labels[str(s.object)], s.modality.value)
        for s in extraction.statements
        if s.predicate == "accompanies"
    ]


@pytest.mark.parametrize(("text", "expected"), GOES_WITH)
def test_what_goes_with_an_event(
    text: str, expected: tuple[str, str, str], annotator: Annotator, olympics: Ontology
) -> None:
    assert _said(text, annotator, olympics) == [expected]


@pytest.mark.parametrize("text", ONLY_SOUNDS_SO)
def test_what_only_sounds_so(text: str, annotator: Annotator, olympics: Ontology) -> None:
    assert _said(text, annotator, olympics) == []
