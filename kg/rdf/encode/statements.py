"""Facts: the plain triple, the statement node, its value and qualifiers."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.errors import InvalidGraphError
from kg.model.graph import Entity, Fact
from kg.model.statement import Literal
from kg.ontology.domain import Relation
from kg.rdf import literals, terms
from kg.rdf.encode.context import Context, Term, quad
from kg.rdf.encode.evidence import evidence_quads
from kg.rdf.terms import DCTERMS, NR, PROV, RDF, SCHEMA

__all__ = ["fact_quads"]


def fact_quads(context: Context, fact: Fact) -> Iterator[ox.Quad]:
    """The quads of one fact. Raises InvalidGraphError for what the domain does not have."""
    node = literals.iri(terms.statement_iri(context.base, fact.id))
    relation = _relation(context, fact, fact.predicate)
    if relation.use != "claim":
        raise InvalidGraphError(
            f"fact {fact.id} uses {relation.name!r}, which is a {relation.use} and no claim"
        )
    subject, predicate = literals.iri(fact.subject.id), literals.iri(relation.iri)
    object_ = _object(context, fact, relation)
    if fact.is_plain:
        yield quad(subject, predicate, object_)
    yield quad(node, RDF["type"], NR["Statement"])
    yield quad(node, RDF["type"], RDF["Statement"])
    yield quad(node, DCTERMS["identifier"], literals.string(fact.id))
    yield quad(node, RDF["subject"], subject)
    yield quad(node, RDF["predicate"], predicate)
    yield quad(node, RDF["object"], object_)
    yield quad(node, NR["stance"], NR["stance" + fact.modality.value.capitalize()])
    yield quad(node, NR["confidence"], literals.decimal(fact.confidence))
    yield quad(node, NR["sources"], literals.count(fact.sources))
    yield quad(node, PROV["wasGeneratedBy"], context.run)
    if fact.attributed_to is not None:
        yield quad(node, NR["speaker"], literals.iri(fact.attributed_to.id))
    if fact.derived_by is not None:
        yield quad(node, NR["derivedBy"], literals.string(fact.derived_by))
    if isinstance(fact.object, Literal):
        yield from _value(context, fact, fact.object, node, object_, relation)
    for name, value in fact.qualifiers:
        yield from _qualifier(context, fact, node, name, value)
    for item in fact.evidence:
        yield from evidence_quads(context, fact, node, item)


def _relation(context: Context, fact: Fact, name: str) -> Relation:
    if name not in context.ontology.relations:
        raise InvalidGraphError(
            f"fact {fact.id} uses {name!r}, which domain {context.ontology.name!r} does not have; "
            "add it to its ontology.ttl"
        )
    return context.ontology.relations[name]


def _object(context: Context, fact: Fact, relation: Relation) -> Term:
    if isinstance(fact.object, Entity):
        return literals.iri(fact.object.id)
    if relation.is_datatype:
        return literals.literal(fact.object)
    return literals.iri(terms.value_iri(context.base, fact.id))


def _value(
    context: Context,
    fact: Fact,
    value: Literal,
    statement: ox.NamedNode,
    node: Term,
    relation: Relation,
) -> Iterator[ox.Quad]:
    """A date is a literal; what needs a unit or a bound to be read is a node of its own."""
    if isinstance(node, ox.Literal):
        yield quad(statement, NR["verbatim"], literals.string(value.text))
        return
    classes = (context.ontology.classes.get(name) for name in relation.range)
    iris = [literals.iri(class_.iri) for class_ in classes if class_ is not None]
    yield quad(node, RDF["type"], iris[0] if iris else NR["Quantity"])
    yield quad(node, RDF["type"], NR["Entity"])
    yield quad(node, NR["statedValue"], literals.literal(value))
    yield quad(node, NR["verbatim"], literals.string(value.text))
    said = {name: v.text for name, v in fact.qualifiers if isinstance(v, Literal)}
    bound, unit = said.get("comparator", ""), said.get("unit", "")
    words = (bound, value.text, unit)  # the text of a value may hold its bound and unit
    name = " ".join(w for w in words if w and (w is value.text or w not in value.text))
    yield quad(node, SCHEMA["name"], literals.string(name))
    if "unit" in said:
        yield quad(node, SCHEMA["unitText"], literals.string(said["unit"]))
    if "comparator" in said:
        yield quad(node, NR["bound"], literals.string(said["comparator"]))
    elif value.datatype in literals.NUMERIC:
        yield quad(node, SCHEMA["value"], literals.literal(value))


def _qualifier(
    context: Context, fact: Fact, statement: ox.NamedNode, name: str, value: Entity | Literal
) -> Iterator[ox.Quad]:
    predicate = literals.iri(_relation(context, fact, name).iri)
    if isinstance(value, Entity):
        yield quad(statement, predicate, literals.iri(value.id))
        return
    node = literals.iri(terms.qualification_iri(context.base, fact.id, name))
    yield quad(statement, predicate, literals.literal(value))
    yield quad(statement, NR["qualification"], node)
    yield quad(node, RDF["type"], NR["Qualification"])
    yield quad(node, NR["qualifier"], predicate)
    yield quad(node, RDF["value"], literals.literal(value))
    yield quad(node, NR["verbatim"], literals.string(value.text))
