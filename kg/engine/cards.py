"""What steps of resolution hand on: members of a name, groups, and what is asked of neighbours."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.engine.packing import pack
from kg.model.statement import ArticleEntity
from kg.resolve.corpus import Corpus, Rank
from kg.resolve.groups import Group
from kg.resolve.neighbours import CONTEXT, Neighbours

__all__ = ["Between", "Brief", "Card", "Gathered", "Member", "block_corpus", "brief_of"]

_FEATURES = frozenset({"\x7f1", "\x7f2"})  # of no entity

_EMPTY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Member:
    """An article entity with what its article tells of it."""

    entity: ArticleEntity
    article: str
    rank: Rank
    identity: str
    features: frozenset[str]
    hubs: frozenset[str]  # features that too many things have
    places: frozenset[str]  # features that are places
    values: frozenset[str] = _EMPTY  # by the relation that tells namesakes apart
    near: frozenset[str] = _EMPTY  # what the article mentions, where namesakes may be told apart
    is_linked: bool = False  # a description may be judged to be the same


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """A group with what a comparison asks of it; of its members only the first."""

    group: Group
    identity: str | None  # of the first member
    hubs: frozenset[str]
    places: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Brief:
    """A group without its features and articles; `users` are groups that have its name as another.

    `by_name` is what its members are by name alone, where the name has several groups.
    """

    group: Group
    articles: int
    users: int = 0
    by_name: str | None = None

    @property
    def hopeful(self) -> Group:
        """A group of the same names that has the best of neighbours with any other."""
        return replace(self.group, features=_FEATURES, members=())


def brief_of(group: Group, by_name: str | None = None) -> Brief:
    """The group in brief."""
    slim = replace(group, features=_EMPTY, articles=_EMPTY, members=group.members[:1])
    return Brief(slim, len(group.articles), by_name=by_name)


def block_corpus(
    blank: Corpus, entities: Sequence[ArticleEntity], article_of: Mapping[str, str], **parts: object
) -> Corpus:
    """A corpus of these entities; `parts` as of `Corpus`."""
    return replace(
        blank,
        entities=tuple(entities),
        by_id={e.id: e for e in entities},
        article_of=article_of,
        keys={e.id: blank.key_of(e.label) for e in entities},
        **parts,  # type: ignore[arg-type]
    )


class Gathered(Neighbours):
    """The neighbours of the members of a name, as their articles tell of them."""

    def __init__(self, corpus: Corpus, members: Iterable[Member]) -> None:
        by_id = {m.entity.id: m for m in members}
        super().__init__(corpus, {id_: m.identity for id_, m in by_id.items()})
        self._by_id = by_id
        self.mentioned = {m.article: m.near for m in by_id.values()}

    def of(self, members: Iterable[str]) -> frozenset[str]:
        """As `Neighbours`."""
        return _EMPTY.union(*(self._by_id[m].features for m in members))

    def telling(self, features: Iterable[str]) -> frozenset[str]:
        """As `Neighbours`."""
        hubs = _EMPTY.union(*(m.hubs for m in self._by_id.values()))
        return frozenset(features) - hubs

    def values(self, member: str, relation: str, type_: str | None) -> set[str]:
        """As `Neighbours`, for the one relation that is asked for."""
        return set(self._by_id[member].values)


class Between(Neighbours):
    """The neighbours of two groups, of which `beside` says what is mentioned with both."""

    def __init__(
        self, corpus: Corpus, cards: Sequence[Card], beside: Mapping[str, frozenset[str]] | None
    ) -> None:
        super().__init__(corpus, {})
        self.identity = {
            member: card.identity or "" for card in cards for member in card.group.members[:1]
        }
        self.places = set().union(*(card.places for card in cards))
        self._unsaid = _EMPTY.union(*(card.hubs for card in cards))
        self._beside_of = beside

    def telling(self, features: Iterable[str]) -> frozenset[str]:
        """As `Neighbours`."""
        return frozenset(features) - self._unsaid

    def beside(self, articles: Collection[str]) -> frozenset[str]:
        """As `Neighbours`; where it is not known, as much as there can be."""
        if len(articles) > CONTEXT:
            return _EMPTY
        if self._beside_of is None:
            return _FEATURES
        return _EMPTY.union(*(self._beside_of.get(a, _EMPTY) for a in articles))


pack(Brief, Card, Member)
