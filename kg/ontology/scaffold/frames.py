"""Frames proposed for the relations of a new domain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.ontology.domain import Ontology
from kg.ontology.scaffold.terms import DomainClass, DomainRelation, DomainTerms
from kg.ontology.scaffold.way import Sides, Way
from kg.ontology.scaffold.ways import merged, ways_to_say
from kg.ontology.scaffold.words import split_label

__all__ = ["ProposedFrame", "propose_frames"]

SYNONYM = 0.95  # of the prior of a label, for what a synonym of it suggests
VALUES = {"date": "date", "number": "amount", "text": "phrase"}
TRIGGERS = {"verb": "verbs", "noun": "nouns", "adjective": "adjectives"}


@dataclass(frozen=True, slots=True)
class ProposedFrame:
    """A table of frames.toml by its id, and the label that it was made from."""

    id: str
    table: Mapping[str, Any]
    label: str


class _Hierarchy:
    """Which classes, of the domain or the newsroom, are below which."""

    def __init__(self, terms: DomainTerms, base: Ontology) -> None:
        self._own: dict[str, DomainClass] = {c.name: c for c in terms.classes}
        self._base = base
        self._cache: dict[tuple[str, str], bool] = {}

    def is_a(self, name: str, goal: str) -> bool:
        """True where a class is another or below it."""
        key = name, goal
        if key not in self._cache:
            self._cache[key] = False  # for a class that is its own ancestor
            own = self._own.get(name)
            above = own.parents if own is not None else ()
            self._cache[key] = (
                name == goal
                or (own is None and self._base.is_a(name, goal))
                or any(self.is_a(parent, goal) for parent in above)
            )
        return self._cache[key]

    def is_known(self, name: str) -> bool:
        """True for a class of the newsroom."""
        return name not in self._own

    def words(self, name: str) -> tuple[str, ...]:
        """Words for a class."""
        own = self._own.get(name)
        if own is not None:
            return own.words
        class_ = self._base.classes.get(name)
        return tuple(split_label(class_.label)[-1:]) if class_ is not None else ()


def propose_frames(terms: DomainTerms, base: Ontology) -> Iterator[ProposedFrame]:
    """The frames of all relations, by relation and by how sure they are."""
    classes = _Hierarchy(terms, base)
    taken = {frame.id for frame in base.frames}
    for relation in terms.relations:
        for number, (way, label) in enumerate(_ways(relation, classes), 1):
            stem = f"{'-'.join(split_label(relation.name)) or relation.name}-{way.kind}"
            id_ = stem if stem not in taken else f"{stem}-{number}"
            while id_ in taken:
                id_ += "x"
            taken.add(id_)
            yield ProposedFrame(id_, _table(way, relation, classes), label)


def _ways(relation: DomainRelation, classes: _Hierarchy) -> list[tuple[Way, str]]:
    sides = _sides(relation, classes)
    found: list[Way] = []
    labels: dict[Way, str] = {}
    for number, label in enumerate(relation.sayings):
        if relation.value == "boolean":
            break
        for way in ways_to_say(label, split_label(label), sides):
            prior = round(way.prior * (SYNONYM if number else 1), 3)
            way = Way(way.kind, way.words, way.subject, way.object, prior, way.modifiers)
            found.append(way)
            labels.setdefault(way, label)
    ways = merged(found)
    return [(w, next((labels[o] for o in found if o.subject == w.subject and o.kind == w.kind), ""))
            for w in ways]  # fmt: skip


def _sides(relation: DomainRelation, classes: _Hierarchy) -> Sides:
    def all_below(goal: str) -> bool:
        return relation.value is None and all(classes.is_a(r, goal) for r in relation.range)

    words = frozenset(w for d in relation.domain for w in classes.words(d))
    return Sides(
        value=relation.value,
        place=all_below("Place"),
        agent=all_below("Agent"),
        person=all_below("Person"),
        subject_words=words,
    )


def _table(way: Way, relation: DomainRelation, classes: _Hierarchy) -> dict[str, Any]:
    table: dict[str, Any] = {"predicate": relation.name}
    if way.kind == "attached":
        table["trigger_types"] = list(relation.domain)
    else:
        table[TRIGGERS[way.kind]] = list(way.words)
    if way.modifiers:
        table["modifiers"] = list(way.modifiers)
    table["subject"] = _entity(way.subject, relation.domain, classes)
    if relation.value is not None:
        value = "year" if relation.range == ("gYear",) else VALUES[relation.value]
        table["object"] = {"slots": list(way.object), "value": value}
    else:
        table["object"] = _entity(way.object, relation.range, classes)
    if way.kind in ("attached", "noun") and relation.value is None:
        table["presupposed"] = way.kind == "attached"
    table["proposed"] = True
    table["prior"] = way.prior
    return {k: v for k, v in table.items() if v is not False}


def _entity(slots: tuple[str, ...], types: tuple[str, ...], classes: _Hierarchy) -> dict[str, Any]:
    """A slot for entities: names, or, where they are no people, bodies or places, any noun."""
    if types == ("Entity",):
        return {"slots": list(slots), "types": ["Entity"], "names_only": True, "guess": True}
    kinds = ("Agent", "Place", "Event")
    named = any(classes.is_a(t, kind) for t in types for kind in kinds)
    slot: dict[str, Any] = {"slots": list(slots), "types": list(types)}
    slot["names_only"] = named or "bearer" not in slots
    if not slot["names_only"]:
        slot["describe"] = types[0]
    known = classes.is_known(types[0])  # the newsroom's: what a text says of a name tells it
    slot["guess"] = not (known and classes.is_a(types[0], "Place"))
    slot["narrow"] = not known
    return {k: v for k, v in slot.items() if v is not False}


def frame_key(id_: str) -> str:
    """The id as it stands in a table header of TOML, quoted where it must be."""
    return id_ if re.fullmatch(r"[A-Za-z0-9_-]+", id_) else f'"{id_}"'
