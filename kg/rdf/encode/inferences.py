"""What follows from what is stated: inferred statements, all in a graph of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.errors import InvalidGraphError
from kg.model.graph import Fact
from kg.model.statement import Evidence
from kg.rdf import literals, terms
from kg.rdf.encode.context import Context
from kg.rdf.encode.statements import claim_quads, plain_triple
from kg.rdf.terms import NR, RDF

__all__ = ["inferred_quads"]


def inferred_quads(context: Context, fact: Fact) -> Iterator[ox.Quad]:
    """The quads of one inferred fact; its evidence is the nodes that its premises have.

    Raises InvalidGraphError when a premise is missing or lacks a piece of the evidence.
    """
    graph = context.inferred_graph
    node = literals.iri(terms.statement_iri(context.base, fact.id))
    yield ox.Quad(node, RDF["type"], NR["InferredStatement"], graph)
    triple = plain_triple(context, fact)
    if fact.is_plain and triple not in context.plain_triples:
        yield ox.Quad(*triple, graph)
    yield from claim_quads(context, fact, graph)
    yield ox.Quad(node, NR["derivedBy"], literals.string(fact.derived_by or ""), graph)
    for premise in fact.premises:
        iri = literals.iri(terms.statement_iri(context.base, premise))
        yield ox.Quad(node, NR["premise"], iri, graph)
    roots: dict[Evidence, list[Fact]] = {}
    for root in context.stated_premises(fact):
        for item in dict.fromkeys(root.evidence):
            roots.setdefault(item, []).append(root)
    for item in fact.evidence:
        if item not in roots:
            raise InvalidGraphError(
                f"inferred fact {fact.id} has evidence in {item.span.article} that none of its "
                "premises has"
            )
        for root in roots[item]:
            evidence = literals.iri(terms.evidence_iri(context.base, root.id, item))
            yield ox.Quad(node, NR["evidence"], evidence, graph)
