"""Nodes of the things that claims are about: entities, values, partnerships."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from kg.model.graph import Entity, Fact
from kg.model.partnership import Partnership
from kg.model.statement import Literal, Modality
from kg.ontology.terms import Relation
from kg.property_graph.claims import qualifier_properties, texts, without_gaps
from kg.property_graph.model import Node, PropertyValue
from kg.property_graph.names import Names, inferred
from kg.property_graph.values import clean, dated, number
from kg.rdf.encode.statements import value_name
from kg.rdf.literals import NUMERIC

__all__ = ["entity_node", "own_values", "partnership_node", "value_node"]

_VALUE = "value"
_BOUND, _UNIT = "comparator", "unit"  # qualifiers that belong to a number as much as to its claim


def own_values(
    names: Names, facts: Iterable[Fact], disputed: Collection[str] = ()
) -> dict[str, dict[str, PropertyValue]]:
    """Entity to properties of its own: what one value at most can be of, and nobody disputes.

    Such a property is of a relation that the ontology calls single-valued, stated by the article
    itself, without qualifiers, as something that is so and not planned, and with one value.
    `disputed` are ids of facts that a discrepancy speaks of.
    """
    found: dict[tuple[str, str], dict[str, Literal]] = defaultdict(dict)
    doubtful: set[tuple[str, str]] = set()
    for fact in facts:
        relation = names.relation(fact.predicate)
        if isinstance(fact.object, Literal) and _is_own(fact, relation):
            found[fact.subject.id, fact.predicate][fact.object.value] = fact.object
            doubtful |= {(fact.subject.id, fact.predicate)} if fact.id in disputed else set()
    result: dict[str, dict[str, PropertyValue]] = defaultdict(dict)
    for (entity, predicate), literals in sorted(found.items()):
        if len(literals) == 1 and (entity, predicate) not in doubtful:
            (literal,) = literals.values()
            shape = names.shape(predicate)
            result[entity] |= dict(shape.properties(names.property(predicate), literal))
    return dict(result)


def _is_own(fact: Fact, relation: Relation) -> bool:
    return (
        relation.functional
        and relation.is_datatype
        and fact.is_plain
        and fact.modality is Modality.ASSERTED
        and fact.derived_by is None
        and not fact.qualifiers
    )


def entity_node(names: Names, entity: Entity, own: dict[str, PropertyValue]) -> Node:
    """The node of an entity, its classes as labels; `own` are more properties of it."""
    properties: dict[str, PropertyValue | None] = {
        "name": clean(entity.label),
        "type": entity.type,
        "altNames": texts(entity.alt_labels),
        "hiddenNames": texts(entity.hidden_labels),
        "mentions": texts(entity.mentions),
        "sameAs": texts(entity.same_as),
        "searchNames": _search_names(entity),
    }
    return Node(entity.id, names.labels(entity.type), without_gaps(properties | own))


def _search_names(entity: Entity) -> tuple[str, ...]:
    names = {entity.label, *entity.alt_labels, *entity.hidden_labels, *entity.mentions}
    return tuple(sorted({clean(name).lower() for name in names}))


def value_node(names: Names, id_: str, fact: Fact, value: Literal) -> Node:
    """The node of the literal that a fact states; under its class, where the ontology has one."""
    relation = names.relation(fact.predicate)
    classes = [] if relation.is_datatype else [c for c in relation.range if c in names.label_of]
    said = {name: v for name, v in fact.qualifiers if name in (_BOUND, _UNIT)}
    properties: dict[str, PropertyValue | None] = {
        "name": clean(value.value if relation.is_datatype else value_name(fact, value)),
        "value": clean(value.value),
        "text": clean(value.text),
        "datatype": clean(value.datatype),
    }
    if value.datatype in NUMERIC:
        properties["statedNumber"] = number(value.value)
        properties["number"] = number(value.value) if _BOUND not in said else None
    else:
        properties |= dict(dated(_VALUE, value.value)) if _is_date(value) else {}
    properties |= dict(qualifier_properties(names, sorted(said.items())))
    labels = ("Value", *(names.label_of[class_] for class_ in classes[:1]))
    return Node(id_, labels, without_gaps(properties))


def _is_date(value: Literal) -> bool:
    return value.datatype.rsplit("#", 1)[-1] in ("gYear", "gYearMonth", "date", "dateTime")


def partnership_node(names: Names, item: Partnership) -> Node:
    """The node of a partnership; what no article says of it is called so."""
    is_sponsorship = bool(item.sponsors and item.rights_holders)
    class_ = "Sponsorship" if is_sponsorship else "Partnership"
    level = names.ontology.partnership.level if names.ontology.partnership is not None else None
    qualifiers: dict[str, Entity | Literal] = dict(item.period)
    if item.level is not None and level is not None:
        qualifiers[level] = item.level
    properties: dict[str, PropertyValue | None] = {
        "name": clean(item.label),
        "type": class_,
        "facts": texts(item.facts),
        **dict(qualifier_properties(names, sorted(qualifiers.items()))),
        **dict(_derived(names, item)),
    }
    return Node(item.id, names.labels(class_), without_gaps(properties))


def _derived(names: Names, item: Partnership) -> Iterator[tuple[str, PropertyValue | None]]:
    for name, value in qualifier_properties(names, sorted(item.derived.items())):
        yield inferred(name), value
