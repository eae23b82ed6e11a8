"""graph.ttl and graph.trig: plain RDF 1.1, sorted, without a blank node."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.model.graph import KnowledgeGraph
from kg.ontology.domain import Ontology
from kg.rdf.codec import flatten, to_quads
from kg.rdf.terms import PREFIXES, inferred_graph_iri, resource_prefixes

__all__ = ["render_trig", "render_turtle"]


def render_turtle(graph: KnowledgeGraph, ontology: Ontology) -> str:
    """The graph as Turtle: all triples together, grouped by subject.

    What no article states is left out: Turtle has no graphs to tell it apart by.
    """
    inferred = ox.NamedNode(inferred_graph_iri(ontology.base_iri))
    stated = (quad for quad in to_quads(graph, ontology) if quad.graph_name != inferred)
    triples = [quad.triple for quad in flatten(stated)]
    return _serialize(triples, ox.RdfFormat.TURTLE, ontology)


def render_trig(graph: KnowledgeGraph, ontology: Ontology) -> str:
    """The graph as TriG: the same triples, with a named graph for each article and for the run.

    The graph of inferences comes on top.
    """
    return _serialize(to_quads(graph, ontology), ox.RdfFormat.TRIG, ontology)


def _serialize(
    rows: Iterable[ox.Triple] | Iterable[ox.Quad], format_: ox.RdfFormat, ontology: Ontology
) -> str:
    prefixes = {**PREFIXES, **ontology.prefixes, **resource_prefixes(ontology.base_iri)}
    text = (ox.serialize(rows, format=format_, prefixes=prefixes) or b"").decode("utf-8")
    # The serializer writes the prefixes in the order of a hash table, which changes with each run.
    lines = text.split("\n")
    header = [line for line in lines[: len(prefixes)] if line.startswith("@prefix ")]
    return "\n".join([*sorted(header), *lines[len(header) :]])
