"""The tree of JSON-LD says what the graph says, to three readers, and reads like a record."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from pyld import jsonld

from kg.export.formats import FormatOptions, format_named
from kg.model.graph import KnowledgeGraph
from kg.rdf.codec import flatten, to_quads
from kg.rdf.terms import NR, RDF
from kg.rdf.written import WrittenGraph
from tests.export.written import SETTINGS, known_graphs, written_in
from tests.rdf.strategies import ONTOLOGY, graphs

# rdflib warns of itself when it reads JSON-LD.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")


def write(written: WrittenGraph, *, inferred: bool = False) -> tuple[bytes, bytes]:
    """The document and its context file."""
    options = FormatOptions("graph.jsonld", inferred=inferred)
    contents = format_named("jsonld").write(written, options)
    assert list(contents) == ["graph.jsonld", "graph.context.jsonld"]
    text, context = contents.values()
    assert isinstance(context, str)
    assert not isinstance(text, str)
    return b"".join(text), context.encode()  # type: ignore[arg-type]


def by_oxigraph(text: bytes) -> set[ox.Quad]:
    return set(ox.parse(text, format=ox.RdfFormat.JSON_LD))


def by_pyld(text: bytes) -> set[ox.Quad]:
    lines = jsonld.to_rdf(json.loads(text), {"format": "application/n-quads"})
    return set(ox.parse(lines.encode(), format=ox.RdfFormat.N_QUADS))


def by_rdflib(text: bytes) -> set[ox.Quad]:
    lines = rdflib.Graph().parse(data=text, format="json-ld").serialize(format="nt")
    return set(ox.parse(lines.encode(), format=ox.RdfFormat.N_TRIPLES))


@pytest.mark.parametrize("reader", [by_oxigraph, by_pyld, by_rdflib])
@pytest.mark.parametrize("name", ["empty", "showcase", "hostile"])
def test_every_reader_finds_what_is_stated(name: str, reader: Any, tmp_path: Path) -> None:
    written = written_in(tmp_path, known_graphs()[name])
    assert reader(write(written)[0]) == set(written.stated)


@given(graphs())
@settings(max_examples=40)
def test_no_text_and_no_link_is_lost(graph: KnowledgeGraph) -> None:
    quads = to_quads(replace(graph, settings=SETTINGS), ONTOLOGY)
    written = WrittenGraph(Path("x"), quads, {}, ONTOLOGY.base_iri, SETTINGS)
    text, _ = write(written)
    assert by_oxigraph(text) == by_pyld(text) == set(written.stated)
    text, _ = write(written, inferred=True)
    assert by_oxigraph(text) == set(flatten(quads))


def test_the_context_file_is_the_context(tmp_path: Path) -> None:
    text, context = write(written_in(tmp_path, known_graphs()["showcase"]))
    document = json.loads(text)
    assert document["@context"] == json.loads(context)["@context"]
    assert not [v for v in document["@context"].values() if str(v).endswith(".jsonld")]


def test_facts_and_their_words_stand_in_the_entity(tmp_path: Path) -> None:
    written = written_in(tmp_path, known_graphs()["showcase"])
    tops = {node["id"]: node for node in json.loads(write(written)[0])["@graph"]}
    nested = [fact for node in tops.values() for fact in node.get("facts", ())]
    assert sorted(fact["identifier"] for fact in nested) == [f.id for f in written.graph.facts]
    (halvor,) = [node for node in tops.values() if node.get("name") == "Halvor Group"]
    sponsored = [fact for fact in halvor["facts"] if fact["predicate"] == "sponsorOf"]
    assert "Fjord Games 2028" in {fact["object"]["name"] for fact in sponsored}
    texts = "\n".join(article.text for article in known_graphs()["showcase"].articles)
    quotes = [item["quote"] for fact in sponsored for item in _listed(fact["evidence"])]
    assert quotes
    assert all(quote in texts for quote in quotes)
    assert not [fact for fact in nested if "subject" in fact]
    kinds = {kind for node in tops.values() for kind in _listed(node["type"])}
    assert kinds & {"Evidence", "Passage", "Statement", "Setting", "Side"} == set()
    assert kinds >= {"Entity", "Article", "Run", "Company"}


def test_each_node_is_told_in_full_once(tmp_path: Path) -> None:
    written = written_in(tmp_path, known_graphs()["hostile"])
    full: list[str] = []

    def walk(value: Any) -> None:
        for item in _listed(value):
            if isinstance(item, dict):
                full.extend([item["id"]] if item.keys() - {"id", "name"} and "id" in item else [])
                for inner in item.values():
                    walk(inner)

    walk(json.loads(write(written)[0])["@graph"])
    assert len(full) == len(set(full)) == len({quad.subject for quad in written.stated})


def test_a_plan_and_a_denial_are_told_as_such_among_the_facts(tmp_path: Path) -> None:
    written = written_in(tmp_path, known_graphs()["showcase"])
    nodes = json.loads(write(written)[0])["@graph"]
    found = {fact["identifier"]: fact for node in nodes for fact in node.get("facts", ())}
    for fact in written.graph.facts:
        assert found[fact.id]["stance"] == f"stance{fact.modality.value.capitalize()}"
        assert found[fact.id]["sources"] == fact.sources
        assert found[fact.id].get("speaker", {}).get("name") == (
            fact.attributed_to.label if fact.attributed_to else None
        )


def test_a_property_of_an_unknown_namespace_keeps_its_iri() -> None:
    node, other = ox.NamedNode("urn:a:b"), ox.NamedNode("https://a.test//x")
    quads = (
        ox.Quad(node, ox.NamedNode("https://a.test/1"), ox.Literal("x", language="en")),
        ox.Quad(node, NR["name"], ox.Literal("of the newsroom")),
        ox.Quad(node, NR["facts"], other),
        ox.Quad(node, NR["value"], ox.Literal("01", datatype=NR["number"])),
        ox.Quad(node, RDF["value"], ox.Literal("1")),
        ox.Quad(other, RDF["subject"], node),
        ox.Quad(node, RDF["subject"], other),
    )
    prefixes = {"a": "https://a.test/", "urn": "https://u.test/", "": "https://e.test/"}
    prefixes |= dict.fromkeys(("facts", "name", "type", "stance", "entity"), f"{NR.iri}v")
    written = WrittenGraph(Path("x"), quads, prefixes, "https://b.test/", {})
    text, _ = write(written)
    assert by_oxigraph(text) == by_pyld(text) == set(quads)


def test_a_prefix_that_ends_like_a_name_is_still_one() -> None:
    node = ox.NamedNode("https://a.test/term-x")
    quads = (ox.Quad(node, ox.NamedNode("https://a.test/term-says"), node),)
    prefixes = {"a": "https://a.test/term-"}
    text, _ = write(WrittenGraph(Path("x"), quads, prefixes, "https://b.test/", {}))
    assert by_oxigraph(text) == by_pyld(text) == by_rdflib(text) == set(quads)
    assert b'"a:says": "a:x"' in text


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
