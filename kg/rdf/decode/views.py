"""What was made of the facts, read back: fulfilments, discrepancies and partnerships."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg.model.discrepancy import Discrepancy, DiscrepancyKind, Side
from kg.model.graph import Entity, Fact
from kg.model.partnership import Partnership
from kg.model.statement import Literal
from kg.rdf.decode.facts import Entities, entity_of, evidence_of
from kg.rdf.decode.nodes import Node, Nodes, literal
from kg.rdf.terms import NR, RDF, SCHEMA, statement_iri

__all__ = ["read_discrepancies", "read_fulfilments", "read_partnerships"]


def read_fulfilments(nodes: Nodes) -> tuple[tuple[str, str], ...]:
    """Ids of a plan and of what came of it, sorted."""
    return tuple(
        sorted(
            (nodes.identifier(plan), nodes.identifier(node.value))
            for plan in nodes.instances(NR["Statement"])
            for node in nodes.all(plan, NR["fulfilledBy"])
        )
    )


def read_discrepancies(nodes: Nodes) -> tuple[Discrepancy, ...]:
    """The discrepancies by id, their sides in order."""
    found = [_discrepancy(nodes, iri) for iri in nodes.instances(NR["Discrepancy"])]
    return tuple(sorted(found, key=lambda item: item.id))


def _discrepancy(nodes: Nodes, iri: str) -> Discrepancy:
    kind = nodes.one(iri, NR["discrepancyKind"]).value.removeprefix(NR["discrepancy"].value)
    relation = nodes.maybe(iri, NR["atIssue"])
    sides = [node.value for node in nodes.all(iri, NR["side"])]
    return Discrepancy(
        id=nodes.identifier(iri),
        kind=DiscrepancyKind(kind.lower()),
        subject=nodes.one(iri, NR["concerns"]).value,
        predicate=nodes.relation(iri, relation) if relation is not None else None,
        message=nodes.one(iri, SCHEMA["description"]).value,
        sides=tuple(
            _side(nodes, side) for side in sorted(sides, key=lambda s: int(s.split("/")[-1]))
        ),
    )


def _side(nodes: Nodes, iri: str) -> Side:
    statement = nodes.maybe(iri, NR["sideStatement"])
    return Side(
        says=nodes.one(iri, NR["says"]).value,
        evidence=evidence_of(nodes, iri),
        fact=nodes.identifier(statement.value) if statement is not None else None,
        reference=nodes.text(iri, NR["reference"]),
    )


def read_partnerships(
    nodes: Nodes, entities: Entities, facts: Iterable[Fact], inferred: Iterable[Fact]
) -> tuple[Partnership, ...]:
    """The partnerships by IRI; what only an inferred fact says of one is among its `derived`."""
    stated = {fact.id: fact for fact in facts}
    drawn = {fact.id: fact for fact in inferred}
    return tuple(
        _partnership(nodes, iri, entities, stated, drawn)
        for iri in sorted(nodes.instances(NR["Partnership"]))
    )


def _partnership(
    nodes: Nodes,
    iri: str,
    entities: Entities,
    stated: Mapping[str, Fact],
    drawn: Mapping[str, Fact],
) -> Partnership:
    based = [nodes.identifier(node.value) for node in nodes.all(iri, NR["basedOn"])]
    own = sorted((stated[key] for key in based if key in stated), key=_surest)
    rules = sorted((drawn[key] for key in based if key in drawn), key=_surest)
    terms = nodes.ontology.partnership
    values = {name: found[0] for name, found in sorted(nodes.qualifiers(iri))}
    level_name = terms.level if terms is not None else None
    level = values.pop(level_name or "", None)
    said = {name: _said(own, name, node) for name, node in values.items()}

    def related(name: str) -> tuple[Entity, ...]:
        return tuple(entity_of(iri, key, entities) for key in nodes.texts(iri, NR[name]))

    return Partnership(
        id=iri,
        label=nodes.one(iri, SCHEMA["name"]).value,
        partners=related("hasPartner"),
        sponsors=related("hasSponsor"),
        rights_holders=related("hasRightsHolder"),
        covers=related("coversEvent"),
        period={name: value for name, value in said.items() if value is not None},
        derived={
            name: _said(rules, name, values[name]) or literal(values[name], "")
            for name, value in said.items()
            if value is None
        },
        level=level and (_said(own, level_name, level) or literal(level, "")),
        value=_value(nodes, iri, own),
        facts=tuple(sorted(fact.id for fact in own)),
        inferred=tuple(sorted(fact.id for fact in rules)),
    )


def _surest(fact: Fact) -> tuple[float, str]:
    """What sorts the surest fact first."""
    return -fact.confidence, fact.id


def _said(facts: Iterable[Fact], name: str | None, node: Node) -> Literal | None:
    """The value with the words of the first fact that says it; None where none does."""
    found = (value for fact in facts for key, value in fact.qualifiers if key == name)
    same = (v for v in found if isinstance(v, Literal) and literal(node, v.text) == v)
    return next(same, None)


def _value(nodes: Nodes, iri: str, facts: Iterable[Fact]) -> str | None:
    """The id of the fact that states what the partnership is worth."""
    terms = nodes.ontology.partnership
    relation = nodes.ontology.relations.get(terms.value or "") if terms is not None else None
    if relation is None:
        return None
    value = nodes.maybe(iri, ox.NamedNode(relation.iri))
    for fact in facts:
        statement = statement_iri(nodes.ontology.base_iri, fact.id)
        if fact.predicate == relation.name and value == nodes.maybe(statement, RDF["object"]):
            return fact.id
    return None
