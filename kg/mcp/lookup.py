"""Entities of a graph by name: the one that is meant, or all that come near."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rapidfuzz import fuzz, process

from kg.errors import InputError, UnknownNameError
from kg.mcp.records import EntityRef, FoundEntities, FoundEntity
from kg.model.graph import Entity, Fact, KnowledgeGraph
from kg.model.text import Article
from kg.model.wording import close_names, shortened
from kg.ontology.domain import Ontology
from kg.rdf.written import open_written

__all__ = ["Lookup", "open_lookup", "short_name"]

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
        for index in (self._by_iri, self._by_label, self._by_other_name):
            found = index.get(wanted, [])
            if len(found) == 1:
                return found[0]
            if found:
                listed = "; ".join(f"{short_name(e.label)} ({e.type}) {e.id}" for e in found[:10])
                raise InputError(
                    f"{len(found)} entities are called {short_name(name)!r}; ask for one of them "
                    f"by its IRI: {listed}"
                )
        near = process.extract(
            wanted, self._forms[0], scorer=fuzz.WRatio, score_cutoff=_NEAR, limit=_AT_MOST
        )
        known = {short_name(form) for e in self.graph.entities for form in _shown_names(e)}
        close = [short_name(_as_written(self._forms[1][i], form)) for form, _, i in near]
        raise UnknownNameError(
            "entity", short_name(name), dict.fromkeys(close) or close_names(short_name(name), known)
        )

    def search(self, text: str, type_: str | None, limit: int) -> FoundEntities:
        """Entities whose names hold the text or are like it, best match first.

        With `type_` only those of that class or below it; with an empty text all of them, those
        with most facts first. Raises UnknownNameError for a class that nothing in the domain has.
        """
        scores = self._scores(_folded(text))
        found = sorted(
            (e for e in self._of_type(type_) if e.id in scores),
            key=lambda e: (-scores[e.id], -len(self.facts_of.get(e.id, ())), e.label, e.id),
        )
        return FoundEntities(len(found), [self._found(entity) for entity in found[:limit]])

    def _scores(self, wanted: str) -> dict[str, float]:
        """How well the best name of each entity fits that has one, at most 400, by IRI."""
        if not wanted:
            return dict.fromkeys(self.entities, 0.0)
        forms, owners = self._forms
        scores: dict[str, float] = {}
        for _, score, i in process.extract(
            wanted, forms, scorer=fuzz.WRatio, score_cutoff=_LIKE, limit=None
        ):
            scores[owners[i].id] = max(score, scores.get(owners[i].id, 0.0))
        for form, owner in zip(forms, owners, strict=True):
            if wanted in form:
                score = 300.0 if form == wanted else 200.0 + 100.0 * len(wanted) / len(form)
                scores[owner.id] = max(score, scores.get(owner.id, 0.0))
        scores.update((entity.id, 400.0) for entity in self._by_iri.get(wanted, ()))
        return scores

    @cached_property
    def _forms(self) -> tuple[list[str], list[Entity]]:
        """All names, folded, and whose they are."""
        pairs = [
            (form, e)
            for e in self.graph.entities
            for form in dict.fromkeys(map(_folded, _names(e)))
        ]
        return [form for form, _ in pairs], [entity for _, entity in pairs]

    @cached_property
    def _by_iri(self) -> dict[str, list[Entity]]:
        return _index(self.graph.entities, _iris)

    @cached_property
    def _by_label(self) -> dict[str, list[Entity]]:
        return _index(self.graph.entities, _labels)

    @cached_property
    def _by_other_name(self) -> dict[str, list[Entity]]:
        return _index(self.graph.entities, _other_names)

    def ref(self, entity: Entity) -> EntityRef:
        """The entity as a record refers to it."""
        return EntityRef(entity.id, short_name(entity.label), entity.type)

    def _of_type(self, type_: str | None) -> Iterator[Entity]:
        if type_ is not None and type_ not in self.ontology.classes:
            raise UnknownNameError("class", type_, close_names(type_, self.ontology.classes))
        for entity in self.graph.entities:
            if type_ is None or self.ontology.is_a(entity.type, type_):
                yield entity

    def _found(self, entity: Entity) -> FoundEntity:
        names = sorted({*_shown_names(entity)} - {entity.label})[:_NAMES]
        facts = len(self.facts_of.get(entity.id, ()))
        label = short_name(entity.label)
        return FoundEntity(entity.id, label, entity.type, [short_name(n) for n in names], facts)


def open_lookup(out: Path, domain: str | Path | None = None) -> Lookup:
    """The graph of a build. Raises InputError for what is missing or broken."""
    written = open_written(out, domain)
    return Lookup(written.graph, written.ontology)


def short_name(text: str) -> str:
    """A name or title, cut where it is very long."""
    return shortened(text, _NAME)


def _index(
    entities: Iterable[Entity], names: Callable[[Entity], Iterable[str]]
) -> dict[str, list[Entity]]:
    found: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        for name in dict.fromkeys(map(_folded, names(entity))):
            found[name].append(entity)
    return found


def _as_written(entity: Entity, folded: str) -> str:
    """Its name that is folded to this; its label where that name is one that nobody shows."""
    same = (name for name in _shown_names(entity) if _folded(name) == folded)
    return next(same, entity.label)


def _shown_names(entity: Entity) -> list[str]:
    """All names but misspelt ones, which serve for finding only."""
    return [name for name in _names(entity) if name not in entity.hidden_labels]


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
