"""Pairs of groups to the judgements that join them: block, bring together, compare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

from kg.engine.cards import Between, Brief, Card, block_corpus
from kg.engine.flow import Data, Flow, key_of
from kg.engine.setup import Setup
from kg.model.graph import SameAs
from kg.resolve.block import HEADS, MAX_BLOCK, by_width
from kg.resolve.compare import MERGE, Comparer, Comparison
from kg.resolve.corpus import Corpus
from kg.resolve.described import one_in_place, one_of_owner

__all__ = ["heads_of", "strong_edges"]

Outputs: TypeAlias = Iterator[tuple[str, Any]]
_Users: TypeAlias = tuple[tuple[tuple[str, str], int], ...]


def heads_of(flow: Flow, briefs: Data, setup: Setup) -> Mapping[str, Data]:
    """`head`: (name, the groups of that name that are compared with others), each name once.

    `pair` are pairs among the groups of one name, `asking` the heads that have a further name.
    """
    return flow.grouped(partial(_heads, setup=setup), briefs)


def strong_edges(
    flow: Flow, groups: Mapping[str, Data], heads: Mapping[str, Data], names: Data, setup: Setup
) -> Data:
    """(left id, right id, judgement) of all that joins two groups, of descriptions, too.

    `groups` are those of `gathered_groups`, `names` pairs of names that may be one.
    """
    counted = flow.grouped(_counted, heads["head"], heads["asking"], groups["user"], names)
    across = flow.grouped(partial(_across, setup=setup), counted["head"], counted["across"])
    pairs = flow.joined(heads["pair"], across["pair"])
    left = flow.grouped(_with_left, groups["card"], pairs)["pair"]
    compared = flow.grouped(partial(_compared, setup=setup), groups["card"], left)
    beside = flow.grouped(_beside, groups["rare"], compared["ask"])["beside"]
    decided = flow.grouped(partial(_decided, setup=setup), compared["open"], beside)["edge"]
    described = _described(flow, groups)
    flow.drop(counted["head"], counted["across"], pairs, left, compared["ask"], beside)
    return flow.joined(compared["edge"], decided, described)


def _heads(name: str, values: Sequence[list[Brief]], *, setup: Setup) -> Outputs:
    those: list[Brief] = sorted(values[0], key=lambda b: by_width(b.group, b.articles))
    heads = tuple(those[:HEADS])
    yield "head", (name, heads)
    kind = name.partition("\x1f")[0]
    for head in heads:
        for alias in sorted(head.group.others):
            yield "asking", (key_of(kind, alias), head)
        for other in those:
            # two of one name that the domain has not are told apart by what parted them
            known = head.group.known is not None or other.group.known is not None
            if known and head is not other:
                yield from _hopeful(head, other, (), setup)


def _counted(name: str, values: Sequence[list[Any]]) -> Outputs:
    """The heads of a name with the number of those that have it as another, to whom it may be."""
    heads, asking, users, others = values
    if not heads:
        return
    kind = name.partition("\x1f")[0]
    found = tuple(Brief(b.group, b.articles, len(users), b.by_name) for b in heads[0])
    yield "head", (name, found)
    for other in sorted(set(others)):
        yield "across", (other, (None, found))
    if len(asking) <= MAX_BLOCK:
        for user in asking:
            yield "across", (key_of(kind, user.group.key), (user.group.id, found))


def _across(name: str, values: Sequence[list[Any]], *, setup: Setup) -> Outputs:
    """Pairs of the heads of two names, of one of them where it alone has the other name."""
    heads, across = values
    if not heads:
        return
    seen: set[tuple[str, str]] = set()
    for only, others in across:
        for one in heads[0]:
            for other in others:
                ids = (one.group.id, other.group.id)
                if only in (None, ids[0]) and ids[0] != ids[1] and ids not in seen:
                    seen.add(ids)
                    kind = name.partition("\x1f")[0]
                    users = {(kind, b.group.key): b.users for b in (one, other)}
                    yield from _hopeful(one, other, tuple(sorted(users.items())), setup)


def _hopeful(one: Brief, other: Brief, users: _Users, setup: Setup) -> Outputs:
    """The pair, unless even the best of neighbours would not make one thing of it."""
    corpus = setup.corpus
    best = Comparer(corpus, Between(corpus, (), {}), dict(users), {})
    found = best.compare(one.hopeful, other.hopeful)
    if found.score >= MERGE and not found.never:
        left, right = sorted((one.group.id, other.group.id))
        yield "pair", (left, (right, users))


def _with_left(id_: str, values: Sequence[list[Any]]) -> Outputs:
    cards, pairs = values
    for right, users in sorted(set(pairs)):
        yield "pair", (right, (cards[0], users))


def _compared(id_: str, values: Sequence[list[Any]], *, setup: Setup) -> Outputs:
    """The judgement, or what must be known of the articles of the two before there is one."""
    cards, pairs = values
    for left, users in pairs:
        both = (left, cards[0])
        none, all_ = _comparison(both, users, setup, {}), _comparison(both, users, setup, None)
        if none == all_ or (not _joins(none) and not _joins(all_)):
            yield from _edge(both, none)
            continue
        key = key_of(left.group.id, id_)
        yield "open", (key, (both, users))
        for article in sorted(left.group.articles | cards[0].group.articles):
            yield "ask", (article, key)


def _beside(article: str, values: Sequence[list[Any]]) -> Outputs:
    rare, asking = values
    for key in asking:
        yield "beside", (key, (article, rare[0]))


def _decided(key: str, values: Sequence[list[Any]], *, setup: Setup) -> Outputs:
    both, users = values[0][0]
    yield from _edge(both, _comparison(both, users, setup, dict(values[1])))


def _comparison(
    both: Sequence[Card],
    users: _Users,
    setup: Setup,
    beside: Mapping[str, frozenset[str]] | None,
) -> Comparison:
    blank: Corpus = block_corpus(setup.corpus, (), {})
    neighbours = Between(blank, both, beside)
    left, right = (card.group for card in both)
    return Comparer(blank, neighbours, dict(users), {}).compare(left, right)


def _joins(found: Comparison) -> bool:
    return found.score >= MERGE and not found.never


def _edge(both: Sequence[Card], found: Comparison) -> Outputs:
    left, right = (card.group.id for card in both)
    if _joins(found):
        yield "edge", (left, (right, SameAs(left, right, found.score, found.reason)))


def _described(flow: Flow, groups: Mapping[str, Data]) -> Data:
    """The judgements about what has no name, between the groups of the two."""
    owner = flow.grouped(_of_owner, groups["owner"])["edge"]
    place = flow.grouped(_in_place, groups["place"])["edge"]
    left = flow.grouped(_to_group, groups["link"], owner, place)["edge"]
    return flow.grouped(_to_group, groups["link"], left)["edge"]


def _of_owner(_: str, values: Sequence[list[Any]]) -> Outputs:
    return _once(one_of_owner(dict(values[0])))


def _in_place(_: str, values: Sequence[list[Any]]) -> Outputs:
    return _once(one_in_place(dict(values[0])))


def _once(judgements: Iterable[SameAs]) -> Outputs:
    for one in judgements:
        yield "edge", (one.left, (one.right, one))


def _to_group(entity: str, values: Sequence[list[Any]]) -> Outputs:
    """The edges of an entity as those of its group, turned: twice, both ends are groups."""
    group = values[0][0] if values[0] else entity
    for those in values[1:]:
        for other, judgement in those:
            yield "edge", (other, (group, judgement))
