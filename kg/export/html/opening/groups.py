"""Which nodes share a region of the page: those of a family, and small families together."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["group"]

_OTHER = "other"
_REGIONS = 7  # from more regions than these on, small families are joined
_MOST = 9  # and from more than these on, others too: so many are hardly read at a glance
_SMALL = 3  # a family with fewer nodes is small


def group(
    families: Sequence[int], labels: Sequence[str], main: int
) -> list[tuple[int, str, list[int]]]:
    """Family, heading and nodes of each region; `families` has the family of each node.

    A region of several small families comes last, and its family is -1. The family of the node
    `main` has always a region of its own.
    """
    members: dict[int, list[int]] = {}
    for node, family in enumerate(families):
        members.setdefault(family, []).append(node)
    joined = _joined({family: len(nodes) for family, nodes in members.items()}, families[main])
    regions = [
        (family, labels[family], members[family])
        for family in sorted(members)
        if family not in joined
    ]
    if joined:
        heading = " and ".join(labels[f] for f in joined[::-1]) if len(joined) == 2 else _OTHER
        regions.append((-1, heading, sorted(node for f in joined for node in members[f])))
    return regions


def _joined(sizes: dict[int, int], main: int) -> list[int]:
    """Families to join, the smallest first: none or at least two."""
    ranked = sorted(sizes, key=lambda family: (sizes[family], -family))
    ranked.remove(main)
    small = sum(sizes[family] < _SMALL for family in ranked)
    alone = sum(sizes[family] == 1 for family in ranked)
    count = max(alone, min(small, len(sizes) - _REGIONS + 1), len(sizes) - _MOST + 1)
    if count == 1:  # the next one keeps it company, if it is not much larger
        count = 2 if len(ranked) > 1 and sizes[ranked[1]] <= _SMALL else 0
    return ranked[: max(count, 0)]
