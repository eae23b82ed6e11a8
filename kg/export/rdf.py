"""graph.ttl and graph.trig: everything in plain RDF 1.1, sorted, without a blank node."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.model.graph import KnowledgeGraph
from kg.ontology.domain import Ontology
from kg.rdf.codec import flatten, to_quads
from kg.rdf.terms import PREFIXES, resource_prefixes

__all__ = ["render_trig", "render_turtle"]


def render_turtle(graph: KnowledgeGraph, ontology: Ontology) -> str:
    """The graph as Turtle: all triples together, grouped by subject."""
    triples = [quad.triple for quad in flatten(to_quads(graph, ontology))]
    return _serialize(triples, ox.RdfFormat.TURTLE, ontology)


def render_trig(graph: KnowledgeGraph, ontology: Ontology) -> str:
    """The graph as TriG: the same triples, with a named graph for each article and for the run."""
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
