"""Which place lies in which, as far as the domain's names and the articles say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kg.model.graph import Entity, KnowledgeGraph
from kg.model.statement import Modality
from kg.ontology.domain import Ontology

__all__ = ["Places", "places_of"]

_LOCATED = "locatedIn"
_LEVELS = ("City", "Country")  # of which a thing is in one only


@dataclass(frozen=True)
class Places:
    """The domain's places, and by IRI the places that each place lies right in."""

    ontology: Ontology
    above: Mapping[str, set[str]]

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
        known = self.ontology.names.get(iri)
        return known is not None and self.ontology.is_a(known.type, level)


def _one_name(left: str, right: str) -> bool:
    one, other = (set(label.casefold().split()) for label in (left, right))
    return one <= other or other <= one


def places_of(graph: KnowledgeGraph, ontology: Ontology) -> Places:
    """What the names of the domain and the plain facts of the graph say."""
    above: dict[str, set[str]] = defaultdict(set)
    for name in ontology.names.values():
        above[name.iri].update(name.properties.get(_LOCATED, ()))
    for fact in graph.facts:
        happened = fact.is_plain and fact.modality is Modality.ASSERTED
        if fact.predicate == _LOCATED and happened and isinstance(fact.object, Entity):
            above[fact.subject.id].add(fact.object.id)
    return Places(ontology, above)
