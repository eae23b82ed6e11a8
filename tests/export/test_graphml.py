from __future__ import annotations

import json

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from kg.export.graphml import render_graphml, to_networkx
from kg.model.graph import KnowledgeGraph
from tests.factories import (
    make_article,
    make_entity,
    make_evidence,
    make_fact,
    make_graph,
    make_literal,
    make_ontology,
)
from tests.showcase import showcase_graph


def read_back(graph: KnowledgeGraph) -> nx.MultiDiGraph:
    return nx.parse_graphml(render_graphml(graph, make_ontology()), force_multigraph=True)


def test_every_fact_is_one_edge_with_all_it_says() -> None:
    graph = showcase_graph()
    network = to_networkx(graph)
    edges = {key: (u, v, data) for u, v, key, data in network.edges(keys=True, data=True)}
    assert edges.keys() == {fact.id for fact in graph.facts}
    for fact in graph.facts:
        source, target, data = edges[fact.id]
        record = fact.to_json()
        assert source == fact.subject.id
        assert json.loads(data["evidence"]) == record["evidence"]
        assert json.loads(data["qualifiers"]) == record["qualifiers"]
        assert data["predicate"] == fact.predicate
        assert data["modality"] == fact.modality
        assert data["attributed_to"] == (fact.attributed_to.id if fact.attributed_to else "")
        assert data["confidence"] == record["confidence"]
        node = network.nodes[target]
        if "value" in record["object"]:
            assert (node["value"], node["datatype"]) == (
                record["object"]["value"],
                record["object"]["datatype"],
            )
        else:
            assert (target, node["label"]) == (fact.object.id, fact.object.label)


def test_parallel_relations_stay_apart() -> None:
    article = make_article("Acme and Beta")
    evidence = make_evidence(article, "Acme")
    one, two = make_entity("Acme"), make_entity("Beta")
    facts = [make_fact(one, name, two, evidence) for name in ("partnerOf", "acquired")]
    network = read_back(make_graph([article], facts))
    assert network.number_of_edges(one.id, two.id) == 2


def test_graphml_reads_back_as_the_same_network() -> None:
    graph = showcase_graph()
    network, read = to_networkx(graph), read_back(graph)
    assert isinstance(read, nx.MultiDiGraph)
    assert dict(read.nodes(data=True)) == dict(network.nodes(data=True))
    assert {k: (u, v, d) for u, v, k, d in read.edges(keys=True, data=True)} == {
        k: (u, v, d) for u, v, k, d in network.edges(keys=True, data=True)
    }


LEGAL = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")


@given(text=st.text(LEGAL | st.sampled_from("\r\n\t<>&\"'\x85\u2028"), min_size=1))
def test_text_that_xml_can_hold_comes_back(text: str) -> None:
    article = make_article(text)
    literal = make_literal(text)
    fact = make_fact(make_entity(text), "said", literal, make_evidence(article, text))
    network = read_back(make_graph([article], [fact]))
    ((_, target, data),) = network.edges(data=True)
    assert data["quote"] == text
    assert network.nodes[target]["value"] == text


def test_text_that_xml_cannot_hold_is_replaced() -> None:
    text = "a\x00b\x0bc\ud800d\uffffe"
    article = make_article(text)
    fact = make_fact(make_entity(), "said", make_literal("x"), make_evidence(article, text))
    ((_, _, data),) = read_back(make_graph([article], [fact])).edges(data=True)
    assert data["quote"] == "a\ufffdb\ufffdc\ufffdd\ufffde"
