"""The canonical ids that judgements give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.model.graph import SameAs
from kg.model.statement import ArticleEntity

__all__ = ["Linker", "canonical_ids"]


class Linker:
    """Clusters of ids; the smallest id of a cluster stands for it.

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
        """The smallest id of the cluster; an id never added is its own."""
        root = item
        while self._parent.get(root, root) != root:
            root = self._parent[root]
        while item != root:  # shortens the way for the next time
            item, self._parent[item] = self._parent[item], root
        return root

    def clusters(self, items: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Smallest id to the sorted ids of its cluster, for the items given."""
        out: dict[str, set[str]] = defaultdict(set)
        for item in items:
            out[self.find(item)].add(item)
        return {key: tuple(sorted(members)) for key, members in sorted(out.items())}


def canonical_ids(
    entities: Sequence[ArticleEntity], judgements: Iterable[SameAs], preferred: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """Canonical id to the sorted ArticleEntity ids of its cluster.

    A name of the domain in the cluster is canonical, the smallest if there are two; `preferred`
    gives the id of a cluster without one by its smallest member.
    """
    linker = Linker()
    own = {e.id for e in entities}
    names: set[str] = set()
    for judgement in judgements:
        linker.add(judgement.left, judgement.right)
        names.update({judgement.left, judgement.right} - own)
    out: dict[str, tuple[str, ...]] = {}
    for smallest, members in linker.clusters(own | names).items():
        mine = tuple(m for m in members if m in own)
        if mine:
            known = next((m for m in members if m in names), None)
            out[known or preferred.get(mine[0], smallest)] = mine
    return out
