"""Quads by subject and property, and what every decoder asks of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from kg.errors import InvalidGraphError
from kg.model.statement import Literal
from kg.ontology.domain import Ontology
from kg.rdf.terms import DCTERMS, RDF

__all__ = ["Node", "Nodes", "literal"]

Node = ox.NamedNode | ox.Literal


class Nodes:
    """The triples of a graph by subject and property; objects are sorted, graph names forgotten."""

    def __init__(self, quads: Iterable[ox.Quad], ontology: Ontology) -> None:
        self.ontology = ontology
        self._class_of = {c.iri: c.name for c in ontology.classes.values()}
        self._relation_of = {r.iri: r.name for r in ontology.relations.values()}
        by_subject: dict[str, dict[str, set[Node]]] = defaultdict(lambda: defaultdict(set))
        for quad in quads:
            subject, object_ = quad.subject, quad.object
            if isinstance(subject, ox.NamedNode) and isinstance(object_, ox.NamedNode | ox.Literal):
                by_subject[subject.value][quad.predicate.value].add(object_)
        self.triples: dict[str, dict[str, list[Node]]] = {
            iri: {p: sorted(o, key=str) for p, o in predicates.items()}
            for iri, predicates in by_subject.items()
        }
        self._instances: dict[str, list[str]] = defaultdict(list)
        for iri, predicates in self.triples.items():
            for class_ in predicates.get(RDF["type"].value, ()):
                self._instances[class_.value].append(iri)

    def instances(self, class_: ox.NamedNode) -> list[str]:
        """The IRIs of what has this very class."""
        return self._instances.get(class_.value, [])

    def all(self, iri: str, predicate: ox.NamedNode) -> list[Node]:
        """The values of a property."""
        return self.triples.get(iri, {}).get(predicate.value, [])

    def maybe(self, iri: str, predicate: ox.NamedNode) -> Node | None:
        """The first value of a property, None where there is none."""
        return next(iter(self.all(iri, predicate)), None)

    def one(self, iri: str, predicate: ox.NamedNode) -> Node:
        """The only value of a property. Raises InvalidGraphError where it has none or many."""
        found = self.all(iri, predicate)
        if len(found) != 1:
            raise InvalidGraphError(f"{iri}: {len(found)} values of {predicate.value}, need one")
        return found[0]

    def text(self, iri: str, predicate: ox.NamedNode) -> str | None:
        """The text of the first value of a property, None where there is none."""
        found = self.maybe(iri, predicate)
        return None if found is None else found.value

    def texts(self, iri: str, predicate: ox.NamedNode) -> tuple[str, ...]:
        """The texts of the values of a property, sorted."""
        return tuple(sorted(node.value for node in self.all(iri, predicate)))

    def identifier(self, iri: str) -> str:
        """The id of the fact or discrepancy that the node stands for."""
        return self.one(iri, DCTERMS["identifier"]).value

    def lowest_class(self, iri: str) -> str:
        """The class of the domain that all the others of the node are above."""
        names = [self._class_of.get(node.value, "") for node in self.all(iri, RDF["type"])]
        known = [name for name in names if name]
        for name in known:
            if all(self.ontology.is_a(name, other) for other in known):
                return name
        raise InvalidGraphError(f"{iri}: no class of domain {self.ontology.name!r} that fits it")

    def relation(self, iri: str, node: Node) -> str:
        """The name of the relation that the value `node` of the node `iri` is."""
        if node.value not in self._relation_of:
            raise InvalidGraphError(
                f"{iri}: {node.value} is no relation of domain {self.ontology.name!r}"
            )
        return self._relation_of[node.value]

    def qualifiers(self, iri: str) -> Iterable[tuple[str, list[Node]]]:
        """The properties of the node that are qualifiers of the domain, by name."""
        for predicate, objects in self.triples.get(iri, {}).items():
            name = self._relation_of.get(predicate)
            if name is not None and self.ontology.relations[name].use == "qualifier":
                yield name, objects


def literal(node: Node, text: str) -> Literal:
    """The value with the words of the article. Raises InvalidGraphError for an IRI."""
    if not isinstance(node, ox.Literal):
        raise InvalidGraphError(f"{node.value}: a literal was expected here")
    return Literal(node.value, node.datatype.value, text)
