"""Entities: classes, names, links."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.errors import InvalidGraphError
from kg.model.graph import Entity
from kg.rdf import literals
from kg.rdf.encode.context import Context, quad
from kg.rdf.terms import NR, RDF, SCHEMA, SKOS

__all__ = ["entity_quads"]


def entity_quads(context: Context, entity: Entity) -> Iterator[ox.Quad]:
    """What is known of one entity apart from facts."""
    node = literals.iri(entity.id)
    for class_ in _classes(context, entity):
        yield quad(node, RDF["type"], class_)
    yield quad(node, SCHEMA["name"], literals.string(entity.label))
    yield quad(node, SKOS["prefLabel"], literals.string(entity.label))
    for predicate, texts in (
        (SKOS["altLabel"], entity.alt_labels),
        (SKOS["hiddenLabel"], entity.hidden_labels),
        (NR["surfaceForm"], entity.mentions),
    ):
        for text in texts:
            yield quad(node, predicate, literals.string(text))
    for iri in entity.same_as:
        yield quad(node, SCHEMA["sameAs"], literals.iri(iri))
    for iri in entity.members:
        yield quad(node, NR["clusterMember"], literals.iri(iri))
    for iri in entity.aliases:
        yield quad(node, NR["alias"], literals.iri(iri))


def _classes(context: Context, entity: Entity) -> list[ox.NamedNode]:
    """The class of the entity and all above it: a plain query needs no inference then."""
    if entity.type not in context.ontology.classes:
        raise InvalidGraphError(
            f"{entity.id} has the class {entity.type!r}, which domain "
            f"{context.ontology.name!r} does not have; add it to its ontology.ttl"
        )
    classes = context.ontology.classes.values()
    return [literals.iri(c.iri) for c in classes if context.ontology.is_a(entity.type, c.name)]
