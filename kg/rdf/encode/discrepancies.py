"""Discrepancies: what does not fit together, each side with its words, in a graph of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.model.discrepancy import Discrepancy, Side
from kg.rdf import literals, terms
from kg.rdf.encode.context import Context
from kg.rdf.encode.statements import relation_of
from kg.rdf.terms import DCTERMS, NR, RDF, SCHEMA

__all__ = ["discrepancy_quads"]


def discrepancy_quads(context: Context, item: Discrepancy) -> Iterator[ox.Quad]:
    """The node of one discrepancy and those of its sides, apart from their evidence."""
    graph = literals.iri(terms.discrepancies_graph_iri(context.base))
    node = literals.iri(terms.discrepancy_iri(context.base, item.id))
    kind = NR["discrepancy" + item.kind.value.capitalize()]
    yield ox.Quad(node, RDF["type"], NR["Discrepancy"], graph)
    yield ox.Quad(node, DCTERMS["identifier"], literals.string(item.id), graph)
    yield ox.Quad(node, NR["discrepancyKind"], kind, graph)
    yield ox.Quad(node, NR["concerns"], literals.iri(item.subject), graph)
    yield ox.Quad(node, SCHEMA["description"], literals.string(item.message), graph)
    if item.predicate is not None:
        relation = relation_of(context, item.id, item.predicate)
        yield ox.Quad(node, NR["atIssue"], literals.iri(relation.iri), graph)
    for number, side in enumerate(item.sides, start=1):
        iri = literals.iri(terms.side_iri(context.base, item.id, number))
        yield ox.Quad(node, NR["side"], iri, graph)
        yield from _side_quads(context, side, iri, graph)


def _side_quads(
    context: Context, side: Side, node: ox.NamedNode, graph: ox.NamedNode
) -> Iterator[ox.Quad]:
    yield ox.Quad(node, RDF["type"], NR["Side"], graph)
    yield ox.Quad(node, NR["says"], literals.string(side.says), graph)
    if side.fact is not None:
        statement = literals.iri(terms.statement_iri(context.base, side.fact))
        yield ox.Quad(node, NR["sideStatement"], statement, graph)
    if side.reference is not None:
        yield ox.Quad(node, NR["reference"], literals.iri(side.reference), graph)
