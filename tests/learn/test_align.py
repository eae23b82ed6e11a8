"""Where the arguments of a triple are found in a text, and what is said where they are not."""

from __future__ import annotations

import pytest

from kg.extract.learned.candidates import candidates
from kg.extract.learned.view import DocView
from kg.learn.align import align
from kg.learn.examples import Triple
from kg.read.annotate import Annotator

pytestmark = pytest.mark.model

TEXT = (
    "Zoë Marrow (born 12 May 1971) built the Old Mill at Corvane for 8,500 crowns, "
    "and the Old Mill burned in 1999."
)


@pytest.fixture(scope="module")
def view(annotator: Annotator) -> DocView:
    return DocView(next(iter(annotator.parse([TEXT]))))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Zoe_Marrow", ["Zoë Marrow"]),
        ("1971-05-12", ["12 May 1971"]),
        ("8500", ["8,500"]),
        ("8500.0", ["8,500"]),
        ("The Old Mill", ["the Old Mill", "the Old Mill"]),
        ("Old Mill", ["Old Mill", "Old Mill"]),
        ("1 January 1999", ["1999"]),
        ("New Mill", []),
        ("ill", []),
    ],
)
def test_places_of_a_name(view: DocView, name: str, found: list[str]) -> None:
    aligned = align(view, Triple("Corvane", "r", name))
    assert [view.span_text(*place) for place in aligned.objects] == found
    assert aligned.reason == ("" if found else "object not in the text")


def test_a_given_span_is_taken_as_it_is(view: DocView) -> None:
    start = TEXT.rindex("Old Mill")
    aligned = align(view, Triple("it", "r", "Corvane", subject_span=(start, start + 8)))
    assert [view.starts[s] for s, _ in aligned.subjects] == [start]


def test_what_is_missing_is_said(view: DocView) -> None:
    assert align(view, Triple("Nowhere", "r", "Nobody")).reason == (
        "subject and object not in the text"
    )
    assert align(view, Triple("Corvane", "r", "Corvane")).reason == (
        "subject and object are the same words"
    )


def test_what_annotators_mark_is_a_candidate(view: DocView) -> None:
    found = {view.span_text(c.start, c.end) for c in candidates(view)}
    assert {"Zoë Marrow", "12 May 1971", "Old Mill", "Corvane", "8,500", "1999"} <= found
    assert len(found) < 3 * len(view)
