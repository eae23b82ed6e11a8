"""Entities: classes, names, links."""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import InvalidGraphError
from kg.model.graph import Entity
from kg.rdf import ntriples
from kg.rdf.encode.context import Context
from kg.rdf.ntriples import NR, RDF, SCHEMA, SKOS, Row, Term

__all__ = ["entity_rows"]


def entity_rows(context: Context, entity: Entity) -> Iterator[Row]:
    """What is known of one entity apart from facts."""
    node = ntriples.iri(entity.id)
    for class_ in _classes(context, entity):
        yield node, RDF["type"], class_
    yield node, SCHEMA["name"], ntriples.string(entity.label)
    yield node, SKOS["prefLabel"], ntriples.string(entity.label)
    for predicate, texts in (
        (SKOS["altLabel"], entity.alt_labels),
        (SKOS["hiddenLabel"], entity.hidden_labels),
        (NR["surfaceForm"], entity.mentions),
    ):
        for text in texts:
            yield node, predicate, ntriples.string(text)
    for iri in entity.same_as:
        yield node, SCHEMA["sameAs"], ntriples.iri(iri)
    for iri in entity.members:
        yield node, NR["clusterMember"], ntriples.iri(iri)
    for iri in entity.aliases:
        yield node, NR["alias"], ntriples.iri(iri)


def _classes(context: Context, entity: Entity) -> list[Term]:
    """The class of the entity and all above it: a plain query needs no inference then."""
    if entity.type not in context.ontology.classes:
        raise InvalidGraphError(
            f"{entity.id} has the class {entity.type!r}, which domain "
            f"{context.ontology.name!r} does not have; add it to its ontology.ttl"
        )
    classes = context.ontology.classes.values()
    return [ntriples.iri(c.iri) for c in classes if context.ontology.is_a(entity.type, c.name)]
