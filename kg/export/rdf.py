"""Plain RDF: the whole dataset, or one graph of what is stated; sorted, without a blank node."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import InvalidGraphError
from kg.model.graph import KnowledgeGraph
from kg.ontology.domain import Ontology
from kg.rdf.codec import flatten
from kg.rdf.pieces import pieces_of
from kg.rdf.serialize import rdf_xml, serialize
from kg.rdf.terms import RDF, inferred_graph_iri

if TYPE_CHECKING:
    from kg.export.formats import FormatOptions
    from kg.rdf.written import WrittenGraph

__all__ = [
    "render_trig",
    "render_turtle",
    "trig_chunks",
    "turtle_chunks",
    "write_nquads",
    "write_ntriples",
    "write_rdfstar",
    "write_rdfxml",
    "write_trig",
    "write_turtle",
]

_CLAIM = (RDF["subject"], RDF["predicate"], RDF["object"])


def render_turtle(graph: KnowledgeGraph, ontology: Ontology) -> str:
    """The graph as Turtle: all triples together, grouped by subject.

    What no article states is left out: Turtle has no graphs to tell it apart by.
    """
    return b"".join(turtle_chunks(graph, ontology)).decode("utf-8")


def turtle_chunks(graph: KnowledgeGraph, ontology: Ontology) -> list[bytes]:
    """`render_turtle` as UTF-8 in chunks: the whole is large, and never needed in one piece."""
    inferred = ox.NamedNode(inferred_graph_iri(ontology.base_iri))
    return pieces_of(graph, ontology).turtle(without=inferred)


def render_trig(graph: KnowledgeGraph, ontology: Ontology) -> str:
    """The graph as TriG: the same triples, with a named graph for each article and for the run.

    The graph of inferences comes on top.
    """
    return b"".join(trig_chunks(graph, ontology)).decode("utf-8")


def trig_chunks(graph: KnowledgeGraph, ontology: Ontology) -> list[bytes]:
    """`render_trig` as UTF-8 in chunks."""
    return pieces_of(graph, ontology).trig()


def write_trig(written: WrittenGraph, options: FormatOptions) -> Mapping[str, bytes]:
    """The dataset with its named graphs."""
    return {options.name: serialize(written.quads, ox.RdfFormat.TRIG, written.prefixes)}


def write_nquads(written: WrittenGraph, options: FormatOptions) -> Mapping[str, bytes]:
    """The dataset with its named graphs, one quad a line."""
    return {options.name: serialize(written.quads, ox.RdfFormat.N_QUADS)}


def write_turtle(written: WrittenGraph, options: FormatOptions) -> Mapping[str, bytes]:
    """One graph, grouped by subject."""
    triples = _triples(written, options)
    return {options.name: serialize(triples, ox.RdfFormat.TURTLE, written.prefixes)}


def write_ntriples(written: WrittenGraph, options: FormatOptions) -> Mapping[str, bytes]:
    """One graph, one triple a line."""
    return {options.name: serialize(_triples(written, options), ox.RdfFormat.N_TRIPLES)}


def write_rdfxml(written: WrittenGraph, options: FormatOptions) -> Mapping[str, bytes]:
    """One graph; see `rdf_xml` for what XML cannot hold."""
    return {options.name: rdf_xml(_triples(written, options), written.prefixes)}


def write_rdfstar(written: WrittenGraph, options: FormatOptions) -> Mapping[str, bytes]:
    """One graph as Turtle 1.2: what a statement claims is one triple term (`rdf:reifies`).

    It stands for the rdf:subject, rdf:predicate and rdf:object of Turtle 1.1; the rest is the same.
    Source: https://www.w3.org/TR/rdf12-concepts/#section-triple-terms-reification
    """
    triples = _reified(_triples(written, options))
    return {options.name: serialize(triples, ox.RdfFormat.TURTLE, written.prefixes)}


def _triples(written: WrittenGraph, options: FormatOptions) -> Iterable[ox.Triple]:
    quads = flatten(written.quads) if options.inferred else written.stated
    return [quad.triple for quad in quads]


def _reified(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """A triple term in the place of each rdf:subject, and no other part of a claim."""
    triples = tuple(triples)
    claims = {(t.subject, t.predicate): t.object for t in triples if t.predicate in _CLAIM}
    for triple in triples:
        node = triple.subject
        if triple.predicate in _CLAIM:
            subject, predicate, object_ = (claims.get((node, part)) for part in _CLAIM)
            if (
                not isinstance(subject, ox.NamedNode)
                or not isinstance(predicate, ox.NamedNode)
                or object_ is None
            ):
                raise InvalidGraphError(f"{node}: lacks rdf:subject, rdf:predicate or rdf:object")
            if triple.predicate == RDF["subject"]:
                claim = ox.Triple(subject, predicate, object_)
                yield ox.Triple(node, RDF["reifies"], claim)
        elif triple.object != RDF["Statement"]:
            yield triple
