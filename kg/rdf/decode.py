"""Facts and entities read back from quads; the inverse of kg.rdf.encode."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from kg.errors import InvalidGraphError
from kg.model.graph import Entity, Fact
from kg.model.statement import Evidence, Literal, Modality, Voice
from kg.model.text import Span
from kg.ontology.domain import Ontology
from kg.rdf.terms import DCTERMS, NR, OA, RDF, SCHEMA, SKOS

__all__ = ["from_quads"]


def from_quads(
    quads: Iterable[ox.Quad], ontology: Ontology
) -> tuple[tuple[Entity, ...], tuple[Fact, ...]]:
    """The entities and facts that quads written by this package hold, each sorted by id.

    Graph names do not matter: Turtle and TriG give the same. Raises InvalidGraphError naming the
    node that lacks something.
    """
    decoder = _Decoder(quads, ontology)
    entities = decoder.entities()
    return tuple(entities[key] for key in sorted(entities)), decoder.facts(entities)


class _Decoder:
    def __init__(self, quads: Iterable[ox.Quad], ontology: Ontology) -> None:
        self.ontology = ontology
        self.class_of = {c.iri: c.name for c in ontology.classes.values()}
        self.relation_of = {r.iri: r.name for r in ontology.relations.values()}
        self.triples: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
        by_subject: dict[str, dict[str, set[ox.NamedNode | ox.Literal]]] = defaultdict(
            lambda: defaultdict(set)
        )
        for quad in quads:
            if isinstance(quad.subject, ox.NamedNode) and isinstance(
                quad.object, ox.NamedNode | ox.Literal
            ):
                by_subject[quad.subject.value][quad.predicate.value].add(quad.object)
        for subject, predicates in by_subject.items():
            self.triples[subject] = {p: sorted(o, key=str) for p, o in predicates.items()}

    def entities(self) -> dict[str, Entity]:
        return {
            iri: Entity(
                id=iri,
                label=self._one(iri, SKOS["prefLabel"]).value,
                type=self._class(iri),
                mentions=self._texts(iri, NR["surfaceForm"]),
                same_as=self._texts(iri, SCHEMA["sameAs"]),
                alt_labels=self._texts(iri, SKOS["altLabel"]),
                hidden_labels=self._texts(iri, SKOS["hiddenLabel"]),
                members=self._texts(iri, NR["clusterMember"]),
            )
            for iri, predicates in self.triples.items()
            if SKOS["prefLabel"].value in predicates
        }

    def facts(self, entities: dict[str, Entity]) -> tuple[Fact, ...]:
        nodes = [iri for iri in self.triples if NR["Statement"] in self._all(iri, RDF["type"])]
        facts = [self._fact(iri, entities) for iri in nodes]
        return tuple(sorted(facts, key=lambda fact: fact.id))

    def _fact(self, iri: str, entities: dict[str, Entity]) -> Fact:
        speaker = self._maybe(iri, NR["speaker"])
        derived_by = self._maybe(iri, NR["derivedBy"])
        evidence = [self._evidence(node.value) for node in self._all(iri, NR["evidence"])]
        stance = self._one(iri, NR["stance"]).value.removeprefix(NR["stance"].value)
        return Fact(
            id=self._one(iri, DCTERMS["identifier"]).value,
            subject=self._entity(iri, self._one(iri, RDF["subject"]), entities),
            predicate=self._relation(iri, self._one(iri, RDF["predicate"])),
            object=self._object(iri, entities),
            modality=Modality(stance.lower()),
            attributed_to=self._entity(iri, speaker, entities) if speaker else None,
            confidence=float(self._one(iri, NR["confidence"]).value),
            evidence=tuple(sorted(evidence, key=lambda e: (e.span, e.voice, e.extractor))),
            sources=int(self._one(iri, NR["sources"]).value),
            qualifiers=self._qualifiers(iri, entities),
            derived_by=derived_by.value if derived_by else None,
        )

    def _object(self, iri: str, entities: dict[str, Entity]) -> Entity | Literal:
        node = self._one(iri, RDF["object"])
        if isinstance(node, ox.Literal):
            return _literal(node, self._one(iri, NR["verbatim"]))
        stated = self._maybe(node.value, NR["statedValue"])
        if stated is not None:
            return _literal(stated, self._one(node.value, NR["verbatim"]))
        return self._entity(iri, node, entities)

    def _qualifiers(
        self, iri: str, entities: dict[str, Entity]
    ) -> tuple[tuple[str, Entity | Literal], ...]:
        found: dict[str, Entity | Literal] = {}
        for predicate, objects in self.triples[iri].items():
            name = self.relation_of.get(predicate)
            for node in objects:
                if name in QUALIFIER_FREE or not isinstance(node, ox.NamedNode):
                    continue
                if name is not None and node.value in entities:
                    found[name] = entities[node.value]
        for item in self._all(iri, NR["qualification"]):
            name = self._relation(iri, self._one(item.value, NR["qualifier"]))
            value = self._one(item.value, RDF["value"])
            found[name] = _literal(value, self._one(item.value, NR["verbatim"]))
        return tuple(sorted(found.items()))

    def _evidence(self, iri: str) -> Evidence:
        passage = self._one(iri, OA["hasTarget"]).value
        article = self._one(passage, OA["hasSource"]).value
        selectors = [node.value for node in self._all(passage, OA["hasSelector"])]
        place = next((s for s in selectors if self._all(s, OA["start"])), passage)
        voice = self._one(iri, NR["voice"]).value.removeprefix(NR["voice"].value)
        return Evidence(
            span=Span(
                self._one(article, SCHEMA["name"]).value,
                int(self._one(place, OA["start"]).value),
                int(self._one(place, OA["end"]).value),
            ),
            quote=self._one(iri, NR["quote"]).value,
            voice=Voice(voice.lower()),
            extractor=self._one(iri, NR["extractor"]).value,
            cues=self._texts(iri, NR["hedgeCue"]),
        )

    def _class(self, iri: str) -> str:
        """The lowest class: the one that all the others are above."""
        names = [self.class_of.get(node.value, "") for node in self._all(iri, RDF["type"])]
        known = [name for name in names if name]
        for name in known:
            if all(self.ontology.is_a(name, other) for other in known):
                return name
        raise InvalidGraphError(f"{iri}: no class of domain {self.ontology.name!r} that fits it")

    def _relation(self, iri: str, node: ox.NamedNode | ox.Literal) -> str:
        if node.value not in self.relation_of:
            raise InvalidGraphError(
                f"{iri}: {node.value} is no relation of domain {self.ontology.name!r}"
            )
        return self.relation_of[node.value]

    def _entity(
        self, iri: str, node: ox.NamedNode | ox.Literal, entities: dict[str, Entity]
    ) -> Entity:
        if node.value not in entities:
            raise InvalidGraphError(f"{iri}: {node.value} has no skos:prefLabel, so is no entity")
        return entities[node.value]

    def _all(self, iri: str, predicate: ox.NamedNode) -> list[ox.NamedNode | ox.Literal]:
        return self.triples.get(iri, {}).get(predicate.value, [])

    def _maybe(self, iri: str, predicate: ox.NamedNode) -> ox.NamedNode | ox.Literal | None:
        return next(iter(self._all(iri, predicate)), None)

    def _one(self, iri: str, predicate: ox.NamedNode) -> ox.NamedNode | ox.Literal:
        found = self._all(iri, predicate)
        if len(found) != 1:
            raise InvalidGraphError(f"{iri}: {len(found)} values of {predicate.value}, need one")
        return found[0]

    def _texts(self, iri: str, predicate: ox.NamedNode) -> tuple[str, ...]:
        return tuple(sorted(node.value for node in self._all(iri, predicate)))


# Properties of a statement that are relations of the vocabulary and yet narrow nothing.
QUALIFIER_FREE = frozenset(("speaker", "evidence", "stance", "qualification"))


def _literal(node: ox.NamedNode | ox.Literal, verbatim: ox.NamedNode | ox.Literal) -> Literal:
    if not isinstance(node, ox.Literal):
        raise InvalidGraphError(f"{node.value}: a literal was expected here")
    return Literal(node.value, node.datatype.value, verbatim.value)
