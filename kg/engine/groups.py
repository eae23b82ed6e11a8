"""Articles to name groups: what each article relates to what, gathered by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias

from kg.engine.articles import Skeleton
from kg.engine.cards import Card, Gathered, Member, block_corpus, brief_of
from kg.engine.flow import Data, Flow, key_of
from kg.engine.setup import Setup
from kg.model.statement import ArticleEntity
from kg.resolve.corpus import Corpus
from kg.resolve.described import described_blocks
from kg.resolve.groups import Group, make_group, name_identity
from kg.resolve.namesakes import part, rule_of
from kg.resolve.neighbours import CONTEXT, HUB, Neighbours

__all__ = ["gathered_groups"]

Outputs: TypeAlias = Iterator[tuple[str, Any]]
_View: TypeAlias = tuple[Skeleton, Mapping[str, str]]


def gathered_groups(
    flow: Flow, skeletons: Data, identities: Data, setup: Setup
) -> Mapping[str, Data]:
    """The groups of all entities under identities, by what they are needed for.

    `identities` is (article, (entity, identity)); none at first. The outputs:
    `card` (id of group, Card) of groups with a name, `brief` (name, Brief) of the same,
    `slim` (id, Brief) of all, `node` (id, pairs of article and entity), `user` (name, None) for
    each further name of each group, `link` (entity, id) of what descriptions may name, `rare`
    (article, identities few articles mention), `owner` and `place` blocks of descriptions.
    """
    related = flow.grouped(partial(_related, setup=setup), skeletons, identities)
    about = flow.grouped(_about, related["related"])["about"]
    told = flow.grouped(partial(_told, setup=setup), related["view"], about)
    known = flow.made((key_of("known", iri), None) for iri in sorted(setup.ontology.names))
    made = flow.grouped(partial(_grouped, setup=setup), told["member"], known)
    flow.drop(related["related"], related["view"], about, told["member"])
    both = {name: flow.joined(told[name], made[name]) for name in ("slim", "node", "user")}
    single = {name: told[name] for name in ("rare", "owner", "place")}
    return {**both, **single, **{name: made[name] for name in ("card", "brief", "link")}}


def _corpus(skeleton: Skeleton, blank: Corpus) -> Corpus:
    return block_corpus(
        blank,
        skeleton.entities,
        {e.id: skeleton.name for e in skeleton.entities},
        statements=skeleton.statements,
        rank={skeleton.name: skeleton.rank},
    )


def _base(feature: str) -> str:
    """The identity that a feature is about."""
    return feature.partition("\x1f")[0]


def _related(name: str, values: Sequence[list[Any]], *, setup: Setup) -> Outputs:
    """The article with its identities, and for each identity who has it as a feature there."""
    skeleton = values[0][0]
    corpus = _corpus(skeleton, setup.corpus)
    identity = dict(values[1]) or name_identity(corpus)
    neighbours = Neighbours(corpus, identity)
    holders: dict[str, set[tuple[str, str]]] = {one: set() for one in identity.values()}
    for entity in skeleton.entities:
        for feature in neighbours.of([entity.id]):
            holders[_base(feature)].add((feature, identity[entity.id]))
    yield "view", (name, (skeleton, identity))
    for one in sorted(holders):
        yield "related", (one, (name, one in neighbours.places, tuple(sorted(holders[one]))))


def _about(one: str, values: Sequence[list[Any]]) -> Outputs:
    """What is not usual about an identity, to each article that mentions it."""
    having: dict[str, set[str]] = defaultdict(set)
    for _, _, holders in values[0]:
        for feature, holder in holders:
            having[feature].add(holder)
    hubs = frozenset(feature for feature, those in having.items() if len(those) > HUB)
    is_place = any(place for _, place, _ in values[0])
    is_common = len(values[0]) > CONTEXT
    if hubs or is_place or is_common:
        for article in sorted(article for article, _, _ in values[0]):
            yield "about", (article, (one, is_place, is_common, hubs))


def _told(name: str, values: Sequence[list[Any]], *, setup: Setup) -> Outputs:
    """The entities of an article by name; what has none is a group of its own."""
    skeleton, identity = values[0][0]
    corpus = _corpus(skeleton, setup.corpus)
    neighbours = Neighbours(corpus, identity)
    places = {one for one, is_place, _, _ in values[1] if is_place}
    common = {one for one, _, is_common, _ in values[1] if is_common}
    hubs = frozenset().union(*(features for _, _, _, features in values[1]))
    by_owner, by_place = described_blocks(corpus, identity)
    linked = {e.id for those in by_place.values() for e in those}
    for entity in skeleton.entities:
        if entity.known_as is None and not entity.named:
            group = make_group([entity], corpus, neighbours)
            yield "slim", (group.id, brief_of(group))
            yield "node", (group.id, ((name, entity.id),))
            yield from _users(group)
            continue
        features = neighbours.of([entity.id])
        values_, near = _apart(entity, corpus, neighbours)
        key = (
            key_of("named", corpus.kind_of(entity.type), corpus.keys[entity.id])
            if entity.known_as is None
            else key_of("known", entity.known_as)
        )
        member = Member(
            entity,
            name,
            skeleton.rank,
            identity[entity.id],
            features,
            features & hubs,
            frozenset(features & places),
            values_,
            near,
            entity.id in linked,
        )
        yield "member", (key, member)
    yield "rare", (name, frozenset(identity.values()) - common)
    yield from _blocks("owner", by_owner, {e.id: name for e in skeleton.entities})
    yield from _blocks(
        "place", by_place, {e.id: identity[e.id] if e.named else None for e in skeleton.entities}
    )


def _blocks(
    output: str,
    blocks: Mapping[tuple[str, str, str], Iterable[ArticleEntity]],
    of: Mapping[str, str | None],
) -> Outputs:
    for key in sorted(blocks):
        for entity in blocks[key]:
            yield output, (key_of(*key), (entity.id, of[entity.id]))


def _apart(
    entity: ArticleEntity, corpus: Corpus, neighbours: Neighbours
) -> tuple[frozenset[str], frozenset[str]]:
    """What tells the entity from its namesakes: its values, and what its article mentions."""
    if entity.known_as is not None:
        return frozenset(), frozenset()
    one_word = " " not in corpus.keys[entity.id]
    rule = rule_of(corpus, corpus.kind_of(entity.type), one_word=one_word)
    if rule is None:
        return frozenset(), frozenset()
    values = neighbours.values(entity.id, rule["relation"], rule.get("value"))
    return frozenset(values), neighbours.mentioned[corpus.article_of[entity.id]]


def _grouped(key: str, values: Sequence[list[Any]], *, setup: Setup) -> Outputs:
    """The groups of one name."""
    members: list[Member] = sorted(values[0], key=lambda m: (m.article, m.entity.id))
    how, _, name = key.partition("\x1f")
    corpus = block_corpus(
        setup.corpus,
        [m.entity for m in members],
        {m.entity.id: m.article for m in members},
        rank={m.article: m.rank for m in members},
    )
    neighbours = Gathered(corpus, members)
    if how == "known":
        groups = [make_group(corpus.entities, corpus, neighbours, name)]
    else:
        parts = part(corpus.entities, corpus, neighbours)
        groups = [make_group(those, corpus, neighbours) for those in parts]
    by_id = {m.entity.id: m for m in members}
    by_name = name.replace("\x1f", "/", 1) if how == "named" and len(groups) > 1 else None
    for group in groups:
        yield from _group(group, [by_id[m] for m in group.members], by_name)


def _group(group: Group, members: Sequence[Member], by_name: str | None) -> Outputs:
    brief = brief_of(group, by_name)
    yield "slim", (group.id, brief)
    yield "node", (group.id, tuple((m.article, m.entity.id) for m in members))
    yield from _users(group)
    for member in members:
        if member.is_linked:
            yield "link", (member.entity.id, group.id)
    if group.named and group.key:
        yield "brief", (key_of(group.kind, group.key), brief)
        empty: frozenset[str] = frozenset()
        card = Card(
            replace(group, members=group.members[:1]),
            members[0].identity if members else None,
            empty.union(*(m.hubs for m in members)),
            empty.union(*(m.places for m in members)),
        )
        yield "card", (group.id, card)


def _users(group: Group) -> Outputs:
    for alias in sorted(group.others):
        yield "user", (key_of(group.kind, alias), None)
