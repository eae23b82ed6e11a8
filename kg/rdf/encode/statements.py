"""Facts: the plain triple, the statement node, its value and qualifiers."""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import InvalidGraphError
from kg.model.graph import Entity, Fact
from kg.model.statement import Literal
from kg.ontology.domain import Relation
from kg.rdf import ntriples, terms
from kg.rdf.encode.context import Context
from kg.rdf.literals import NUMERIC, is_date
from kg.rdf.ntriples import DCTERMS, NR, PROV, RDF, SCHEMA, Row, Term

__all__ = [
    "claim_rows",
    "fact_rows",
    "object_term",
    "plain_triple",
    "relation_of",
    "value_name",
    "value_owner",
]


def fact_rows(context: Context, fact: Fact) -> Iterator[Row]:
    """The rows of one stated fact, apart from its evidence.

    Raises InvalidGraphError for what the domain does not have.
    """
    node = ntriples.minted(terms.statement_iri(context.base, fact.id))
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
    yield node, RDF["type"], NR["Statement"]
    if fact.is_plain:
        triple = plain_triple(context, fact)
        context.plain_triples.add(triple)
        yield triple
    yield from claim_rows(context, fact)
    for predicate, date in _reported(context, fact):
        yield node, predicate, date


def plain_triple(context: Context, fact: Fact) -> Row:
    """What the fact says, without who says it and how."""
    relation = relation_of(context, fact.id, fact.predicate)
    object_ = object_term(context, fact, relation)
    return ntriples.iri(fact.subject.id), ntriples.iri(relation.iri), object_


def claim_rows(context: Context, fact: Fact) -> Iterator[Row]:
    """The statement node of a fact, stated or inferred, apart from its class and evidence."""
    node = ntriples.minted(terms.statement_iri(context.base, fact.id))
    subject, predicate, object_ = plain_triple(context, fact)
    yield node, RDF["type"], RDF["Statement"]
    yield node, DCTERMS["identifier"], ntriples.string(fact.id)
    yield node, RDF["subject"], subject
    yield node, RDF["predicate"], predicate
    yield node, RDF["object"], object_
    yield node, NR["stance"], NR["stance" + fact.modality.value.capitalize()]
    yield node, NR["confidence"], ntriples.decimal(fact.confidence)
    yield node, NR["sources"], ntriples.count(fact.sources)
    yield node, PROV["wasGeneratedBy"], context.run
    if fact.attributed_to is not None:
        yield node, NR["speaker"], ntriples.iri(fact.attributed_to.id)
    if isinstance(fact.object, Literal):
        if relation_of(context, fact.id, fact.predicate).is_datatype:
            yield node, NR["verbatim"], ntriples.string(fact.object.text)
        elif value_owner(context, fact) == fact.id:
            yield from _value(context, fact, fact.object)
    for name, value in fact.qualifiers:
        yield from _qualifier(context, fact, name, value)


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
        return ntriples.iri(fact.object.id)
    if relation.is_datatype:
        return ntriples.literal(fact.object)
    return ntriples.minted(terms.value_iri(context.base, value_owner(context, fact)))


def value_owner(context: Context, fact: Fact) -> str:
    """The id of the fact whose value node this is: an inferred fact shares that of its premise."""
    roots = context.stated_premises(fact)
    return next((root.id for root in roots if root.object == fact.object), fact.id)


def _reported(context: Context, fact: Fact) -> Iterator[tuple[Term, Term]]:
    """When the first and the last of the dated articles were published."""
    names = {item.span.article for item in fact.evidence} & context.articles.keys()
    published = {context.articles[name].published for name in names}
    dates = sorted(text for text in published if text and is_date(text))
    if dates:
        yield NR["firstReported"], ntriples.date(dates[0])
        yield NR["lastReported"], ntriples.date(dates[-1])


def _value(context: Context, fact: Fact, value: Literal) -> Iterator[Row]:
    """What needs a unit or a bound to be read is a node of its own."""
    node = ntriples.minted(terms.value_iri(context.base, fact.id))
    relation = relation_of(context, fact.id, fact.predicate)
    classes = (context.ontology.classes.get(name) for name in relation.range)
    iris = [ntriples.iri(class_.iri) for class_ in classes if class_ is not None]
    yield node, RDF["type"], iris[0] if iris else NR["Quantity"]
    yield node, RDF["type"], NR["Entity"]
    yield node, NR["statedValue"], ntriples.literal(value)
    yield node, NR["verbatim"], ntriples.string(value.text)
    said = _said(fact)
    yield node, SCHEMA["name"], ntriples.string(value_name(fact, value))
    if "unit" in said:
        yield node, SCHEMA["unitText"], ntriples.string(said["unit"])
    if "comparator" in said:
        yield node, NR["bound"], ntriples.string(said["comparator"])
    elif value.datatype in NUMERIC:
        yield node, SCHEMA["value"], ntriples.literal(value)


def value_name(fact: Fact, value: Literal) -> str:
    """A number or quotation as it is shown: the words of the article with its bound and unit."""
    said = _said(fact)
    words = (said.get("comparator", ""), value.text, said.get("unit", ""))
    # the text of a value may hold its bound and unit
    return " ".join(w for w in words if w and (w is value.text or w not in value.text))


def _said(fact: Fact) -> dict[str, str]:
    return {name: v.text for name, v in fact.qualifiers if isinstance(v, Literal)}


def _qualifier(context: Context, fact: Fact, name: str, value: Entity | Literal) -> Iterator[Row]:
    """The qualifier one step away, and its words, which one that a rule drew does not have."""
    statement = ntriples.minted(terms.statement_iri(context.base, fact.id))
    predicate = ntriples.iri(relation_of(context, fact.id, name).iri)
    if isinstance(value, Entity):
        yield statement, predicate, ntriples.iri(value.id)
        return
    yield statement, predicate, ntriples.literal(value)
    if fact.derived_by is not None and not value.text:
        return
    node = ntriples.minted(terms.qualification_iri(context.base, fact.id, name))
    yield statement, NR["qualification"], node
    yield node, RDF["type"], NR["Qualification"]
    yield node, NR["qualifier"], predicate
    yield node, RDF["value"], ntriples.literal(value)
    yield node, NR["verbatim"], ntriples.string(value.text)
