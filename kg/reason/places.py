"""Which place lies in which, as far as the domain's names and the articles say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.model.graph import Entity, Fact, KnowledgeGraph
from kg.model.statement import Modality
from kg.ontology.domain import Ontology

__all__ = ["Places", "places_of"]

_LOCATED = "locatedIn"
_LEVELS = ("City", "Country")  # of which a thing is in one only


@dataclass(frozen=True)
class Places:
    """Places by IRI: the places that each lies right in, and its class."""

    ontology: Ontology | None = None
    above: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    types: dict[str, str] = field(default_factory=dict)  # of the domain's names

    def around(self, iri: str) -> frozenset[str]:
        """The place and every place that it is known to lie in."""
        found = {iri}
        waiting = [iri]
        while waiting:
            for place in self.above.get(waiting.pop(), ()):
                if place not in found:
                    found.add(place)
                    waiting.append(place)
        return frozenset(found)

    def apart(self, one: Entity, other: Entity) -> bool:
        """True when nothing can be in both: two cities, or two countries, that the domain knows.

        A place within the other, or one whose name holds the other's, is no contradiction, and of a
        place that the domain does not know it is not certain what it is.
        """
        mine, theirs = self.around(one.id), self.around(other.id)
        if one.id in theirs or other.id in mine or _one_name(one.label, other.label):
            return False
        for level in _LEVELS:
            left = {p for p in mine if self._is(p, level)}
            right = {p for p in theirs if self._is(p, level)}
            if left and right and not left & right:
                return True
        return False

    def _is(self, iri: str, level: str) -> bool:
        return self.ontology is not None and self.ontology.is_a(self.types.get(iri, ""), level)


def _one_name(left: str, right: str) -> bool:
    one, other = (set(label.casefold().split()) for label in (left, right))
    return one <= other or other <= one


def places_of(graph: KnowledgeGraph, ontology: Ontology) -> Places:
    """What the names of the domain and the plain facts of the graph say."""
    places = Places(ontology)
    for name in ontology.names.values():
        places.types[name.iri] = name.type
        places.above[name.iri].update(name.properties.get(_LOCATED, ()))
    for fact in _located(graph.facts):
        if isinstance(fact.object, Entity):
            places.above[fact.subject.id].add(fact.object.id)
    return places


def _located(facts: Iterable[Fact]) -> Iterable[Fact]:
    return (
        f
        for f in facts
        if f.predicate == _LOCATED and f.is_plain and f.modality is Modality.ASSERTED
    )
