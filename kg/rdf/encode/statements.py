"""Facts: the plain triple, the statement node, its value and qualifiers."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.errors import InvalidGraphError
from kg.model.graph import Entity, Fact
from kg.model.statement import Literal
from kg.ontology.domain import Relation
from kg.rdf import literals, terms
from kg.rdf.encode.context import DEFAULT_GRAPH, Context, Graph, PlainTriple, Term, quad
from kg.rdf.terms import DCTERMS, NR, PROV, RDF, SCHEMA

__all__ = [
    "claim_quads",
    "fact_quads",
    "object_term",
    "plain_triple",
    "relation_of",
    "value_name",
    "value_owner",
]


def fact_quads(context: Context, fact: Fact) -> Iterator[ox.Quad]:
    """The quads of one stated fact, apart from its evidence.

    Raises InvalidGraphError for what the domain does not have.
    """
    node = literals.iri(terms.statement_iri(context.base, fact.id))
    if fact.derived_by is not None:
        raise InvalidGraphError(
            f"fact {fact.id} is derived by {fact.derived_by!r} and so no stated one"
        )
    relation = relation_of(context, fact.id, fact.predicate)
    if relation.use != "claim":
        article = "an" if relation.use == "inference" else "a"
        raise InvalidGraphError(
            f"fact {fact.id} uses {relation.name!r}, which is {article} {relation.use} and no claim"
        )
    yield quad(node, RDF["type"], NR["Statement"])
    if fact.is_plain:
        triple = plain_triple(context, fact)
        context.plain_triples.add(triple)
        yield quad(*triple)
    yield from claim_quads(context, fact, DEFAULT_GRAPH)
    for predicate, date in _reported(context, fact):
        yield quad(node, predicate, date)


def plain_triple(context: Context, fact: Fact) -> PlainTriple:
    """What the fact says, without who says it and how."""
    relation = relation_of(context, fact.id, fact.predicate)
    object_ = object_term(context, fact, relation)
    return literals.iri(fact.subject.id), literals.iri(relation.iri), object_


def claim_quads(context: Context, fact: Fact, graph: Graph) -> Iterator[ox.Quad]:
    """The statement node of a fact, stated or inferred, apart from its class and evidence."""
    node = literals.iri(terms.statement_iri(context.base, fact.id))
    subject, predicate, object_ = plain_triple(context, fact)
    yield quad(node, RDF["type"], RDF["Statement"], graph)
    yield quad(node, DCTERMS["identifier"], literals.string(fact.id), graph)
    yield quad(node, RDF["subject"], subject, graph)
    yield quad(node, RDF["predicate"], predicate, graph)
    yield quad(node, RDF["object"], object_, graph)
    yield quad(node, NR["stance"], NR["stance" + fact.modality.value.capitalize()], graph)
    yield quad(node, NR["confidence"], literals.decimal(fact.confidence), graph)
    yield quad(node, NR["sources"], literals.count(fact.sources), graph)
    yield quad(node, PROV["wasGeneratedBy"], context.run, graph)
    if fact.attributed_to is not None:
        yield quad(node, NR["speaker"], literals.iri(fact.attributed_to.id), graph)
    if isinstance(object_, ox.Literal) and isinstance(fact.object, Literal):
        yield quad(node, NR["verbatim"], literals.string(fact.object.text), graph)
    elif isinstance(fact.object, Literal) and value_owner(context, fact) == fact.id:
        yield from _value(context, fact, fact.object, graph)
    for name, value in fact.qualifiers:
        yield from _qualifier(context, fact, name, value, graph)


def relation_of(context: Context, owner: str, name: str) -> Relation:
    """The relation of that name. Raises InvalidGraphError, which names the id of the owner."""
    if name not in context.ontology.relations:
        raise InvalidGraphError(
            f"fact {owner} uses {name!r}, which domain {context.ontology.name!r} does not have; "
            "add it to its ontology.ttl"
        )
    return context.ontology.relations[name]


def object_term(context: Context, fact: Fact, relation: Relation) -> Term:
    """The object of the fact: an entity, a literal, or the node of a quantity or quotation."""
    if isinstance(fact.object, Entity):
        return literals.iri(fact.object.id)
    if relation.is_datatype:
        return literals.literal(fact.object)
    return literals.iri(terms.value_iri(context.base, value_owner(context, fact)))


def value_owner(context: Context, fact: Fact) -> str:
    """The id of the fact whose value node this is: an inferred fact shares that of its premise."""
    roots = context.stated_premises(fact)
    return next((root.id for root in roots if root.object == fact.object), fact.id)


def _reported(context: Context, fact: Fact) -> Iterator[tuple[ox.NamedNode, ox.Literal]]:
    """When the first and the last of the dated articles were published."""
    names = {item.span.article for item in fact.evidence} & context.articles.keys()
    published = {context.articles[name].published for name in names}
    dates = sorted(text for text in published if text and literals.is_date(text))
    if dates:
        yield NR["firstReported"], literals.date(dates[0])
        yield NR["lastReported"], literals.date(dates[-1])


def _value(context: Context, fact: Fact, value: Literal, graph: Graph) -> Iterator[ox.Quad]:
    """What needs a unit or a bound to be read is a node of its own."""
    node = literals.iri(terms.value_iri(context.base, fact.id))
    relation = relation_of(context, fact.id, fact.predicate)
    classes = (context.ontology.classes.get(name) for name in relation.range)
    iris = [literals.iri(class_.iri) for class_ in classes if class_ is not None]
    yield quad(node, RDF["type"], iris[0] if iris else NR["Quantity"], graph)
    yield quad(node, RDF["type"], NR["Entity"], graph)
    yield quad(node, NR["statedValue"], literals.literal(value), graph)
    yield quad(node, NR["verbatim"], literals.string(value.text), graph)
    said = _said(fact)
    yield quad(node, SCHEMA["name"], literals.string(value_name(fact, value)), graph)
    if "unit" in said:
        yield quad(node, SCHEMA["unitText"], literals.string(said["unit"]), graph)
    if "comparator" in said:
        yield quad(node, NR["bound"], literals.string(said["comparator"]), graph)
    elif value.datatype in literals.NUMERIC:
        yield quad(node, SCHEMA["value"], literals.literal(value), graph)


def value_name(fact: Fact, value: Literal) -> str:
    """A number or quotation as it is shown: the words of the article with its bound and unit."""
    said = _said(fact)
    words = (said.get("comparator", ""), value.text, said.get("unit", ""))
    # the text of a value may hold its bound and unit
    return " ".join(w for w in words if w and (w is value.text or w not in value.text))


def _said(fact: Fact) -> dict[str, str]:
    return {name: v.text for name, v in fact.qualifiers if isinstance(v, Literal)}


def _qualifier(
    context: Context, fact: Fact, name: str, value: Entity | Literal, graph: Graph
) -> Iterator[ox.Quad]:
    """The qualifier one step away, and its words, which one that a rule drew does not have."""
    statement = literals.iri(terms.statement_iri(context.base, fact.id))
    predicate = literals.iri(relation_of(context, fact.id, name).iri)
    if isinstance(value, Entity):
        yield quad(statement, predicate, literals.iri(value.id), graph)
        return
    yield quad(statement, predicate, literals.literal(value), graph)
    if fact.derived_by is not None and not value.text:
        return
    node = literals.iri(terms.qualification_iri(context.base, fact.id, name))
    yield quad(statement, NR["qualification"], node, graph)
    yield quad(node, RDF["type"], NR["Qualification"], graph)
    yield quad(node, NR["qualifier"], predicate, graph)
    yield quad(node, RDF["value"], literals.literal(value), graph)
    yield quad(node, NR["verbatim"], literals.string(value.text), graph)
