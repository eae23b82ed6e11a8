"""What has no proper name: one by its owner and description, or by its kind and place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from kg.model.graph import SameAs
from kg.model.statement import ArticleEntity
from kg.resolve.corpus import Corpus

__all__ = ["described"]

SCORE = 0.85


def described(corpus: Corpus, identity: Mapping[str, str]) -> Iterator[SameAs]:
    """Judgements between article entities of which one has no name, with repetitions."""
    owners: dict[str, set[str]] = defaultdict(set)
    places: dict[str, set[str]] = defaultdict(set)
    for statement in corpus.statements:
        if isinstance(statement.object, str):
            if statement.predicate == "provides":
                owners[statement.object].add(identity[statement.subject])
            elif statement.predicate == "locatedIn":
                places[statement.subject].add(identity[statement.object])
    for group in _by_owner(corpus, owners).values():
        if len({corpus.article_of[e.id] for e in group}) > 1:
            yield from _chain(group, "same description and owner")
    for group in _by_place(corpus, places).values():
        names = {identity[e.id] for e in group if e.named}
        unnamed = [e for e in group if not e.named]
        if unnamed:  # of two names it could be either
            yield from _chain(group if len(names) < 2 else unnamed, "same kind in one place")


_Blocks = dict[tuple[str, str, str], list[ArticleEntity]]


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


def _chain(group: Iterable[ArticleEntity], reason: str) -> Iterator[SameAs]:
    for left, right in pairwise(sorted({e.id for e in group})):
        yield SameAs(left, right, SCORE, reason)
