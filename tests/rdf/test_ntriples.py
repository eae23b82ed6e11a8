"""Terms and triples as text are what the RDF library writes and reads."""

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.errors import InvalidGraphError
from kg.model.statement import Literal
from kg.rdf import literals, ntriples
from kg.rdf.order import in_order
from kg.rdf.terms import NR, XSD
from tests.rdf.test_pieces import QUADS

ANY_TEXT = st.text(st.characters(exclude_categories=()))
HOSTILE = ['"', "\\", "\n\r\t\b\f", "\x00\x1f\x7f\x85", "\u2028\ufffe\U0010ffff", "a\ud800b", "é中"]


def read(term: str) -> ox.Literal:
    (quad,) = ox.parse(f"<urn:s> <urn:p> {term} .", format=ox.RdfFormat.N_TRIPLES)
    assert isinstance(quad.object, ox.Literal)
    return quad.object


@given(ANY_TEXT)
@example("".join(HOSTILE))
def test_a_string_is_written_as_the_library_writes_it(text: str) -> None:
    assert ntriples.string(text) == str(literals.string(text))
    assert read(ntriples.string(text)) == literals.string(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_strings_too(text: str) -> None:
    assert ntriples.string(text) == str(literals.string(text))
    assert read(ntriples.string(f"{text}x")).value == f"{text}x".replace("\ud800", "\ufffd")


def test_other_literals_are_those_of_the_library() -> None:
    value = Literal("3", XSD["integer"].value, "about 3")
    assert read(ntriples.literal(value)) == literals.literal(value)
    assert read(ntriples.count(12)) == literals.count(12)
    assert read(ntriples.decimal(0.1)) == literals.decimal(0.1)
    assert read(ntriples.date("2040-01")) == literals.date("2040-01")
    assert read(ntriples.date("soon")) == ox.Literal("soon")


def test_nodes_are_iris_in_brackets() -> None:
    assert ntriples.NR["Run"] == str(NR["Run"]) == ntriples.iri(NR["Run"].value)
    assert ntriples.minted("https://example.org/a") == str(ox.NamedNode("https://example.org/a"))
    with pytest.raises(InvalidGraphError, match="not a valid IRI"):
        ntriples.iri("https://example.org/a> <b")


@given(QUADS)
def test_rows_are_in_the_order_of_quads_and_come_back(quads: list[ox.Quad]) -> None:
    graphs = sorted({str(quad.graph_name) for quad in quads})
    back = [
        quad
        for name in graphs
        for quad in ntriples.quads_of(
            name, ntriples.in_order(ntriples.rows_of(q for q in quads if str(q.graph_name) == name))
        )
    ]
    assert tuple(back) == in_order(quads)
