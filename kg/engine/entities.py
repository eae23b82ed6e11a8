"""Clusters to entities with canonical ids and links, and each to the articles that mention it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeAlias

from kg.engine.articles import NOWHERE
from kg.engine.cards import Brief
from kg.engine.flow import Data, Flow, key_of
from kg.engine.packing import pack
from kg.engine.passes import Clustered
from kg.engine.places import around_places, linked_place
from kg.engine.setup import Setup
from kg.model.graph import Entity
from kg.model.statement import ArticleEntity, Mention
from kg.resolve.ids import canonical_ids, own_ids
from kg.resolve.places import PLACES
from kg.resolve.resolution import entity_view
from kg.state.reading import Reading

__all__ = ["Entities", "found_entities"]

Outputs: TypeAlias = Iterator[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Entities:
    """The entities; those of an article have no members but what it mentions."""

    entities: Data  # (id, Entity)
    mentioned: Data  # (article, (id of the article's entity, Entity))


def found_entities(flow: Flow, readings: Data, found: Clustered, setup: Setup) -> Entities:
    """What `kg.resolve.resolution.resolve` makes of the clusters."""
    named = flow.mapped(_by_readable, found.slim)
    own = flow.grouped(partial(_own, setup=setup), named["named"])["own"]
    rooted = flow.grouped(_by_root, found.slim, own, found.roots, found.nodes)["group"]
    canonical = flow.grouped(_canonical, rooted)
    members = flow.grouped(_members, readings, canonical["member"])["member"]
    views = flow.grouped(partial(_views, setup=setup), members, canonical["aliases"])
    around = flow.grouped(around_places, readings, views["place"])["context"]
    linked = flow.grouped(partial(_linked, setup=setup), views["whole"], around)
    flow.drop(named["named"], own, rooted, canonical["member"], canonical["aliases"], members)
    flow.drop(views["place"], views["whole"], around)
    return Entities(
        flow.joined(views["entity"], linked["entity"]),
        flow.joined(views["mentioned"], linked["mentioned"]),
    )


def _by_readable(slim: Iterator[tuple[str, Brief]]) -> Outputs:
    for _, brief in slim:
        group = brief.group
        if group.named and group.known is None:
            yield "named", (key_of(group.kind, group.readable), group)


def _own(_: str, values: Sequence[list[Any]], *, setup: Setup) -> Outputs:
    for id_, iri in own_ids(values[0], setup.ontology.base_iri).items():
        yield "own", (id_, iri)


def _by_root(id_: str, values: Sequence[list[Any]]) -> Outputs:
    slim, own, roots, nodes = values
    iri = own[0] if own else id_
    yield "group", (roots[0] if roots else id_, (slim[0].group, iri, nodes[0]))


def _canonical(root: str, values: Sequence[list[Any]]) -> Outputs:
    """The IRI of a cluster, to each of its members, and what else it might have been."""
    groups = [group for group, _, _ in values[0]]
    own = {group.id: iri for group, iri, _ in values[0]}
    for iri, those in canonical_ids(groups, own, lambda _: root).values():
        aliases = {own[g.id] for g in those if g.members} - {iri}
        yield "aliases", (iri, tuple(sorted(aliases)))
        for _, _, nodes in values[0]:
            for article, entity in nodes:
                yield "member", (article, (entity, iri))


@dataclass(frozen=True, slots=True)
class _Member:
    """An article entity, its mentions without places, and the article that it is in."""

    entity: ArticleEntity
    article: str


def _members(name: str, values: Sequence[list[Any]]) -> Outputs:
    reading: Reading = values[0][0]
    iri_of = dict(values[1])
    for entity in reading.extraction.entities:
        slim = replace(
            entity, mentions=tuple(Mention(NOWHERE, m.text, m.kind) for m in entity.mentions)
        )
        yield "member", (iri_of[entity.id], _Member(slim, name))


def _views(iri: str, values: Sequence[list[Any]], *, setup: Setup) -> Outputs:
    """The entity, to the articles that mention it; a place first to where its link is found."""
    members: list[_Member] = sorted(values[0], key=lambda m: m.entity.id)
    view = entity_view(iri, [m.entity for m in members], values[1][0], setup.ontology)
    mentioned = [(m.article, m.entity.id) for m in members]
    if setup.ontology.is_any(view.type, PLACES):
        yield "whole", (iri, (view, any(m.entity.named for m in members), mentioned))
        for article, member in mentioned:
            yield "place", (article, (member, replace(view, members=())))
    else:
        yield from _told(view, mentioned)


def _linked(iri: str, values: Sequence[list[Any]], *, setup: Setup) -> Outputs:
    view, is_named, mentioned = values[0][0]
    same_as = linked_place(view, values[1], setup.ontology, is_named=is_named)
    yield from _told(replace(view, same_as=same_as), mentioned)


def _told(view: Entity, mentioned: Sequence[tuple[str, str]]) -> Outputs:
    yield "entity", (view.id, view)
    slim = replace(view, members=(), aliases=())
    for article, member in mentioned:
        yield "mentioned", (article, (member, slim))


pack(_Member)
