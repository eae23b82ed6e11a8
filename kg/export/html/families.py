"""Which types share a colour: as many groups as one can tell apart, from the class hierarchy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.ontology.domain import Ontology

__all__ = ["type_families"]


def type_families(counts: Mapping[str, int], ontology: Ontology, limit: int) -> dict[str, str]:
    """Each type to the class whose colour it takes; at most `limit` classes where possible.

    `counts` says how many entities each type has. Starting at the roots of the hierarchy, the
    class with the most entities is split into its subclasses as long as the limit holds. More
    roots than the limit stay as they are.
    """
    paths = {name: _path(name, ontology) for name in counts}
    depth = dict.fromkeys(counts, 0)

    def family(name: str, level: int) -> str:
        return paths[name][min(level, len(paths[name]) - 1)]

    while True:
        families = {name: family(name, depth[name]) for name in counts}
        for candidate in sorted(
            set(families.values()),
            key=lambda f: (-sum(counts[n] for n in counts if families[n] == f), f),
        ):
            split = {n: family(n, depth[n] + 1) for n in counts if families[n] == candidate}
            others = {f for f in families.values() if f != candidate}
            if set(split.values()) != {candidate} and len(others | set(split.values())) <= limit:
                depth.update({name: depth[name] + 1 for name in split})
                break
        else:
            return families


def _path(name: str, ontology: Ontology) -> list[str]:
    """From the root down to the class itself, by its first parent."""
    path = [name]
    while path[0] in ontology.classes and ontology.classes[path[0]].parents:
        parent = min(ontology.classes[path[0]].parents)
        if parent in path:
            break
        path.insert(0, parent)
    return path
