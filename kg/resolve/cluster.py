"""Groups to clusters: strongest evidence first, never across what keeps two apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.model.graph import SameAs
from kg.resolve.compare import MERGE
from kg.resolve.corpus import Rank
from kg.resolve.groups import Group
from kg.resolve.linker import Linker

__all__ = ["Clusters", "Edge", "cluster"]

DECIDED = "a person said so"

Excluded = Callable[[str, str], bool]
Edge = tuple[SameAs, str, str]  # a judgement and the ids of the two groups it is about


@dataclass(slots=True)
class _Cluster:
    """What a cluster may not be joined with."""

    known: frozenset[str]
    types: frozenset[str]
    buckets: dict[tuple[str, str], str]  # a name and kind, and which of its namesakes this is
    apart: set[str] = field(default_factory=set)  # ids of groups


class Clusters:
    """Clusters of groups; what has joined them, and what was kept from joining and why."""

    def __init__(self, groups: Sequence[Group], excluded: Excluded) -> None:
        self._excluded = excluded
        self._linker = Linker()
        self._members: dict[str, list[str]] = {g.id: [g.id] for g in groups}
        self._state = {
            g.id: _Cluster(
                frozenset({g.known} - {None}),  # type: ignore[arg-type]
                g.types,
                {g.bucket: g.id} if g.named and not g.parted and g.known is None else {},
            )
            for g in groups
        }
        self.joined: list[SameAs] = []
        self.refused: list[SameAs] = []

    def find(self, group: str) -> str:
        """The id of the cluster: the smallest id of its groups."""
        return self._linker.find(group)

    def keep_apart(self, left: str, right: str) -> None:
        """Forbids that two groups come together."""
        self._state[self.find(left)].apart.add(right)
        self._state[self.find(right)].apart.add(left)

    def join(self, judgement: SameAs, left: str, right: str, *, decided: bool = False) -> None:
        """Makes the clusters of two groups one, unless something keeps them apart."""
        a, b = self.find(left), self.find(right)
        if a == b:
            if decided:
                self.joined.append(judgement)
            return
        objection = self._objection(a, b, decided=decided)
        if objection is not None:
            reason = f"{judgement.reason}; but {objection}"
            self.refused.append(SameAs(judgement.left, judgement.right, judgement.score, reason))
            return
        self.joined.append(judgement)
        self._linker.add(a, b)
        root = self.find(a)
        gone = b if root == a else a
        one, other = self._state[root], self._state.pop(gone)
        one.known |= other.known
        one.types |= other.types
        one.buckets |= other.buckets
        one.apart |= other.apart
        members, more = self._members[root], self._members.pop(gone)
        if len(more) > len(members):
            members, more = more, members
        members.extend(more)
        self._members[root] = members

    def _objection(self, a: str, b: str, *, decided: bool) -> str | None:
        one, other = self._state[a], self._state[b]
        for mine, those in ((one, b), (other, a)):
            if any(self.find(group) == those for group in mine.apart):
                return "a person keeps them apart"
        if decided:
            return None
        if one.known and other.known and one.known != other.known:
            return "two names of the domain"
        if any(self._excluded(x, y) for x in one.types - other.types for y in other.types):
            return "their classes exclude each other"
        fewer, more = sorted((one.buckets, other.buckets), key=len)
        if any(more.get(bucket, part) != part for bucket, part in fewer.items()):
            return "namesakes of theirs are two"
        return None


def cluster(
    groups: Sequence[Group],
    edges: Iterable[Edge],
    *,
    yes: Iterable[tuple[str, str]],
    no: Iterable[tuple[str, str]],
    excluded: Excluded,
) -> Clusters:
    """The clusters that the edges give, whatever their order.

    Edges of less than MERGE join nothing. `yes` and `no` are pairs of groups that a person decided;
    they must not contradict each other.
    """
    clusters = Clusters(groups, excluded)
    for left, right in sorted({(min(p), max(p)) for p in no}):
        clusters.keep_apart(left, right)
    for left, right in sorted({(min(p), max(p)) for p in yes}):
        clusters.join(SameAs(left, right, 1.0, DECIDED), left, right, decided=True)
    first = {g.id: g.first for g in groups}
    strong: dict[float, list[Edge]] = defaultdict(list)
    for judgement, left, right in edges:
        if judgement.score >= MERGE:
            strong[-judgement.score].append((judgement, left, right))
    for score in sorted(strong):
        ranked = sorted(strong[score], key=lambda e: _by_age(e, first))
        for judgement, left, right in ranked:
            clusters.join(judgement, left, right)
    return clusters


def _by_age(edge: Edge, first: Mapping[str, Rank]) -> tuple[Any, ...]:
    judgement, left, right = edge
    ages = sorted((first[left], first[right]))
    return *ages, left, right, judgement.left, judgement.right, judgement.reason
