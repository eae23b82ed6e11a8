"""Which entities the ids of decisions stand for, and what is said of a decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import PurePath

from kg.errors import InputError
from kg.model.decision import Decision, Unmatched
from kg.model.graph import KnowledgeGraph

__all__ = ["Ids", "check_agreement", "ids_of", "unmatched"]

Ids = Mapping[str, frozenset[str]]


def ids_of(graph: KnowledgeGraph) -> Ids:
    """Each id that an entity has or had to the ids of the entities it stands for now.

    An id of the graph stands for itself alone; one that a merge took away for what it went into.
    """
    names = {e.id: e.known_as for e in graph.article_entities if e.known_as is not None}
    out: dict[str, set[str]] = defaultdict(set)
    for entity in graph.entities:
        for iri in (*entity.aliases, *entity.members):
            out[iri].add(entity.id)
        for iri in (names[m] for m in entity.members if m in names):
            out[iri].add(entity.id)
    own = {entity.id: frozenset({entity.id}) for entity in graph.entities}
    return {iri: frozenset(found) for iri, found in out.items()} | own


def check_agreement(one: Decision, other: Decision, about: str) -> None:
    """Raises InputError, naming both places, where the two answers about one thing differ."""
    if one.answer != other.answer:
        raise InputError(
            f"{one.place}: the answer contradicts that of {other.place}: both are about {about} "
            "by now; decide which of the two holds"
        )


def unmatched(decision: Decision, why: str) -> Unmatched:
    """The decision with what is to be said of it.

    Its place has the name of the file only: a report tells nothing of the folders of a machine.
    """
    folder, _, line = decision.place.rpartition(":")
    place = f"{PurePath(folder).name}:{line}" if folder else decision.place
    return Unmatched(decision.kind, decision.about, decision.answer, place, why)
