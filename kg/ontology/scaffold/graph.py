"""OWL, RDFS and SKOS as a schema, from any RDF syntax that pyoxigraph reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.ontology.scaffold.schema import Schema, SchemaClass, SchemaName, SchemaRelation, Text
from kg.ontology.scaffold.triples import Node, Triples, is_datatype, plain
from kg.ontology.scaffold.vocabularies import (
    BUILT_IN,
    CLASSES,
    DEFINITIONS,
    DOMAINS,
    EXAMPLES,
    LABELS,
    OWL,
    PROPERTIES,
    RANGES,
    RDF,
    RDFS,
    SAME,
    SCHEMES,
    SKOS,
    SYNONYMS,
)
from kg.ontology.turtle import Term

__all__ = ["read_graph"]


def read_graph(path: Path, data: bytes, syntax: str, *, title: str = "") -> Schema:
    """The schema of an RDF file; raises OntologyError with the line for what does not parse."""
    graph = _Graph(Triples(path, data, syntax))
    classes, relations = graph.classes(), graph.relations()
    names = tuple(graph.names(frozenset(classes)))
    if not classes and not relations and not names:
        raise OntologyError(
            f"{path}: no class, property or concept in it; give the file that declares them"
        )
    head = graph.head()
    schemes = {n.type for n in names} - set(classes)
    return Schema(
        title=graph.title(head) or title,
        definition=next((t.value for t in graph.texts(head, DEFINITIONS)), "") if head else "",
        iri=head.value if isinstance(head, ox.NamedNode) else "",
        classes=tuple(graph.class_(iri) for iri in sorted({*classes, *schemes})),
        relations=tuple(graph.relation(iri) for iri in relations),
        names=names,
        notes=tuple(graph.notes()),
    )


class _Graph:
    def __init__(self, triples: Triples) -> None:
        self.out, self.typed = triples.out, triples.typed
        self.members, self.texts = triples.members, triples.texts
        self.hints: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
        self._restrictions()

    def classes(self) -> list[str]:
        """IRIs of what is declared, or used, as a class; sorted."""
        found = {n.value for c in CLASSES for n in self.typed[c] if isinstance(n, ox.NamedNode)}
        for node, table in list(self.out.items()):
            if RDFS + "subClassOf" in table and isinstance(node, ox.NamedNode):
                found.add(node.value)
            for key in (RDFS + "subClassOf", *DOMAINS, *RANGES):
                for value in table.get(key, ()):
                    found |= {m for m in self.members(value) if not is_datatype(m)}
        return sorted(i for i in found if self._is_own(i))

    def relations(self) -> list[str]:
        """IRIs of the properties that are no annotations; sorted."""
        found = {n.value for p in PROPERTIES for n in self.typed[p] if isinstance(n, ox.NamedNode)}
        found |= {
            node.value
            for node, table in list(self.out.items())
            if isinstance(node, ox.NamedNode)
            and any(k in table for k in (*DOMAINS, *RANGES, RDFS + "subPropertyOf"))
        }
        found -= {
            n.value for n in self.typed[OWL + "AnnotationProperty"] if isinstance(n, ox.NamedNode)
        }
        return sorted(i for i in found if self._is_own(i))

    def _is_own(self, iri: str) -> bool:
        if iri.startswith((*BUILT_IN, SKOS)):
            return False
        deprecated = self.out[ox.NamedNode(iri)].get(OWL + "deprecated", ())
        return not any(isinstance(v, ox.Literal) and v.value in ("true", "1") for v in deprecated)

    def class_(self, iri: str) -> SchemaClass:
        """The class, or the concept scheme, of an IRI."""
        node = ox.NamedNode(iri)
        parents = {m for v in self.out[node].get(RDFS + "subClassOf", ()) for m in plain(v)}
        same = [m for v in self.out[node].get(OWL + "equivalentClass", ()) for m in plain(v)]
        return SchemaClass(
            id=iri,
            labels=self.texts(node, LABELS) or ((Text("concept"),) if not iri else ()),
            synonyms=self.texts(node, SYNONYMS),
            definitions=self.texts(node, DEFINITIONS),
            parents=tuple(sorted(p for p in parents if p != iri and self._is_own(p))),
            same_as=tuple(sorted({*same, *self._same(node)})),
        )

    def relation(self, iri: str) -> SchemaRelation:
        """The property of an IRI."""
        node = ox.NamedNode(iri)
        table = self.out[node]
        types = {v.value for v in table.get(RDF + "type", ()) if isinstance(v, ox.NamedNode)}
        range_ = self._sides(table, RANGES) or sorted(self.hints[iri][1])
        is_literal = None
        if OWL + "DatatypeProperty" in types or (range_ and all(map(is_datatype, range_))):
            is_literal = True
        elif OWL + "ObjectProperty" in types or range_:
            is_literal = False
        inverse = [m for v in table.get(OWL + "inverseOf", ()) for m in plain(v)]
        return SchemaRelation(
            id=iri,
            labels=self.texts(node, LABELS),
            synonyms=self.texts(node, SYNONYMS),
            definitions=self.texts(node, DEFINITIONS),
            domain=tuple(self._sides(table, DOMAINS) or sorted(self.hints[iri][0])),
            range=tuple(range_),
            parents=tuple(
                sorted(
                    m
                    for v in table.get(RDFS + "subPropertyOf", ())
                    for m in plain(v)
                    if m != iri and self._is_own(m)
                )
            ),
            inverse=min(inverse, default=None),
            functional=OWL + "FunctionalProperty" in types,
            symmetric=OWL + "SymmetricProperty" in types,
            transitive=OWL + "TransitiveProperty" in types,
            is_literal=is_literal,
            examples=tuple(t.value for t in self.texts(node, EXAMPLES)),
        )

    def _sides(self, table: dict[str, list[Term]], keys: Iterable[str]) -> list[str]:
        found = {m for k in keys for v in table.get(k, ()) for m in self.members(v)}
        return sorted(m for m in found if m not in (OWL + "Thing", RDFS + "Resource"))

    def _restrictions(self) -> None:
        """Domain and range that restrictions of classes hint at, for properties without any."""
        for node, table in list(self.out.items()):
            for value in (
                *table.get(RDFS + "subClassOf", ()),
                *table.get(OWL + "equivalentClass", ()),
            ):
                if not isinstance(value, ox.BlankNode):
                    continue
                inner = self.out[value]
                for on in (p for v in inner.get(OWL + "onProperty", ()) for p in plain(v)):
                    if isinstance(node, ox.NamedNode):
                        self.hints[on][0].add(node.value)
                    for key in ("someValuesFrom", "allValuesFrom", "onClass", "onDataRange"):
                        for filler in inner.get(OWL + key, ()):
                            self.hints[on][1].update(self.members(filler))

    def names(self, classes: frozenset[str]) -> Iterator[SchemaName]:
        """Individuals and concepts that bear a label, by IRI; a concept's class is its scheme."""
        for node in sorted((n for n in self.out if isinstance(n, ox.NamedNode)), key=str):
            table = self.out[node]
            types = [t for v in table.get(RDF + "type", ()) for t in plain(v)]
            own = sorted(t for t in types if t in classes)
            if not own and SKOS + "Concept" not in types:
                continue
            if node.value in classes or (not own and not self._is_own(node.value)):
                continue
            labels = self.texts(node, LABELS)
            if labels:
                yield SchemaName(
                    id=node.value,
                    labels=labels,
                    synonyms=self.texts(node, SYNONYMS),
                    hidden=self.texts(node, (SKOS + "hiddenLabel",)),
                    type=own[0] if own else self._scheme(node),
                    same_as=self._same(node),
                )

    def _scheme(self, node: Node) -> str:
        found = sorted(m for k in SCHEMES for v in self.out[node].get(k, ()) for m in plain(v))
        all_ = sorted(
            n.value for n in self.typed[SKOS + "ConceptScheme"] if isinstance(n, ox.NamedNode)
        )
        return next(iter(found or all_), SKOS + "Concept")

    def _same(self, node: Node) -> tuple[str, ...]:
        return tuple(sorted(m for k in SAME for v in self.out[node].get(k, ()) for m in plain(v)))

    def head(self) -> Node | None:
        """The ontology or concept scheme that the file is about; the first by IRI."""
        found = self.typed[OWL + "Ontology"] or self.typed[SKOS + "ConceptScheme"]
        return min(found, key=str, default=None)

    def title(self, head: Node | None) -> str:
        """Title of the ontology, in English if it has one."""
        titles = self.texts(head, LABELS) if head is not None else ()
        english = [t.value for t in titles if t.language in ("en", "")]
        return next(iter(english or [t.value for t in titles]), "")

    def notes(self) -> Iterator[str]:
        """What was left out, and why."""
        head = self.head()
        for value in self.out[head].get(OWL + "imports", ()) if head is not None else ():
            if isinstance(value, ox.NamedNode):
                yield f"{value.value} is imported and was not fetched; give a file that holds both"
        gone = sum(1 for t in self.out.values() if OWL + "deprecated" in t)
        if gone:
            yield f"{gone} deprecated terms were left out"
