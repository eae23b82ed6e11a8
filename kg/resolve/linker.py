"""Which article entities denote one thing: judgements, and the canonical id that they give.

A judgement is a record with a score and a reason; merging applies judgements on reading. So a merge
is undone by dropping its judgement, and the statements stay as they were extracted.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.model.graph import SameAs
from kg.model.statement import ArticleEntity, Statement
from kg.ontology.domain import Ontology

__all__ = ["Linker", "judge", "name_key"]


def name_key(label: str) -> str:
    """A name without case, accents, punctuation, leading article and legal form."""
    text = unicodedata.normalize("NFKD", label).casefold().replace("’", "'")
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"'s\b|[^\w\s&]", " ", text)
    text = re.sub(r"^\s*the\s+", "", text)
    text = re.sub(r"\b(inc|corp|corporation|ltd|limited|plc|llc|ag|gmbh|co)\s*$", "", text.strip())
    return re.sub(r"\s+", " ", text).strip()


class Linker:
    """Clusters of ids; the smallest id of a cluster stands for it unless a preferred one is in it.

    The result depends on the set of pairs only, not on their order.
    """

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def add(self, left: str, right: str) -> None:
        """Makes two ids one."""
        a, b = self.find(left), self.find(right)
        if a != b:
            self._parent[max(a, b)] = min(a, b)

    def find(self, item: str) -> str:
        """The smallest id of the cluster."""
        parent = self._parent.setdefault(item, item)
        if parent != item:
            parent = self._parent[item] = self.find(parent)
        return parent

    def clusters(self, items: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Smallest id to the sorted ids of its cluster, for the items given."""
        out: dict[str, list[str]] = defaultdict(list)
        for item in items:
            out[self.find(item)].append(item)
        return {key: tuple(sorted(set(members))) for key, members in sorted(out.items())}


def judge(
    entities: Sequence[ArticleEntity], statements: Sequence[Statement], ontology: Ontology
) -> tuple[SameAs, ...]:
    """Judgements over article entities, sorted: same name of the domain, same name and class,
    same description of the same owner or place.

    Entities of one article are told apart by extraction already and are joined only where the
    domain's name list says that they are one.
    """
    found: set[SameAs] = set()
    for entity in entities:
        if entity.known_as is not None:
            found.add(SameAs(entity.id, entity.known_as, 1.0, "name of the domain"))
    by_name: dict[tuple[str, str], list[ArticleEntity]] = defaultdict(list)
    for entity in entities:
        if entity.named and entity.known_as is None:
            by_name[(name_key(entity.label), _kind(entity.type, ontology))].append(entity)
    for group in by_name.values():
        found.update(_chain(group, 0.95, "same name and class"))
    found.update(_described(entities, statements))
    return tuple(sorted(found, key=lambda j: (j.left, j.right, j.reason)))


def _kind(type_: str, ontology: Ontology) -> str:
    """The broad class within which one name is one thing."""
    for kind in ("Person", "Organization", "Place", "Event", "Offering"):
        if ontology.is_a(type_, kind):
            return kind
    return type_


def _chain(group: Sequence[ArticleEntity], score: float, reason: str) -> Iterable[SameAs]:
    ordered = sorted({e.id for e in group})
    for left, right in zip(ordered, ordered[1:], strict=False):
        yield SameAs(left, right, score, reason)


def _described(
    entities: Sequence[ArticleEntity], statements: Sequence[Statement]
) -> Iterable[SameAs]:
    """What has no proper name is one thing where description and owner agree, or where two things
    of one kind stand in one place.
    """
    by_id = {e.id: e for e in entities}
    identity = {e.id: e.known_as or f"{e.type}/{name_key(e.label)}" for e in entities}
    owners: dict[str, set[str]] = defaultdict(set)
    places: dict[str, set[str]] = defaultdict(set)
    for statement in statements:
        if statement.predicate == "provides" and isinstance(statement.object, str):
            owners[statement.object].add(identity[statement.subject])
        elif statement.predicate == "locatedIn" and isinstance(statement.object, str):
            places[statement.subject].add(identity[statement.object])
    groups: dict[tuple[str, ...], list[ArticleEntity]] = defaultdict(list)
    for entity in entities:
        if not entity.named:
            for owner in sorted(owners[entity.id]):
                groups[("owner", entity.type, name_key(entity.label), owner)].append(entity)
        head = name_key(entity.label).rsplit(" ", 1)[-1]
        for place in sorted(places[entity.id]):
            groups[("place", entity.type, head, place)].append(by_id[entity.id])
    for key, group in sorted(groups.items()):
        articles = {m.span.article for e in group for m in e.mentions}
        if len(articles) > 1 or key[0] == "place":
            reason = "same description and owner" if key[0] == "owner" else "same kind in one place"
            yield from _chain(group, 0.8, reason)


def canonical_ids(
    entities: Sequence[ArticleEntity], judgements: Iterable[SameAs], preferred: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """Canonical id to the sorted ArticleEntity ids of its cluster.

    A domain name in the cluster is canonical (the smallest, if two); `preferred` gives the id of a
    cluster without one by its smallest member.
    """
    linker = Linker()
    names: set[str] = set()
    own = {e.id for e in entities}
    for judgement in judgements:
        linker.add(judgement.left, judgement.right)
        names |= {i for i in (judgement.left, judgement.right) if i not in own}
    clusters = linker.clusters([*own, *names])
    out: dict[str, tuple[str, ...]] = {}
    for smallest, members in clusters.items():
        known = [m for m in members if m in names]
        mine = tuple(m for m in members if m in own)
        if mine:
            out[known[0] if known else preferred.get(mine[0], smallest)] = mine
    return out
