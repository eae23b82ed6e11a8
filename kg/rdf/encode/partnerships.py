"""Partnerships: one node with roles, period, level, value and events, beside the plain triples."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.partnership import Partnership
from kg.rdf import ntriples, terms
from kg.rdf.encode.context import Context
from kg.rdf.encode.statements import object_term, relation_of
from kg.rdf.ntriples import NR, RDF, SCHEMA, Row

__all__ = ["drawn_rows", "partnership_rows"]


def partnership_rows(context: Context, item: Partnership) -> Iterator[Row]:
    """The node of one partnership, apart from what no article states of it."""
    node = ntriples.iri(item.id)
    is_sponsorship = bool(item.sponsors and item.rights_holders)
    for name in ("Sponsorship", "Partnership", "Entity")[0 if is_sponsorship else 1 :]:
        yield node, RDF["type"], NR[name]
    yield node, SCHEMA["name"], ntriples.string(item.label)
    for name, entities in (
        ("hasPartner", item.partners),
        ("hasSponsor", item.sponsors),
        ("hasRightsHolder", item.rights_holders),
        ("coversEvent", item.covers),
    ):
        for entity in entities:
            yield node, NR[name], ntriples.iri(entity.id)
    qualifiers = dict(item.period)
    terms_ = context.ontology.partnership
    if item.level is not None and terms_ is not None and terms_.level is not None:
        qualifiers[terms_.level] = item.level
    for name, value in qualifiers.items():
        predicate = ntriples.iri(relation_of(context, item.id, name).iri)
        yield node, predicate, ntriples.literal(value)
    if item.value is not None:
        fact = context.facts[item.value]
        relation = relation_of(context, fact.id, fact.predicate)
        yield node, ntriples.iri(relation.iri), object_term(context, fact, relation)
    for fact_id in item.facts:
        yield node, NR["basedOn"], ntriples.minted(terms.statement_iri(context.base, fact_id))


def drawn_rows(context: Context, item: Partnership) -> Iterator[Row]:
    """What no article states of a partnership."""
    node = ntriples.iri(item.id)
    for name, value in item.derived.items():
        predicate = ntriples.iri(relation_of(context, item.id, name).iri)
        yield node, predicate, ntriples.literal(value)
    for fact_id in item.inferred:
        statement = ntriples.minted(terms.statement_iri(context.base, fact_id))
        yield node, NR["basedOn"], statement
