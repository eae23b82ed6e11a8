"""Every RDF format is read back by pyoxigraph and rdflib to the triples that were written."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings

from kg.errors import InputError, InvalidGraphError
from kg.export.formats import FormatOptions, format_named
from kg.model.graph import KnowledgeGraph
from kg.rdf.codec import flatten, to_quads
from kg.rdf.serialize import rdf_xml
from kg.rdf.terms import NR, RDF
from kg.rdf.written import WrittenGraph
from tests.export.written import SETTINGS, known_graphs, written_in
from tests.rdf.strategies import ONTOLOGY, graphs

# rdflib warns of itself when it reads TriG.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

ONE_GRAPH = {
    "turtle": (ox.RdfFormat.TURTLE, "turtle"),
    "ntriples": (ox.RdfFormat.N_TRIPLES, "nt"),
    "rdfxml": (ox.RdfFormat.RDF_XML, "xml"),
}
ALL_GRAPHS = {"trig": (ox.RdfFormat.TRIG, "trig"), "nquads": (ox.RdfFormat.N_QUADS, "nquads")}
every_graph = pytest.mark.parametrize("name", ["empty", "showcase", "hostile"])


def text_of(format_: str, written: WrittenGraph, *, inferred: bool = False) -> bytes:
    options = FormatOptions("graph", inferred=inferred)
    (content,) = format_named(format_).write(written, options).values()
    assert isinstance(content, bytes)
    return content


def lines_of(graph: rdflib.Graph) -> set[ox.Quad]:
    """What rdflib read, term by term."""
    return set(ox.parse(graph.serialize(format="nt").encode(), format=ox.RdfFormat.N_TRIPLES))


def as_xml_holds_it(quad: ox.Quad) -> ox.Quad:
    """What no XML can hold is replaced; the rest is not touched."""
    if not isinstance(quad.object, ox.Literal):
        return quad
    legal = "".join(
        c if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff") else "\ufffd"
        for c in quad.object.value
    )
    object_ = ox.Literal(legal, datatype=quad.object.datatype)
    return ox.Quad(quad.subject, quad.predicate, object_)


@every_graph
@pytest.mark.parametrize("format_", ONE_GRAPH)
def test_both_readers_find_what_is_stated(format_: str, name: str, tmp_path: Path) -> None:
    written = written_in(tmp_path, known_graphs()[name])
    text = text_of(format_, written)
    expected = set(written.stated)
    if format_ == "rdfxml":
        expected = {as_xml_holds_it(quad) for quad in expected}
        assert (expected == set(written.stated)) == (name != "hostile")
    ox_format, rdflib_format = ONE_GRAPH[format_]
    assert set(ox.parse(text, format=ox_format)) == expected
    assert lines_of(rdflib.Graph().parse(data=text, format=rdflib_format)) == expected


@every_graph
@pytest.mark.parametrize("format_", ALL_GRAPHS)
def test_both_readers_find_all_graphs(format_: str, name: str, tmp_path: Path) -> None:
    written = written_in(tmp_path, known_graphs()[name])
    text = text_of(format_, written)
    ox_format, rdflib_format = ALL_GRAPHS[format_]
    assert set(ox.parse(text, format=ox_format)) == set(written.quads)
    dataset = rdflib.Dataset()
    dataset.parse(data=text, format=rdflib_format)
    again = dataset.serialize(format="nquads").encode()
    found = ox.parse(
        again.replace(b" <urn:x-rdflib:default> .", b" ."), format=ox.RdfFormat.N_QUADS
    )
    assert set(found) == set(written.quads)
    assert text_of(format_, written, inferred=True) == text


@pytest.mark.parametrize("format_", ONE_GRAPH)
def test_what_no_article_states_comes_only_when_asked_for(format_: str, tmp_path: Path) -> None:
    written = written_in(tmp_path, known_graphs()["showcase"])
    parse = partial(ox.parse, format=ONE_GRAPH[format_][0])
    without, with_all = (
        set(parse(text_of(format_, written, inferred=flag))) for flag in (False, True)
    )
    assert with_all == set(flatten(written.quads))
    more = {quad.object for quad in with_all - without if quad.predicate == RDF["type"]}
    assert more >= {NR["InferredStatement"]}
    assert not [q for q in without if q.predicate in (NR["derivedBy"], NR["premise"])]


@given(graphs())
@settings(max_examples=25)
def test_hostile_texts_survive_every_format(graph: KnowledgeGraph) -> None:
    graph = replace(graph, settings=SETTINGS)
    quads = to_quads(graph, ONTOLOGY)
    written = WrittenGraph(Path("x"), quads, {}, ONTOLOGY.base_iri, SETTINGS)
    for format_, (reader, _) in ONE_GRAPH.items():
        expected = set(written.stated)
        if format_ == "rdfxml":
            expected = {as_xml_holds_it(quad) for quad in expected}
        assert set(ox.parse(text_of(format_, written), format=reader)) == expected
    for format_, (reader, _) in ALL_GRAPHS.items():
        assert set(ox.parse(text_of(format_, written), format=reader)) == set(quads)


def test_turtle_and_trig_are_what_the_build_wrote(tmp_path: Path) -> None:
    written = written_in(tmp_path, known_graphs()["hostile"])
    assert text_of("trig", written) == (tmp_path / "graph.trig").read_bytes()


@pytest.mark.parametrize("iri", ["https://a.test/1", "https://a.test/", "https://a.test/p-1#2"])
def test_a_property_that_xml_cannot_name_is_told(iri: str) -> None:
    node = ox.NamedNode("https://a.test/x")
    with pytest.raises(InputError, match=r"cannot hold the property https://a.test/"):
        rdf_xml([ox.Triple(node, ox.NamedNode(iri), node)])


def test_the_elements_have_the_prefixes_that_a_reader_knows(tmp_path: Path) -> None:
    root = text_of("rdfxml", written_in(tmp_path, known_graphs()["showcase"])).splitlines()[1]
    declared = re.findall(rb' xmlns:(\w+)="([^"]+)"', root)
    assert (b"nr", NR.iri.encode()) in declared
    assert declared == sorted(declared)
    assert b"statement" not in dict(declared), "no property is in it"


def test_a_prefix_that_xml_cannot_have_is_not_declared() -> None:
    node = ox.NamedNode("https://a.test/#x")
    names = ("", "1", "xmlns", "a&b", "rdf", "é")
    for name in names:
        text = rdf_xml([ox.Triple(node, node, node)], {name: "https://a.test/#"})
        assert len(rdflib.Graph().parse(data=text, format="xml")) == 1


@every_graph
def test_the_triple_terms_say_what_the_reification_says(name: str, tmp_path: Path) -> None:
    written = written_in(tmp_path, known_graphs()[name])
    found = set(ox.parse(text_of("rdfstar", written), format=ox.RdfFormat.TURTLE))
    unfolded = set()
    for quad in found:
        if quad.predicate != RDF["reifies"]:
            unfolded.add(quad)
            continue
        term = quad.object
        assert isinstance(term, ox.Triple)
        for part, value in (
            ("subject", term.subject), ("predicate", term.predicate), ("object", term.object),
        ):  # fmt: skip
            unfolded.add(ox.Quad(quad.subject, RDF[part], value))
        unfolded.add(ox.Quad(quad.subject, RDF["type"], RDF["Statement"]))
    assert unfolded == set(written.stated)
    assert sum(q.predicate == RDF["reifies"] for q in found) == len(written.graph.facts)


@pytest.mark.parametrize("part", ["subject", "predicate", "object"])
@pytest.mark.parametrize("format_", ["rdfstar", "nanopub"])
def test_a_claim_that_somebody_broke_is_told(format_: str, part: str, tmp_path: Path) -> None:
    written = written_in(tmp_path, known_graphs()["showcase"])
    broken = replace(written, quads=tuple(q for q in written.quads if q.predicate != RDF[part]))
    with pytest.raises(InvalidGraphError, match=rf"statement/\w+.*{part}"):
        text_of(format_, broken)


def test_json_ld_without_room_for_a_blank_node_says_so(tmp_path: Path) -> None:
    written = written_in(tmp_path, known_graphs()["empty"])
    blank = ox.Quad(ox.BlankNode("b"), RDF["value"], ox.Literal("x"))
    broken = replace(written, quads=(*written.quads, blank))
    with pytest.raises(InvalidGraphError, match="blank node"):
        b"".join(format_named("jsonld").write(broken, FormatOptions("x.jsonld"))["x.jsonld"])


def test_rdflib_reads_no_triple_terms_so_the_format_is_marked(tmp_path: Path) -> None:
    written = written_in(tmp_path, known_graphs()["showcase"])
    with pytest.raises(rdflib.plugins.parsers.notation3.BadSyntax):
        rdflib.Graph().parse(data=text_of("rdfstar", written), format="turtle")
    assert format_named("rdfstar").about.startswith("extra: ")
