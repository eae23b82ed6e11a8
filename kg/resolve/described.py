"""What has no proper name: one by its owner and description, or by its kind and place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from kg.model.graph import SameAs
from kg.model.statement import ArticleEntity
from kg.resolve.corpus import Corpus

__all__ = ["described", "described_blocks", "one_in_place", "one_of_owner"]

SCORE = 0.85


Key = tuple[str, str, str]


def described(corpus: Corpus, identity: Mapping[str, str]) -> Iterator[SameAs]:
    """Judgements between article entities of which one has no name, with repetitions."""
    by_owner, by_place = described_blocks(corpus, identity)
    for group in by_owner.values():
        yield from one_of_owner({e.id: corpus.article_of[e.id] for e in group})
    for group in by_place.values():
        yield from one_in_place({e.id: identity[e.id] if e.named else None for e in group})


_Blocks = dict[Key, list[ArticleEntity]]


def described_blocks(corpus: Corpus, identity: Mapping[str, str]) -> tuple[_Blocks, _Blocks]:
    """What has no name by class, description and owner; and all by class, head noun and place."""
    owners: dict[str, set[str]] = defaultdict(set)
    places: dict[str, set[str]] = defaultdict(set)
    for statement in corpus.statements:
        if isinstance(statement.object, str):
            if statement.predicate == "provides":
                owners[statement.object].add(identity[statement.subject])
            elif statement.predicate == "locatedIn":
                places[statement.subject].add(identity[statement.object])
    return _by_owner(corpus, owners), _by_place(corpus, places)


def one_of_owner(article_of: Mapping[str, str]) -> Iterator[SameAs]:
    """Judgements within a block of what has no name, of several articles; their names by id."""
    if len(set(article_of.values())) > 1:
        yield from _chain(article_of, "same description and owner")


def one_in_place(identity: Mapping[str, str | None]) -> Iterator[SameAs]:
    """Judgements within a block by place; identities by id, None of what has no name."""
    names = {one for one in identity.values() if one is not None}
    unnamed = [id_ for id_, one in identity.items() if one is None]
    if unnamed:  # of two names it could be either
        yield from _chain(identity if len(names) < 2 else unnamed, "same kind in one place")


def _by_owner(corpus: Corpus, owners: Mapping[str, set[str]]) -> _Blocks:
    groups: _Blocks = defaultdict(list)
    for entity in corpus.entities:
        if not entity.named:
            for owner in owners.get(entity.id, ()):
                groups[entity.type, corpus.keys[entity.id], owner].append(entity)
    return groups


def _by_place(corpus: Corpus, places: Mapping[str, set[str]]) -> _Blocks:
    groups: _Blocks = defaultdict(list)
    for entity in corpus.entities:
        head = corpus.keys[entity.id].rsplit(" ", 1)[-1]
        for place in places.get(entity.id, ()):
            groups[entity.type, head, place].append(entity)
    return groups


def _chain(ids: Iterable[str], reason: str) -> Iterator[SameAs]:
    for left, right in pairwise(sorted(ids)):
        yield SameAs(left, right, SCORE, reason)
