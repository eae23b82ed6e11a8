"""What follows from what is stated: inferred statements, all in a graph of their own."""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import InvalidGraphError
from kg.model.graph import Fact
from kg.model.statement import Evidence
from kg.rdf import ntriples, terms
from kg.rdf.encode.context import Context
from kg.rdf.encode.statements import claim_rows, plain_triple
from kg.rdf.ntriples import NR, RDF, Row

__all__ = ["inferred_rows"]


def inferred_rows(context: Context, fact: Fact) -> Iterator[Row]:
    """The rows of one inferred fact; its evidence is the nodes that its premises have.

    Raises InvalidGraphError when a premise is missing or lacks a piece of the evidence.
    """
    node = ntriples.minted(terms.statement_iri(context.base, fact.id))
    yield node, RDF["type"], NR["InferredStatement"]
    triple = plain_triple(context, fact)
    if fact.is_plain and triple not in context.plain_triples:
        yield triple
    yield from claim_rows(context, fact)
    yield node, NR["derivedBy"], ntriples.string(fact.derived_by or "")
    for premise in fact.premises:
        iri = ntriples.minted(terms.statement_iri(context.base, premise))
        yield node, NR["premise"], iri
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
            evidence = ntriples.minted(terms.evidence_iri(context.base, root.id, item))
            yield node, NR["evidence"], evidence
