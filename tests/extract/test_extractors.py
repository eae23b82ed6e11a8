"""Which extractors run: the seam that learned relations and language models come in by."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract import extract
from kg.extract.claims import Claim, Rejections
from kg.extract.drafts import Place, Reading
from kg.extract.reference import Reference
from kg.ontology.domain import Ontology
from kg.read.annotate import Annotator
from tests.extract.builders import make_page, stated

TEXT = "Vexil Corp has bought Tarn Corp in May. It sponsors the Olympic Games."


def propose(reading: Reading, reference: Reference, rejections: Rejections) -> Iterator[Claim]:
    """That the first entity provides the second; and one candidate that it turns down."""
    subject, obj = sorted(reading.drafts, key=lambda d: d.first)[:2]
    rejections.add("test: turned down")
    yield Claim(subject, "partnerOf", obj, Place(0, 0, 4), "llm:test", 0.4)


def test_a_proposer_adds_claims_to_those_of_the_rules(
    annotator: Annotator, olympics: Ontology
) -> None:
    annotated = annotator.annotate(make_page(TEXT))
    rules = extract(annotated, olympics)
    both = extract(annotated, olympics, proposers=[propose])
    assert ("Vexil Corp", "partnerOf", "Tarn Corp", "asserted", None) in stated(both)
    assert set(rules.statements) <= set(both.statements)
    assert both.rejected["test: turned down"] == 1


def test_without_the_rules_only_proposals_are_stated(
    annotator: Annotator, olympics: Ontology
) -> None:
    annotated = annotator.annotate(make_page(TEXT))
    alone = extract(annotated, olympics, extractors=("llm",), proposers=[propose])
    assert [s.evidence.extractor for s in alone.statements] == ["llm:test"]
    assert extract(annotated, olympics, extractors=("llm",)).statements == ()
