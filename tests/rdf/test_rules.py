"""Shapes put so that they are checked at once break for the same nodes, with the same messages."""

import pyshacl
import pytest
import rdflib

from kg.rdf import validate as validation
from kg.rdf.codec import flatten
from kg.rdf.rules import SH, hand_down_targets
from tests.rdf.strategies import ONTOLOGY
from tests.rdf.test_validate import MUTANTS, QUADS

TOGETHER = (
    "no stance",
    "confidence as text",
    "literal speaker",
    "empty passage",
    "no extractor",
    "object of a wrong class",
    "qualifier without words",
    "two names",
    "link that is text",
    "judgement without reason",
    "blank statement",
)


def test_targets_handed_down_change_no_violation(monkeypatch: pytest.MonkeyPatch) -> None:
    quads = list(flatten(QUADS))
    for name in TOGETHER:
        quads = MUTANTS[name][0](quads)
    monkeypatch.setattr(validation, "compile_shapes", lambda triples: None)  # pySHACL is asked
    at_once = validation.validate_quads(quads, ONTOLOGY).violations
    monkeypatch.setattr(validation, "hand_down_targets", lambda shapes: None)
    one_by_one = validation.validate_quads(quads, ONTOLOGY).violations
    assert at_once == one_by_one
    assert len({v.message for v in at_once}) >= len(TOGETHER)


NEEDED_WHOLE = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:closed> sh:targetClass <urn:C> ; sh:closed true ; sh:ignoredProperties ( <urn:type> ) ;
    sh:property [ sh:path <urn:p> ] .
<urn:off> sh:targetClass <urn:C> ; sh:deactivated true ;
    sh:property [ sh:path <urn:p> ; sh:minCount 9 ] .
<urn:part> sh:targetClass <urn:C> ; sh:property [ sh:path <urn:p> ; sh:minCount 1 ] .
<urn:whole> sh:targetSubjectsOf <urn:has> ; sh:property [ sh:path <urn:has> ; sh:node <urn:part> ] .
<urn:path> sh:targetClass <urn:C> ; sh:path <urn:p> ;
    sh:property [ sh:path <urn:q> ; sh:minCount 1 ] .
"""
DATA = """
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
<urn:a> a <urn:C> ; <urn:p> <urn:b> ; <urn:odd> 1 .
<urn:x> <urn:has> <urn:y> .
"""


def results(shapes: rdflib.Graph) -> set[tuple[str, ...]]:
    """Focus, path, value and component of each result."""
    data = rdflib.Graph().parse(data=DATA)
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    assert isinstance(report, rdflib.Graph)
    sh = rdflib.Namespace(SH)
    parts = (sh.focusNode, sh.resultPath, sh.value, sh.sourceConstraintComponent)
    return {
        tuple(str(report.value(node, part)) for part in parts)
        for node in report.objects(None, sh.result)
    }


def test_shapes_that_need_their_properties_keep_them() -> None:
    shapes = rdflib.Graph().parse(data=NEEDED_WHOLE)
    expected = results(rdflib.Graph().parse(data=NEEDED_WHOLE))
    hand_down_targets(shapes)
    kept = {str(node) for node in shapes.subjects(rdflib.Namespace(SH).property)}
    assert kept == {"urn:closed", "urn:off", "urn:part", "urn:path"}
    assert results(shapes) == expected
    assert len(expected) == 4
