"""What articles relate an entity to: the evidence that two names mean one thing, or two."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property, lru_cache

from kg.model.statement import Literal, Statement
from kg.resolve.corpus import Corpus

__all__ = ["CONTEXT", "HUB", "Neighbours"]

# What more things than this are related to says little of any of them.
HUB = 100
CONTEXT = 20  # articles: what more of them mention is no sign that two of them are about one thing
_ROLE = "role"


class Neighbours:
    """Features of article entities: whom they are related to, and in which post.

    `identity` says what each article entity is taken to be; a feature is such an identity, or an
    identity with a post held there.
    """

    def __init__(self, corpus: Corpus, identity: Mapping[str, str]) -> None:
        self._corpus = corpus
        self.identity = identity
        # One article may mention thousands, and pairs of them are compared one after another.
        self._rare = lru_cache(maxsize=100)(self._rare_in)
        self._features: dict[str, set[str]] = defaultdict(set)
        self._values: dict[tuple[str, str], set[str]] = defaultdict(set)
        for statement in corpus.statements:
            self._read(statement)
        holders: dict[str, set[str]] = defaultdict(set)
        for entity, features in self._features.items():
            for feature in features:
                holders[feature].add(identity[entity])
        self._hubs = {feature for feature, having in holders.items() if len(having) > HUB}
        self.places = {
            identity[e.id] for e in corpus.entities if corpus.ontology.is_a(e.type, "Place")
        }

    def _read(self, statement: Statement) -> None:
        if isinstance(statement.object, Literal):
            return
        subject, obj = self.identity[statement.subject], self.identity[statement.object]
        self._values[statement.subject, statement.predicate].add(statement.object)
        self._features[statement.subject].add(obj)
        self._features[statement.object].add(subject)
        for qualifier in statement.qualifiers:
            if isinstance(qualifier.value, str):
                self._features[statement.subject].add(self.identity[qualifier.value])
            elif qualifier.name == _ROLE:
                words = " ".join(qualifier.value.value.casefold().split())
                self._features[statement.subject].add(f"{obj}\x1f{words}")

    def of(self, members: Iterable[str]) -> frozenset[str]:
        """All features of these article entities."""
        return frozenset().union(*(self._features.get(m, ()) for m in members))

    def telling(self, features: Iterable[str]) -> frozenset[str]:
        """The features among these that few things have."""
        return frozenset(features) - self._hubs

    def values(self, member: str, relation: str, type_: str | None) -> set[str]:
        """What the entity is related to by that relation, of that class if given, as identities."""
        corpus = self._corpus
        return {
            self.identity[obj]
            for obj in self._values.get((member, relation), ())
            if type_ is None or corpus.ontology.is_a(corpus.by_id[obj].type, type_)
        }

    def beside(self, articles: Collection[str]) -> frozenset[str]:
        """What these articles mention and few others do; nothing where there are many articles."""
        if len(articles) > CONTEXT:
            return frozenset()
        return self._rare(frozenset(articles))

    def _rare_in(self, articles: frozenset[str]) -> frozenset[str]:
        found = frozenset().union(*(self.mentioned[a] for a in articles if a in self.mentioned))
        return frozenset(i for i in found if self._mentions[i] <= CONTEXT)

    @cached_property
    def _mentions(self) -> Counter[str]:
        return Counter(i for those in self.mentioned.values() for i in those)

    @cached_property
    def mentioned(self) -> dict[str, frozenset[str]]:
        """The identities that each article mentions."""
        found: dict[str, set[str]] = defaultdict(set)
        for entity in self._corpus.entities:
            found[self._corpus.article_of[entity.id]].add(self.identity[entity.id])
        return {article: frozenset(those) for article, those in found.items()}
