"""Facts, entities and what was made of them read back from quads; the inverse of kg.rdf.encode."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from kg.errors import InvalidGraphError
from kg.model.discrepancy import Discrepancy, DiscrepancyKind, Side
from kg.model.graph import Entity, Fact, KnowledgeGraph
from kg.model.statement import Evidence, Literal, Modality, Voice
from kg.model.text import Span
from kg.ontology.domain import Ontology
from kg.rdf.terms import DCTERMS, NR, OA, RDF, SCHEMA, SKOS

__all__ = ["from_quads", "read_graph"]


def from_quads(
    quads: Iterable[ox.Quad], ontology: Ontology
) -> tuple[tuple[Entity, ...], tuple[Fact, ...]]:
    """The entities and facts that quads written by this package hold, each sorted by id.

    Graph names do not matter: Turtle and TriG give the same. Raises InvalidGraphError naming the
    node that lacks something.
    """
    graph = read_graph(quads, ontology)
    return graph.entities, graph.facts


def read_graph(quads: Iterable[ox.Quad], ontology: Ontology) -> KnowledgeGraph:
    """The graph that quads written by this package hold, as far as RDF has it.

    That is entities, facts, inferred facts, fulfilments and discrepancies, each sorted by id. What
    was read in the articles is not there; partnerships are a view, which kg.reason makes again.
    Raises InvalidGraphError naming the node that lacks something.
    """
    decoder = _Decoder(quads, ontology)
    entities = decoder.entities()
    return KnowledgeGraph(
        entities=tuple(entities[key] for key in sorted(entities)),
        facts=decoder.facts(entities, NR["Statement"]),
        inferred=decoder.facts(entities, NR["InferredStatement"]),
        fulfilments=decoder.fulfilments(),
        discrepancies=decoder.discrepancies(),
    )


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
                aliases=self._texts(iri, NR["alias"]),
            )
            for iri, predicates in self.triples.items()
            if SKOS["prefLabel"].value in predicates
        }

    def facts(self, entities: dict[str, Entity], class_: ox.NamedNode) -> tuple[Fact, ...]:
        facts = [self._fact(iri, entities) for iri in self._instances(class_)]
        return tuple(sorted(facts, key=lambda fact: fact.id))

    def fulfilments(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            sorted(
                (self._identifier(plan), self._identifier(node.value))
                for plan in self._instances(NR["Statement"])
                for node in self._all(plan, NR["fulfilledBy"])
            )
        )

    def discrepancies(self) -> tuple[Discrepancy, ...]:
        found = [self._discrepancy(iri) for iri in self._instances(NR["Discrepancy"])]
        return tuple(sorted(found, key=lambda item: item.id))

    def _discrepancy(self, iri: str) -> Discrepancy:
        kind = self._one(iri, NR["discrepancyKind"]).value.removeprefix(NR["discrepancy"].value)
        relation = self._maybe(iri, NR["atIssue"])
        sides = [node.value for node in self._all(iri, NR["side"])]
        return Discrepancy(
            id=self._identifier(iri),
            kind=DiscrepancyKind(kind.lower()),
            subject=self._one(iri, NR["concerns"]).value,
            predicate=self._relation(iri, relation) if relation is not None else None,
            message=self._one(iri, SCHEMA["description"]).value,
            sides=tuple(map(self._side, sorted(sides, key=lambda side: int(side.split("/")[-1])))),
        )

    def _side(self, iri: str) -> Side:
        statement = self._maybe(iri, NR["sideStatement"])
        reference = self._maybe(iri, NR["reference"])
        return Side(
            says=self._one(iri, NR["says"]).value,
            evidence=self._evidences(iri),
            fact=self._identifier(statement.value) if statement is not None else None,
            reference=reference.value if reference is not None else None,
        )

    def _fact(self, iri: str, entities: dict[str, Entity]) -> Fact:
        speaker = self._maybe(iri, NR["speaker"])
        derived_by = self._maybe(iri, NR["derivedBy"])
        premises = [self._identifier(node.value) for node in self._all(iri, NR["premise"])]
        stance = self._one(iri, NR["stance"]).value.removeprefix(NR["stance"].value)
        return Fact(
            id=self._identifier(iri),
            subject=self._entity(iri, self._one(iri, RDF["subject"]), entities),
            predicate=self._relation(iri, self._one(iri, RDF["predicate"])),
            object=self._object(iri, entities),
            modality=Modality(stance.lower()),
            attributed_to=self._entity(iri, speaker, entities) if speaker else None,
            confidence=float(self._one(iri, NR["confidence"]).value),
            evidence=self._evidences(iri),
            sources=int(self._one(iri, NR["sources"]).value),
            qualifiers=self._qualifiers(iri, entities),
            derived_by=derived_by.value if derived_by else None,
            premises=tuple(sorted(premises)),
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
            if name is None or self.ontology.relations[name].use != "qualifier":
                continue
            for node in objects:
                if isinstance(node, ox.NamedNode):
                    found[name] = self._entity(iri, node, entities)
                else:  # that no article writes; the words of the others follow
                    found[name] = Literal(node.value, node.datatype.value, "")
        for item in self._all(iri, NR["qualification"]):
            name = self._relation(iri, self._one(item.value, NR["qualifier"]))
            value = self._one(item.value, RDF["value"])
            found[name] = _literal(value, self._one(item.value, NR["verbatim"]))
        return tuple(sorted(found.items()))

    def _evidences(self, iri: str) -> tuple[Evidence, ...]:
        found = {self._evidence(node.value) for node in self._all(iri, NR["evidence"])}
        return tuple(sorted(found, key=lambda e: (e.span, e.extractor, e.voice, e.cues)))

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

    def _instances(self, class_: ox.NamedNode) -> list[str]:
        return [iri for iri in self.triples if class_ in self._all(iri, RDF["type"])]

    def _identifier(self, iri: str) -> str:
        return self._one(iri, DCTERMS["identifier"]).value

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


def _literal(node: ox.NamedNode | ox.Literal, verbatim: ox.NamedNode | ox.Literal) -> Literal:
    if not isinstance(node, ox.Literal):
        raise InvalidGraphError(f"{node.value}: a literal was expected here")
    return Literal(node.value, node.datatype.value, verbatim.value)
