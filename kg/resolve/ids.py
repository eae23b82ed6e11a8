"""Canonical ids: a function of the corpus that further articles leave as it is.

A name of the domain keeps its IRI. What the articles name is called by kind and name, not by the
class that most of them give it, nor by how one of them writes it; of the names of a cluster, by the
one published first. Of namesakes the one published first has the plain id, the others that of their
first article, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from kg.rdf.terms import entity_iri
from kg.resolve.groups import Group

__all__ = ["canonical_ids", "own_ids"]


def own_ids(groups: Iterable[Group], base_iri: str) -> dict[str, str]:
    """Id of a group to the IRI that it would have alone; no two share one."""
    namesakes: dict[tuple[str, str], list[Group]] = defaultdict(list)
    out: dict[str, str] = {}
    for group in groups:
        if group.known is not None or not group.named:
            out[group.id] = group.id
        else:
            namesakes[group.kind, group.readable].append(group)
    for (kind, name), those in namesakes.items():
        taken: set[str] = set()
        for group in sorted(those, key=_age):
            scope = group.first[1]
            iri = entity_iri(base_iri, kind, name, scope if taken else None)
            while iri in taken:  # two of one name in one article
                scope += "+"
                iri = entity_iri(base_iri, kind, name, scope)
            taken.add(iri)
            out[group.id] = iri
    return out


def canonical_ids(
    groups: Sequence[Group], own: Mapping[str, str], find: Callable[[str], str]
) -> dict[str, tuple[str, list[Group]]]:
    """Id of a cluster to its canonical IRI and its groups, for clusters that articles mention."""
    clusters: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        clusters[find(group.id)].append(group)
    out: dict[str, tuple[str, list[Group]]] = {}
    for root, those in clusters.items():
        if any(group.members for group in those):
            first = min(those, key=lambda g: (g.known or "~~", not g.named, *_age(g)))
            out[root] = own[first.id], those
    return out


def _age(group: Group) -> tuple[bool, tuple[str, str], str, str]:
    return group.parted, group.first, group.key, group.id
