"""A graph as RDF 1.1 quads, without a blank node.

The default graph holds what the articles say taken together: the entities, the plain triples and
the merged statements. The named graph of an article holds what was read there: its evidence and
passages. The runs graph holds how it was made. Every triple is in exactly one graph, so dropping
the graph names loses and doubles nothing (docs/decisions/0102).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.model.graph import Entity, KnowledgeGraph
from kg.ontology.domain import Ontology
from kg.rdf.encode.articles import article_quads
from kg.rdf.encode.context import Context
from kg.rdf.encode.entities import entity_quads
from kg.rdf.encode.runs import run_quads
from kg.rdf.encode.statements import fact_quads
from kg.rdf.terms import RDF

__all__ = ["flatten", "to_quads"]


def to_quads(graph: KnowledgeGraph, ontology: Ontology) -> tuple[ox.Quad, ...]:
    """The whole graph as quads, sorted and without repetition.

    Raises InvalidGraphError for a class, relation, qualifier, datatype or IRI that cannot be
    written.
    """
    return tuple(sorted(set(_quads(Context(graph, ontology))), key=_order))


def flatten(quads: Iterable[ox.Quad]) -> tuple[ox.Quad, ...]:
    """The same triples, all in the default graph, sorted."""
    return tuple(sorted({ox.Quad(q.subject, q.predicate, q.object) for q in quads}, key=_order))


def _order(quad: ox.Quad) -> tuple[str, str, str, str]:
    """By graph, subject, predicate and object; the class of a node comes before the rest of it."""
    predicate = "" if quad.predicate == RDF["type"] else str(quad.predicate)
    return str(quad.graph_name), str(quad.subject), predicate, str(quad.object)


def _quads(context: Context) -> Iterator[ox.Quad]:
    entities = {item.id: item for item in context.graph.entities}
    for item in context.graph.facts:
        others = (item.object, item.attributed_to, *(value for _, value in item.qualifiers))
        for value in (item.subject, *others):
            if isinstance(value, Entity):
                entities.setdefault(value.id, value)
    for value in entities.values():
        yield from entity_quads(context, value)
    for item in context.graph.facts:
        yield from fact_quads(context, item)
    for text in context.graph.articles:
        yield from article_quads(context, text)
    yield from run_quads(context)
