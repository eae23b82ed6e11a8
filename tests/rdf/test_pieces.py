"""The texts of a dataset graph by graph are those of all its quads in order."""

import pyoxigraph as ox
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.model.graph import KnowledgeGraph
from kg.rdf.codec import to_quads
from kg.rdf.ntriples import rows_of
from kg.rdf.order import in_order, triples_in_order
from kg.rdf.pieces import Pieces, pieces_made_once, pieces_of, rows_on_the_way
from kg.rdf.serialize import serialize
from kg.rdf.terms import PREFIXES, RDF, XSD, inferred_graph_iri, resource_prefixes
from tests.factories import make_entity, make_graph
from tests.rdf.strategies import ONTOLOGY, graphs

NAMES = {"a": "urn:a/", "b": "urn:", "xsd": XSD.iri}
LEFT_OUT = ox.NamedNode("urn:out")
NODES = st.sampled_from([ox.NamedNode(f"urn:{x}") for x in ("a/b#c", "a/b", "a", "é", "a/b;c.")])
TEXTS = [
    "",
    "\n",
    "\n\t",
    "\t",
    "a\r\nb",
    " ,\n\t<urn:a> ;",
    "}\n",
    '"',
    "é\u2028\x85",
    "\U00010000",
]
PLAIN = st.sampled_from(TEXTS).map(ox.Literal)
NUMBERS = st.sampled_from(["1", "1.0", "01", "1e5", "x"])
TYPES = st.sampled_from([XSD[name] for name in ("integer", "decimal", "double", "string")])
TYPED = st.builds(lambda text, kind: ox.Literal(text, datatype=kind), NUMBERS, TYPES)
OBJECTS = st.one_of(NODES, PLAIN, TYPED)
PREDICATES = st.one_of(NODES, st.just(RDF["type"]))
GRAPHS = st.one_of(NODES, st.just(ox.DefaultGraph()), st.just(LEFT_OUT))
QUADS = st.lists(st.builds(ox.Quad, NODES, PREDICATES, OBJECTS, GRAPHS), max_size=30)


@given(QUADS, st.randoms(use_true_random=False))
def test_pieces_give_the_bytes_of_all_quads_in_order(quads, random) -> None:
    pieces = Pieces(NAMES)
    groups = sorted({quad.graph_name for quad in quads}, key=str)
    random.shuffle(groups)
    for graph in groups:
        pieces.add(str(graph), rows_of(quad for quad in quads if quad.graph_name == graph))
    assert b"".join(pieces.trig()) == serialize(in_order(quads), ox.RdfFormat.TRIG, NAMES)
    stated = triples_in_order(quad for quad in quads if quad.graph_name != LEFT_OUT)
    assert b"".join(pieces.turtle(without=LEFT_OUT)) == serialize(
        stated, ox.RdfFormat.TURTLE, NAMES
    )


@settings(max_examples=20)  # a whole graph each
@given(graphs())
@example(KnowledgeGraph())
def test_the_pieces_of_a_graph_are_its_quads(graph: KnowledgeGraph) -> None:
    quads = to_quads(graph, ONTOLOGY)
    names = {**PREFIXES, **ONTOLOGY.prefixes, **resource_prefixes(ONTOLOGY.base_iri)}
    with pieces_made_once():
        on_the_way = {row for rows in rows_on_the_way(graph, ONTOLOGY) for row in rows}
        pieces = pieces_of(graph, ONTOLOGY)
    assert on_the_way == {*rows_of(quads)}
    assert {row for rows in rows_on_the_way(graph, ONTOLOGY) for row in rows} == on_the_way
    assert b"".join(pieces.trig()) == serialize(quads, ox.RdfFormat.TRIG, names)
    inferred = ox.NamedNode(inferred_graph_iri(ONTOLOGY.base_iri))
    stated = triples_in_order(quad for quad in quads if quad.graph_name != inferred)
    assert b"".join(pieces.turtle(inferred)) == serialize(stated, ox.RdfFormat.TURTLE, names)


def test_pieces_made_once_are_those_of_the_graph_asked_for_and_are_forgotten() -> None:
    one, other = make_graph(entities=[make_entity("A")]), make_graph(entities=[make_entity("B")])
    with pieces_made_once():
        first = pieces_of(one, ONTOLOGY)
        assert pieces_of(one, ONTOLOGY) is first
        assert pieces_of(other, ONTOLOGY).trig() != first.trig()
        assert pieces_of(one, ONTOLOGY) is not first
        last = pieces_of(one, ONTOLOGY)
    assert pieces_of(one, ONTOLOGY) is not last
