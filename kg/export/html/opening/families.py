"""Which types share a colour and a region: few enough to tell apart, from the class hierarchy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model.wording import spaced

if TYPE_CHECKING:
    from kg.ontology.domain import Ontology

__all__ = ["Family", "class_label", "families_of", "type_families"]


@dataclass(frozen=True, slots=True)
class Family:
    """Types with one colour: the class they are below, or some types below it."""

    name: str  # of the class
    label: str  # to be read: "organisation", "person and group", "other offerings"
    count: int  # entities
    types: tuple[str, ...]  # that occur, sorted
    model: str  # the class whose icon stands for it: its own, or the largest type


def families_of(counts: Mapping[str, int], ontology: Ontology, limit: int) -> tuple[Family, ...]:
    """The families, the largest first; `counts` says how many entities each type has.

    Starting at the roots of the hierarchy, the class with the most entities is split into its
    subclasses as long as there are at most `limit` families. Where there is no room for all
    subclasses, the largest leave and the others stay together. More roots than the limit stay.
    """
    own = type_families(counts, ontology, limit)
    families = []
    for name in set(own.values()):
        types = tuple(sorted(type_ for type_ in own if own[type_] == name))
        count = sum(counts[type_] for type_ in types)
        label, model = _described(name, types, counts, own, ontology)
        families.append(Family(name, label, count, types, model))
    return tuple(sorted(families, key=lambda family: (-family.count, family.name)))


def type_families(counts: Mapping[str, int], ontology: Ontology, limit: int) -> dict[str, str]:
    """Each type to the class of its family; see `families_of`."""
    paths = {name: _path(name, ontology) for name in counts}
    own = {name: path[0] for name, path in paths.items()}
    while True:
        sizes: dict[str, int] = {}
        for name, family in own.items():
            sizes[family] = sizes.get(family, 0) + counts[name]
        for family in sorted(sizes, key=lambda f: (-sizes[f], f)):
            leaving = _leaving(family, own, paths, counts, limit - len(sizes))
            if leaving:
                own |= leaving
                break
        else:
            return own


def class_label(name: str, ontology: Ontology) -> str:
    """The label of a class, or its name in words where it has none."""
    known = ontology.classes.get(name)
    return (known.label if known else "") or spaced(name)


def _leaving(
    family: str,
    own: Mapping[str, str],
    paths: Mapping[str, list[str]],
    counts: Mapping[str, int],
    room: int,
) -> dict[str, str]:
    """The types that leave a family for subclasses of it, for which so many more may be made."""
    parts: dict[str, list[str]] = {}
    for name in own:
        if own[name] == family:
            path = paths[name]
            below = path[min(path.index(family) + 1, len(path) - 1)]
            parts.setdefault(below, []).append(name)
    stays = parts.pop(family, [])
    ranked = sorted(parts, key=lambda part: (-sum(counts[n] for n in parts[part]), part))
    # The family itself goes when all leave.
    fitting = len(ranked) if not stays and len(ranked) <= room + 1 else min(len(ranked), room)
    return {name: part for part in ranked[:fitting] for name in parts[part]}


def _described(
    name: str,
    types: tuple[str, ...],
    counts: Mapping[str, int],
    own: Mapping[str, str],
    ontology: Ontology,
) -> tuple[str, str]:
    """Label and model of a family; one or two types of a class that was split are named."""
    whole = all(name not in _path(type_, ontology) for type_ in own if own[type_] != name)
    if len(types) > 1 and whole:
        return class_label(name, ontology), name
    ranked = sorted(types, key=lambda type_: (-counts[type_], type_))
    if len(ranked) <= 2:
        return " and ".join(class_label(type_, ontology) for type_ in ranked), ranked[0]
    return f"other {class_label(name, ontology)}", name


def _path(name: str, ontology: Ontology) -> list[str]:
    """From the root down to the class itself, by its first parent."""
    path = [name]
    while path[0] in ontology.classes and ontology.classes[path[0]].parents:
        parent = min(ontology.classes[path[0]].parents)
        if parent in path:
            break
        path.insert(0, parent)
    return path
