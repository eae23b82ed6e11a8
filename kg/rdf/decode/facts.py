"""Entities and facts with their evidence, read back from their nodes."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from kg.errors import InvalidGraphError
from kg.model.graph import Entity, Fact
from kg.model.statement import Evidence, Literal, Modality, Voice
from kg.model.text import Span
from kg.rdf.decode.nodes import Nodes, literal
from kg.rdf.terms import NR, OA, RDF, SCHEMA, SKOS

__all__ = ["Entities", "entity_of", "evidence_of", "read_entities", "read_facts"]

Entities = Mapping[str, Entity]  # by IRI


def read_entities(nodes: Nodes) -> dict[str, Entity]:
    """What has a skos:prefLabel, by IRI, in the order of IRIs."""
    return {
        iri: Entity(
            id=iri,
            label=nodes.one(iri, SKOS["prefLabel"]).value,
            type=nodes.lowest_class(iri),
            mentions=nodes.texts(iri, NR["surfaceForm"]),
            same_as=nodes.texts(iri, SCHEMA["sameAs"]),
            alt_labels=nodes.texts(iri, SKOS["altLabel"]),
            hidden_labels=nodes.texts(iri, SKOS["hiddenLabel"]),
            members=nodes.texts(iri, NR["clusterMember"]),
            aliases=nodes.texts(iri, NR["alias"]),
        )
        for iri in sorted(nodes.triples)
        if nodes.all(iri, SKOS["prefLabel"])
    }


def read_facts(nodes: Nodes, entities: Entities, class_: ox.NamedNode) -> tuple[Fact, ...]:
    """The facts whose nodes have that class, by id."""
    facts = [_fact(nodes, iri, entities) for iri in nodes.instances(class_)]
    return tuple(sorted(facts, key=lambda fact: fact.id))


def entity_of(iri: str, value: str, entities: Entities) -> Entity:
    """The entity whose IRI the node `iri` has as a value."""
    if value not in entities:
        raise InvalidGraphError(f"{iri}: {value} has no skos:prefLabel, so is no entity")
    return entities[value]


def evidence_of(nodes: Nodes, iri: str) -> tuple[Evidence, ...]:
    """The evidence of a statement or side, by place."""
    found = {_evidence(nodes, node.value) for node in nodes.all(iri, NR["evidence"])}
    return tuple(sorted(found, key=lambda e: (e.span, e.extractor, e.voice, e.cues)))


def _fact(nodes: Nodes, iri: str, entities: Entities) -> Fact:
    speaker = nodes.text(iri, NR["speaker"])
    premises = [nodes.identifier(node.value) for node in nodes.all(iri, NR["premise"])]
    stance = nodes.one(iri, NR["stance"]).value.removeprefix(NR["stance"].value)
    return Fact(
        id=nodes.identifier(iri),
        subject=entity_of(iri, nodes.one(iri, RDF["subject"]).value, entities),
        predicate=nodes.relation(iri, nodes.one(iri, RDF["predicate"])),
        object=_object(nodes, iri, entities),
        modality=Modality(stance.lower()),
        attributed_to=entity_of(iri, speaker, entities) if speaker else None,
        confidence=float(nodes.one(iri, NR["confidence"]).value),
        evidence=evidence_of(nodes, iri),
        sources=int(nodes.one(iri, NR["sources"]).value),
        qualifiers=_qualifiers(nodes, iri, entities),
        derived_by=nodes.text(iri, NR["derivedBy"]),
        premises=tuple(sorted(premises)),
    )


def _object(nodes: Nodes, iri: str, entities: Entities) -> Entity | Literal:
    node = nodes.one(iri, RDF["object"])
    if isinstance(node, ox.Literal):
        return literal(node, nodes.one(iri, NR["verbatim"]).value)
    stated = nodes.maybe(node.value, NR["statedValue"])
    if stated is not None:
        return literal(stated, nodes.one(node.value, NR["verbatim"]).value)
    return entity_of(iri, node.value, entities)


def _qualifiers(
    nodes: Nodes, iri: str, entities: Entities
) -> tuple[tuple[str, Entity | Literal], ...]:
    found: dict[str, Entity | Literal] = {}
    for name, objects in nodes.qualifiers(iri):
        for node in objects:
            if isinstance(node, ox.NamedNode):
                found[name] = entity_of(iri, node.value, entities)
            else:  # that no article writes; the words of the others follow
                found[name] = literal(node, "")
    for item in nodes.all(iri, NR["qualification"]):
        name = nodes.relation(iri, nodes.one(item.value, NR["qualifier"]))
        words = nodes.one(item.value, NR["verbatim"]).value
        found[name] = literal(nodes.one(item.value, RDF["value"]), words)
    return tuple(sorted(found.items()))


def _evidence(nodes: Nodes, iri: str) -> Evidence:
    passage = nodes.one(iri, OA["hasTarget"]).value
    article = nodes.one(passage, OA["hasSource"]).value
    selectors = [node.value for node in nodes.all(passage, OA["hasSelector"])]
    place = next((s for s in selectors if nodes.all(s, OA["start"])), passage)
    voice = nodes.one(iri, NR["voice"]).value.removeprefix(NR["voice"].value)
    return Evidence(
        span=Span(
            nodes.one(article, SCHEMA["name"]).value,
            int(nodes.one(place, OA["start"]).value),
            int(nodes.one(place, OA["end"]).value),
        ),
        quote=nodes.one(iri, NR["quote"]).value,
        voice=Voice(voice.lower()),
        extractor=nodes.one(iri, NR["extractor"]).value,
        cues=nodes.texts(iri, NR["hedgeCue"]),
    )
