"""The order of quads is that of their terms as text, whatever order they come in."""

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from kg.rdf.order import flatten, in_order, triples_in_order
from kg.rdf.terms import RDF

NODES = st.sampled_from([ox.NamedNode(f"urn:{x}") for x in ("a", "a/b", "a#b", "b", "é", "A")])
PREDICATES = st.one_of(NODES, st.just(RDF["type"]))
TEXTS = st.sampled_from(["", "a", 'a"', "a\nb", "é", "\U00010000", "\uffff"])
OBJECTS = st.one_of(NODES, TEXTS.map(ox.Literal))
GRAPHS = st.one_of(NODES, st.just(ox.DefaultGraph()))
QUADS = st.lists(st.builds(ox.Quad, NODES, PREDICATES, OBJECTS, GRAPHS), max_size=30)


def by_text(quad: ox.Quad) -> tuple[str, str, str, str]:
    predicate = "" if quad.predicate == RDF["type"] else str(quad.predicate)
    return str(quad.graph_name), str(quad.subject), predicate, str(quad.object)


@given(QUADS)
def test_quads_are_in_the_order_of_their_text_and_each_there_once(quads: list[ox.Quad]) -> None:
    assert list(in_order(quads)) == sorted(set(quads), key=by_text)


@given(QUADS)
def test_triples_are_in_order_and_each_there_once(quads: list[ox.Quad]) -> None:
    flat = {ox.Quad(q.subject, q.predicate, q.object) for q in quads}
    assert list(flatten(quads)) == sorted(flat, key=by_text)
    assert list(triples_in_order(quads)) == [q.triple for q in flatten(quads)]
