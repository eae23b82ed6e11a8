"""Discrepancies: what does not fit together, each side with its words, in a graph of their own."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.discrepancy import Discrepancy, Side
from kg.rdf import ntriples, terms
from kg.rdf.encode.context import Context
from kg.rdf.encode.statements import relation_of
from kg.rdf.ntriples import DCTERMS, NR, RDF, SCHEMA, Row, Term

__all__ = ["discrepancy_rows"]


def discrepancy_rows(context: Context, item: Discrepancy) -> Iterator[Row]:
    """The node of one discrepancy and those of its sides, apart from their evidence."""
    node = ntriples.minted(terms.discrepancy_iri(context.base, item.id))
    kind = NR["discrepancy" + item.kind.value.capitalize()]
    yield node, RDF["type"], NR["Discrepancy"]
    yield node, DCTERMS["identifier"], ntriples.string(item.id)
    yield node, NR["discrepancyKind"], kind
    yield node, NR["concerns"], ntriples.iri(item.subject)
    yield node, SCHEMA["description"], ntriples.string(item.message)
    if item.predicate is not None:
        relation = relation_of(context, item.id, item.predicate)
        yield node, NR["atIssue"], ntriples.iri(relation.iri)
    for number, side in enumerate(item.sides, start=1):
        iri = ntriples.minted(terms.side_iri(context.base, item.id, number))
        yield node, NR["side"], iri
        yield from _side_rows(context, side, iri)


def _side_rows(context: Context, side: Side, node: Term) -> Iterator[Row]:
    yield node, RDF["type"], NR["Side"]
    yield node, NR["says"], ntriples.string(side.says)
    if side.fact is not None:
        statement = ntriples.minted(terms.statement_iri(context.base, side.fact))
        yield node, NR["sideStatement"], statement
    if side.reference is not None:
        yield node, NR["reference"], ntriples.iri(side.reference)
