"""Partnerships: one node with roles, period, level, value and events, beside the plain triples."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.model.partnership import Partnership
from kg.rdf import literals, terms
from kg.rdf.encode.context import Context, quad
from kg.rdf.encode.statements import object_term, relation_of
from kg.rdf.terms import NR, RDF, SCHEMA

__all__ = ["partnership_quads"]


def partnership_quads(context: Context, item: Partnership) -> Iterator[ox.Quad]:
    """The node of one partnership; what no article states of it stands among the inferences."""
    node = literals.iri(item.id)
    is_sponsorship = bool(item.sponsors and item.rights_holders)
    for name in ("Sponsorship", "Partnership", "Entity")[0 if is_sponsorship else 1 :]:
        yield quad(node, RDF["type"], NR[name])
    yield quad(node, SCHEMA["name"], literals.string(item.label))
    for name, entities in (
        ("hasPartner", item.partners),
        ("hasSponsor", item.sponsors),
        ("hasRightsHolder", item.rights_holders),
        ("coversEvent", item.covers),
    ):
        for entity in entities:
            yield quad(node, NR[name], literals.iri(entity.id))
    qualifiers = dict(item.period)
    terms_ = context.ontology.partnership
    if item.level is not None and terms_ is not None and terms_.level is not None:
        qualifiers[terms_.level] = item.level
    for name, value in qualifiers.items():
        predicate = literals.iri(relation_of(context, item.id, name).iri)
        yield quad(node, predicate, literals.literal(value))
    if item.value is not None:
        fact = context.facts[item.value]
        relation = relation_of(context, fact.id, fact.predicate)
        yield quad(node, literals.iri(relation.iri), object_term(context, fact, relation))
    for name, value in item.derived.items():
        predicate = literals.iri(relation_of(context, item.id, name).iri)
        yield ox.Quad(node, predicate, literals.literal(value), context.inferred_graph)
    for fact_id in item.facts:
        yield quad(node, NR["basedOn"], literals.iri(terms.statement_iri(context.base, fact_id)))
    for fact_id in item.inferred:
        statement = literals.iri(terms.statement_iri(context.base, fact_id))
        yield ox.Quad(node, NR["basedOn"], statement, context.inferred_graph)
