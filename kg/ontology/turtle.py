"""Terms and names out of the Turtle files of a domain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.ontology.terms import KnownName, OntologyClass, Relation, local_name

__all__ = [
    "Term",
    "listed",
    "load_turtle",
    "objects_of",
    "read_classes",
    "read_disjoint",
    "read_names",
    "read_prefixes",
    "read_relations",
]

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "https://schema.org/"
USE = "https://w3id.org/newskg/newsroom#use"
ICON = "https://w3id.org/newskg/newsroom#icon"
SINGLE_VALUED = "https://w3id.org/newskg/newsroom#singleValued"
VANN = "http://purl.org/vocab/vann/"

# What KnownName keeps in fields of its own.
NAMING = frozenset({"type", "prefLabel", "altLabel", "hiddenLabel", "sameAs"})

Node = ox.NamedNode | ox.BlankNode | ox.Triple
Term = Node | ox.Literal


def load_turtle(path: Path, store: ox.Store, base_iri: str) -> None:
    """Adds the triples of a file to the store; relative IRIs are resolved against `base_iri`.

    Raises OntologyError when the file is missing or does not parse.
    """
    if not path.exists():
        raise OntologyError(f"{path}: file is missing; every domain folder needs it")
    try:
        store.load(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=base_iri)
    except (SyntaxError, ValueError) as error:
        raise OntologyError(f"{path}: not valid Turtle: {error}") from error


def read_classes(store: ox.Store, namespaces: tuple[str, ...]) -> Iterator[OntologyClass]:
    """The classes that start with one of the namespaces, by IRI."""
    for node in _own(_instances(store, "Class"), namespaces):
        yield OntologyClass(
            iri=node.value,
            name=local_name(node.value),
            label=_text(store, node, RDFS + "label"),
            definition=_definition(store, node),
            parents=_names(store, node, RDFS + "subClassOf", namespaces),
            icon=_text(store, node, ICON),
        )


def read_disjoint(store: ox.Store, namespaces: tuple[str, ...]) -> frozenset[frozenset[str]]:
    """Pairs of classes that nothing is both of: owl:disjointWith and owl:AllDisjointClasses."""
    pairs: set[frozenset[str]] = set()
    for quad in store.quads_for_pattern(None, ox.NamedNode(OWL + "disjointWith"), None):
        pairs.add(frozenset(_own_names((quad.subject, quad.object), namespaces)))
    for quad in store.quads_for_pattern(None, ox.NamedNode(OWL + "members"), None):
        names = _own_names(listed(store, quad.object), namespaces)
        pairs |= {frozenset(pair) for pair in combinations(names, 2)}
    return frozenset(pair for pair in pairs if len(pair) == 2)


def read_relations(store: ox.Store, namespaces: tuple[str, ...]) -> Iterator[Relation]:
    """The properties that start with one of the namespaces, by IRI."""
    datatype = set(_instances(store, "DatatypeProperty"))
    symmetric = set(_instances(store, "SymmetricProperty"))
    functional = set(_instances(store, "FunctionalProperty"))
    properties = _instances(store, "ObjectProperty", "DatatypeProperty")
    for node in _own(properties, namespaces):
        yield Relation(
            iri=node.value,
            name=local_name(node.value),
            label=_text(store, node, RDFS + "label"),
            definition=_definition(store, node),
            domain=_admitted(store, node, RDFS + "domain"),
            range=_admitted(store, node, RDFS + "range"),
            symmetric=node in symmetric,
            functional=node in functional or _text(store, node, SINGLE_VALUED) == "true",
            is_datatype=node in datatype,
            parents=_names(store, node, RDFS + "subPropertyOf", namespaces),
            inverse=next(iter(_names(store, node, OWL + "inverseOf", namespaces)), None),
            use=_text(store, node, USE) or "claim",
        )


def read_prefixes(store: ox.Store, namespaces: tuple[str, ...]) -> dict[str, str]:
    """Prefix to namespace, as the ontologies of these namespaces ask to be abbreviated."""
    found: dict[str, str] = {}
    for node in _instances(store, "Ontology"):
        prefix = _text(store, node, VANN + "preferredNamespacePrefix")
        namespace = _text(store, node, VANN + "preferredNamespaceUri")
        if prefix and namespace in namespaces:
            found[prefix] = namespace
    return found


def read_names(store: ox.Store, classes: Mapping[str, OntologyClass]) -> Iterator[KnownName]:
    """Everything that has a skos:prefLabel, by IRI.

    Raises OntologyError for a name whose class is none of `classes`, and for one without IRI.
    """
    own = {c.iri: c.name for c in classes.values()}
    labelled = store.quads_for_pattern(None, ox.NamedNode(SKOS + "prefLabel"), None)
    for node in sorted({q.subject for q in labelled}, key=str):
        label = _text(store, node, SKOS + "prefLabel")
        if not isinstance(node, ox.NamedNode):
            raise OntologyError(f"names.ttl: {label!r} is a blank node; give it an IRI")
        types = [_value(o) for o in objects_of(store, node, RDF + "type")]
        known = [own[t] for t in types if t in own]
        if not known:
            raise OntologyError(
                f"names.ttl: {node.value} has no class of the domain "
                f"(it says: {', '.join(_local_names(types)) or 'none'})"
            )
        yield KnownName(
            iri=node.value,
            type=known[0],
            label=label,
            alt_labels=_texts(store, node, SKOS + "altLabel"),
            hidden_labels=_texts(store, node, SKOS + "hiddenLabel"),
            same_as=tuple(_value(o) for o in objects_of(store, node, SCHEMA + "sameAs")),
            properties=_properties(store, node),
        )


def _properties(store: ox.Store, node: Node) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for quad in store.quads_for_pattern(node, None, None):
        name = local_name(quad.predicate.value)
        if name not in NAMING:
            found.setdefault(name, []).append(_value(quad.object))
    return {name: tuple(sorted(values)) for name, values in sorted(found.items())}


def _value(term: Term) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def objects_of(store: ox.Store, subject: Node, predicate: str) -> list[Term]:
    """The objects of a predicate, which is an IRI; sorted."""
    quads = store.quads_for_pattern(subject, ox.NamedNode(predicate), None)
    return sorted((q.object for q in quads), key=str)


def _texts(store: ox.Store, subject: Node, predicate: str) -> tuple[str, ...]:
    """Values in English or in no language; all values where there is none of these."""
    found = objects_of(store, subject, predicate)
    english = [o for o in found if isinstance(o, ox.Literal) and o.language in (None, "en")]
    return tuple(_value(o) for o in english or found)


def _text(store: ox.Store, subject: Node, predicate: str) -> str:
    return next(iter(_texts(store, subject, predicate)), "")


def _definition(store: ox.Store, subject: Node) -> str:
    return _text(store, subject, SKOS + "definition") or _text(store, subject, RDFS + "comment")


def _instances(store: ox.Store, *owl_types: str) -> list[ox.NamedNode]:
    found = {
        quad.subject
        for name in owl_types
        for quad in store.quads_for_pattern(
            None, ox.NamedNode(RDF + "type"), ox.NamedNode(OWL + name)
        )
        if isinstance(quad.subject, ox.NamedNode)
    }
    return sorted(found, key=str)


def _own(terms: Iterable[Term], namespaces: tuple[str, ...]) -> list[ox.NamedNode]:
    """The terms that the domains mint; the others are terms of other vocabularies they reuse."""
    return [t for t in terms if isinstance(t, ox.NamedNode) and t.value.startswith(namespaces)]


def _own_names(terms: Iterable[Term], namespaces: tuple[str, ...]) -> tuple[str, ...]:
    return _local_names(t.value for t in _own(terms, namespaces))


def _names(
    store: ox.Store, node: Node, predicate: str, namespaces: tuple[str, ...]
) -> tuple[str, ...]:
    return _own_names(objects_of(store, node, predicate), namespaces)


def _local_names(iris: Iterable[str]) -> tuple[str, ...]:
    return tuple(local_name(iri) for iri in iris)


def _admitted(store: ox.Store, node: Node, predicate: str) -> tuple[str, ...]:
    """What rdfs:domain or rdfs:range admits."""
    return tuple(m for o in objects_of(store, node, predicate) for m in _members(store, o))


def _members(store: ox.Store, term: Term) -> tuple[str, ...]:
    """Local names of a class, of the members of an owl:unionOf, or the IRI of a datatype."""
    if isinstance(term, ox.NamedNode):
        datatype = "XMLSchema#" in term.value or term.value.endswith("rdf-syntax-ns#langString")
        return (term.value if datatype else local_name(term.value),)
    if isinstance(term, ox.Literal):
        return ()
    unions = objects_of(store, term, OWL + "unionOf")
    return tuple(n for cell in unions for m in listed(store, cell) for n in _members(store, m))


def listed(store: ox.Store, cell: Term) -> Iterator[Term]:
    """The members of an RDF list, in its order; of one that leads into itself, each once."""
    seen: set[Term] = set()
    while isinstance(cell, ox.BlankNode) and cell not in seen:
        seen.add(cell)
        yield from objects_of(store, cell, RDF + "first")
        rest = objects_of(store, cell, RDF + "rest")
        if not rest:
            break
        cell = rest[0]
