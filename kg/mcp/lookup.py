"""Entities of a graph by name: the one that is meant, or all that come near."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from kg.errors import InputError, UnknownNameError
from kg.mcp.records import EntityRef, FoundEntities, FoundEntity
from kg.model.graph import Entity, Fact, KnowledgeGraph
from kg.model.text import Article
from kg.model.wording import close_names
from kg.ontology.domain import Ontology
from kg.rdf.written import open_written

__all__ = ["Lookup", "open_lookup", "shortened"]

_LIKE = 75.0  # of 100: a name with so much in common with what is searched for is a match
_NEAR = 60.0  # enough to be named where nothing matches
_AT_MOST = 8  # names in an error
_NAMES = 10  # of one entity
_NAME = 300  # characters


@dataclass(frozen=True, eq=False)
class Lookup:
    """A graph with what it takes to find things in it fast; equal to itself only."""

    graph: KnowledgeGraph
    ontology: Ontology

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """By IRI."""
        return {entity.id: entity for entity in self.graph.entities}

    @cached_property
    def articles(self) -> dict[str, Article]:
        """By name."""
        return {article.name: article for article in self.graph.articles}

    @cached_property
    def facts_of(self) -> dict[str, list[Fact]]:
        """By the IRI of an end, stated facts before inferred ones, surest first."""
        found: dict[str, list[Fact]] = defaultdict(list)
        facts = sorted(
            (*self.graph.facts, *self.graph.inferred),
            key=lambda fact: (fact.derived_by is not None, -fact.confidence, fact.id),
        )
        for fact in facts:
            found[fact.subject.id].append(fact)
            if isinstance(fact.object, Entity) and fact.object.id != fact.subject.id:
                found[fact.object.id].append(fact)
        return found

    def entity(self, name: str) -> Entity:
        """The entity of that IRI, label or other name, in this order; case does not matter.

        Raises UnknownNameError with close names where there is none, and InputError that lists the
        entities where several have the name.
        """
        if name in self.entities:
            return self.entities[name]
        wanted = _folded(name)
        for names in (_iris, _labels, _other_names):
            found = [e for e in self.graph.entities if wanted in map(_folded, names(e))]
            if len(found) == 1:
                return found[0]
            if found:
                listed = "; ".join(f"{shortened(e.label)} ({e.type}) {e.id}" for e in found[:10])
                raise InputError(
                    f"{len(found)} entities are called {shortened(name)!r}; ask for one of them by "
                    f"its IRI: {listed}"
                )
        forms = {shortened(form) for e in self.graph.entities for form in _names(e)}
        near = process.extract(
            wanted, sorted(forms), scorer=fuzz.WRatio, processor=utils.default_process,
            score_cutoff=_NEAR, limit=_AT_MOST,
        )  # fmt: skip
        close = [form for form, _, _ in near] or close_names(shortened(name), forms)
        raise UnknownNameError("entity", shortened(name), close)

    def search(self, text: str, type_: str | None, limit: int) -> FoundEntities:
        """Entities whose names hold the text or are like it, best match first.

        With `type_` only those of that class or below it; with an empty text all of them, those
        with most facts first. Raises UnknownNameError for a class that nothing in the domain has.
        """
        candidates = list(self._of_type(type_))
        scores = {e.id: score for e in candidates if (score := _score(e, text)) is not None}
        found = sorted(
            (e for e in candidates if e.id in scores),
            key=lambda e: (-scores[e.id], -len(self.facts_of.get(e.id, ())), e.label, e.id),
        )
        return FoundEntities(len(found), [self._found(entity) for entity in found[:limit]])

    def ref(self, entity: Entity) -> EntityRef:
        """The entity as a record refers to it."""
        return EntityRef(entity.id, shortened(entity.label), entity.type)

    def _of_type(self, type_: str | None) -> Iterator[Entity]:
        if type_ is not None and type_ not in self.ontology.classes:
            raise UnknownNameError("class", type_, close_names(type_, self.ontology.classes))
        for entity in self.graph.entities:
            if type_ is None or self.ontology.is_a(entity.type, type_):
                yield entity

    def _found(self, entity: Entity) -> FoundEntity:
        names = sorted({*_other_names(entity)} - {entity.label})[:_NAMES]
        facts = len(self.facts_of.get(entity.id, ()))
        label = shortened(entity.label)
        return FoundEntity(entity.id, label, entity.type, [shortened(n) for n in names], facts)


def open_lookup(out: Path, domain: str | Path | None = None) -> Lookup:
    """The graph of a build. Raises InputError for what is missing or broken."""
    written = open_written(out, domain)
    return Lookup(written.graph, written.ontology)


def shortened(text: str, limit: int = _NAME) -> str:
    """The text; where it is longer, its beginning with … at the end."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _score(entity: Entity, text: str) -> float | None:
    """How well the best name of an entity fits, at most 400; None where none does."""
    wanted = _folded(text)
    if not wanted:
        return 0.0
    if wanted == entity.id.casefold():
        return 400.0
    names = [_folded(name) for name in _names(entity)]
    if wanted in names:
        return 300.0
    held = [name for name in names if wanted in name]
    if held:
        return 200.0 + 100.0 * len(wanted) / min(map(len, held))
    best = process.extractOne(
        wanted, names, scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=_LIKE
    )
    return None if best is None else float(best[1])


def _names(entity: Entity) -> Iterator[str]:
    yield entity.label
    yield from _other_names(entity)


def _labels(entity: Entity) -> Iterable[str]:
    return (entity.label,)


def _other_names(entity: Entity) -> Iterable[str]:
    return (*entity.alt_labels, *entity.hidden_labels, *entity.mentions)


def _iris(entity: Entity) -> Iterable[str]:
    return (entity.id, *entity.aliases, *entity.same_as)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
