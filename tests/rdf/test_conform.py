"""Compiled shapes find what pySHACL finds, and say so where they cannot."""

import pyoxigraph as ox
import pytest

from kg.rdf import validate as validation
from kg.rdf.codec import flatten
from kg.rdf.conform import Index, Uncertain, compile_shapes
from kg.rdf.conform.graph_rules import GRAPH_RULES, digest_of_rule
from kg.rdf.ntriples import rows_of
from kg.rdf.trace import Triple
from tests.rdf.strategies import ONTOLOGY
from tests.rdf.test_validate import MUTANTS, QUADS

NOT_CERTAIN = {"confidence as text", "negative start", "impossible date", "blank statement"}
TOGETHER = tuple(name for name in MUTANTS if name not in NOT_CERTAIN)
PARTS = 4  # so many graphs, each broken in many ways


def shapes() -> list[Triple]:
    return validation._shapes(ONTOLOGY, "shapes.ttl")


def quick(quads: tuple[ox.Quad, ...]) -> list[tuple[str, str | None, str]] | None:
    checking = validation._Checking(ONTOLOGY)
    for start in range(0, len(quads), 100):
        checking.add(rows_of(quads[start : start + 100]))
    return checking._quickly(lambda: quads)


@pytest.mark.parametrize("part", range(PARTS))
def test_the_same_is_found_as_by_pyshacl(part: int) -> None:
    quads = list(flatten(QUADS))
    for name in TOGETHER[part::PARTS]:
        quads = MUTANTS[name][0](quads)
    found = quick(tuple(quads))
    assert found is not None
    assert set(found) == set(validation._with_pyshacl(tuple(quads), shapes(), ONTOLOGY))
    assert len({message for _, _, message in found}) > PARTS


@pytest.mark.parametrize("name", sorted(NOT_CERTAIN))
def test_what_is_ill_formed_is_left_to_pyshacl(name: str) -> None:
    assert quick(tuple(MUTANTS[name][0](list(flatten(QUADS))))) is None


def test_every_rule_over_the_graph_is_known_by_its_text() -> None:
    compiled = compile_shapes(shapes())
    assert compiled is not None
    assert {digest_of_rule(rule.select) for rule in compiled.rules} == set(GRAPH_RULES)


HEAD = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <urn:> . "


@pytest.mark.parametrize(
    "text",
    [
        ":S a sh:NodeShape ; sh:targetClass :C ; sh:closed true .",
        ":S a sh:NodeShape .",  # may be its own target
        ":S sh:targetClass :C ; sh:property [ sh:path :p ; sh:minCount 1 ] .",  # no message
        ':S sh:targetNode :C ; sh:property [ sh:path [ sh:zeroOrMorePath :p ] ; sh:message "m" ] .',
        ':S sh:targetClass :C ; sh:property [ sh:path :p ; sh:message "m", "n" ] .',
        ':S sh:targetNode :C ; sh:property [ sh:path :p ; sh:uniqueLang true ; sh:message "m" ] .',
        ':S sh:targetClass :C ; sh:sparql [ sh:select "SELECT $this {}" ; sh:message "m" ] .',
        ':S sh:targetClass :C ; sh:property [ sh:path :p ; sh:message "m" ; :other 1 ] .',
    ],
)
def test_shapes_with_more_are_left_to_pyshacl(text: str) -> None:
    parsed = ox.parse(HEAD + text, format=ox.RdfFormat.TURTLE)
    assert compile_shapes([(q.subject, q.predicate, q.object) for q in parsed]) is None


def test_text_with_line_ends_and_escapes_is_one_term() -> None:
    text = 'a "b" \\ \n\r\t \u2028 \x0b \x85 c'
    quad = ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal(text))
    index = Index({})
    index.add(rows_of([quad, quad]))
    ((_, (term,)),) = index.objects("<urn:p>").items()
    assert validation.lexical(term) == text


def test_classes_arranged_by_the_data_are_left_to_pyshacl() -> None:
    below = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
    index = Index({})
    index.add(rows_of([ox.Quad(ox.NamedNode("urn:a"), below, ox.NamedNode("urn:b"))]))
    with pytest.raises(Uncertain):
        index.check()
