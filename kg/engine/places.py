"""Which place of the gazetteer each place is, from what its articles tell of where it lies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from kg.engine.packing import pack
from kg.model.graph import Entity
from kg.model.statement import (
    ArticleEntity,
    Evidence,
    Mention,
    MentionKind,
    Modality,
    Statement,
    Voice,
)
from kg.model.text import Article, Span
from kg.ontology.domain import Ontology
from kg.resolve.links import link_entities
from kg.resolve.whereabouts import behind
from kg.state.reading import Reading

__all__ = ["around_places", "linked_place"]

Outputs: TypeAlias = Iterator[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class _Context:
    """What one article tells of where a place lies."""

    places: tuple[Entity, ...]  # that it mentions, this one included
    within: frozenset[str]  # ids of those that a statement says it lies in
    behind: frozenset[str]  # what stands behind its names and begins as the name of a region


def around_places(name: str, values: Sequence[list[Any]]) -> Outputs:
    """(id of a place, what the article tells of it), from the reading and its places."""
    if not values[1]:
        return
    reading: Reading = values[0][0]
    views: Mapping[str, Entity] = dict(values[1])
    ids = sorted({view.id for view in views.values()})
    within: dict[str, set[str]] = {id_: set() for id_ in ids}
    texts: dict[str, set[str]] = {id_: set() for id_ in ids}
    mentioned: dict[str, Entity] = {}
    for statement in reading.extraction.statements:
        if statement.predicate == "locatedIn" and statement.modality is Modality.ASSERTED:
            subject, obj = views.get(statement.subject), views.get(str(statement.object))
            if subject is not None and obj is not None:
                within[subject.id].add(obj.id)
    for entity in reading.extraction.entities:
        view = views.get(entity.id)
        if view is not None and entity.mentions:
            mentioned[view.id] = view
            rests = {behind(reading.article.text, m) for m in entity.mentions}
            texts[view.id].update(rests - {""})
    told = tuple(mentioned[id_] for id_ in sorted(mentioned))
    near = {view.id: view for view in views.values()}
    for id_ in ids:
        places = told if id_ in mentioned else (near[id_],)
        # what it lies in is known even where nothing but a statement names it
        others = tuple(near[o] for o in sorted(within[id_]) if o not in mentioned)
        found = _Context((*places, *others), frozenset(within[id_]), frozenset(texts[id_]))
        yield "context", (id_, found)


def linked_place(
    view: Entity, contexts: Sequence[_Context], ontology: Ontology, *, is_named: bool
) -> tuple[str, ...]:
    """The links of a place: those it would get in a world of one article that tells all of it.

    The other places of that world have no names of their own, so that only this one is linked.
    """
    places = {place.id: replace(place, members=(place.id,)) for c in contexts for place in c.places}
    places[view.id] = replace(view, members=(view.id,))
    within = frozenset().union(*(c.within for c in contexts))
    texts = sorted(frozenset().union(*(c.behind for c in contexts)))
    own = tuple(Mention(Span(str(n), 0, 0), "", MentionKind.NAME) for n in range(len(texts)))
    here = Mention(Span("", 0, 0), "", MentionKind.DESCRIPTION)
    members = {
        id_: ArticleEntity(id_, place.label, place.type, (here,), named=False)
        for id_, place in places.items()
    }
    members[view.id] = ArticleEntity(view.id, view.label, view.type, (here, *own), named=is_named)
    nothing = Evidence(Span("", 0, 0), "", Voice.NARRATOR, "")
    statements = [Statement(view.id, "locatedIn", other, nothing, 1.0) for other in sorted(within)]
    articles = [Article(str(n), text) for n, text in enumerate(texts)]
    linked, _ = link_entities(places, members, statements, articles, ontology)
    return linked[view.id].same_as


pack(_Context)
