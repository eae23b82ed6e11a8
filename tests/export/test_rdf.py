"""Turtle and TriG hold the same triples, in every reader, on every run."""

import subprocess
import sys
from collections.abc import Iterable

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings

from kg.export.rdf import render_trig, render_turtle
from kg.model.graph import KnowledgeGraph
from kg.rdf.codec import flatten, from_quads, to_quads
from kg.rdf.terms import NR, inferred_graph_iri
from kg.reason import reason
from tests.rdf.strategies import ONTOLOGY, graphs
from tests.showcase import showcase_graph

# rdflib warns of itself when it reads TriG.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
SHOWCASE = showcase_graph()
INFERRED = ox.NamedNode(inferred_graph_iri(ONTOLOGY.base_iri))
TURTLE, TRIG = ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG


def parsed(text: str, format_: ox.RdfFormat) -> list[ox.Quad]:
    return list(ox.parse(text.encode("utf-8", "surrogatepass"), format=format_))


def stated(quads: Iterable[ox.Quad]) -> tuple[ox.Quad, ...]:
    """What stands in some graph other than that of the inferences, without graph names."""
    return flatten(quad for quad in quads if quad.graph_name != INFERRED)


@given(graphs())
@settings(max_examples=50)
def test_pyoxigraph_reads_back_what_was_written(graph: KnowledgeGraph) -> None:
    quads = to_quads(graph, ONTOLOGY)
    turtle = parsed(render_turtle(graph, ONTOLOGY), TURTLE)
    trig = parsed(render_trig(graph, ONTOLOGY), TRIG)
    assert set(trig) == set(quads)
    assert set(turtle) == set(stated(trig))
    assert from_quads(turtle, ONTOLOGY) == (graph.entities, graph.facts)


@given(graphs())
@settings(max_examples=15, deadline=None)
def test_rdflib_reads_the_same_triples_from_both(graph: KnowledgeGraph) -> None:
    turtle = rdflib.Graph().parse(data=render_turtle(graph, ONTOLOGY), format="turtle")
    trig = rdflib.Dataset(default_union=True)
    trig.parse(data=render_trig(graph, ONTOLOGY), format="trig")
    flat = {(s, p, o) for s, p, o, g in trig.quads() if str(g) != INFERRED.value}
    assert flat == set(turtle)
    assert len(turtle) == len(stated(to_quads(graph, ONTOLOGY)))


def test_the_two_readers_agree_term_by_term() -> None:
    text = render_turtle(SHOWCASE, ONTOLOGY)
    lines = rdflib.Graph().parse(data=text, format="turtle").serialize(format="nt").encode()
    assert set(ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)) == set(parsed(text, TURTLE))


@pytest.mark.parametrize("graph", [KnowledgeGraph(), SHOWCASE], ids=["empty", "showcase"])
def test_neither_file_holds_a_blank_node_nor_the_old_schema_address(graph: KnowledgeGraph) -> None:
    for text in (render_turtle(graph, ONTOLOGY), render_trig(graph, ONTOLOGY)):
        assert "_:" not in text
        assert "http://schema.org/" not in text
        rdflib.Dataset().parse(data=text, format="trig")


def test_plain_facts_are_in_the_default_graph_of_the_trig() -> None:
    store = ox.Store()
    store.load(render_trig(SHOWCASE, ONTOLOGY).encode(), format=TRIG)
    query = """PREFIX nr: <https://w3id.org/newskg/newsroom#> PREFIX schema: <https://schema.org/>
    SELECT ?who WHERE { ?c nr:sponsorOf/schema:name "Fjord Games 2028" ; schema:name ?who }"""
    assert [row["who"].value for row in store.query(query)] == ["Halvor Group"]


def test_what_no_article_states_is_in_the_trig_only_and_in_a_graph_of_its_own() -> None:
    graph = reason(SHOWCASE, ONTOLOGY)
    assert graph.inferred
    turtle, trig = render_turtle(graph, ONTOLOGY), render_trig(graph, ONTOLOGY)
    kinds = {NR["InferredStatement"], NR["derivedBy"], NR["premise"], NR["sponsoredBy"]}
    found = [q for q in parsed(trig, TRIG) if {q.predicate, q.object} & kinds]
    assert len(found) >= 3 * len(graph.inferred)
    assert {q.graph_name for q in found} == {INFERRED}
    assert not [q for q in parsed(turtle, TURTLE) if {q.predicate, q.object} & kinds]


def test_each_article_has_a_graph_of_its_own() -> None:
    store = ox.Store()
    store.load(render_trig(SHOWCASE, ONTOLOGY).encode(), format=TRIG)
    names = {graph.value.rpartition("/")[2] for graph in store.named_graphs()}
    assert names == {article.name for article in SHOWCASE.articles} | {"runs"}


def test_another_process_writes_the_same_bytes() -> None:
    code = (
        "import sys; from kg.export.rdf import render_trig, render_turtle;"
        "from tests.rdf.strategies import ONTOLOGY as o; from tests.showcase import showcase_graph;"
        "g = showcase_graph(); print(render_turtle(g, o) + render_trig(g, o), end='')"
    )
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8",
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ".", "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        expected = render_turtle(SHOWCASE, ONTOLOGY) + render_trig(SHOWCASE, ONTOLOGY)
        assert done.stdout == expected
