"""Clusters of ids."""

from __future__ import annotations

__all__ = ["Linker"]


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
