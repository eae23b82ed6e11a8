"""The types of entities as the page lists them, with their families and icons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kg.export.html.opening.families import class_label, families_of
from kg.model.graph import Entity
from kg.ontology.icons import icon_of, icon_paths

if TYPE_CHECKING:
    from kg.ontology.domain import Ontology

__all__ = ["PageData", "icons_named", "said", "types_and_families"]

_FAMILIES = 9  # colours that one can tell apart; a tenth is the grey of the rest

PageData = dict[str, Any]


def said(record: Mapping[str, Any]) -> PageData:
    """The record without what is not known: None and empty lists."""
    return {key: value for key, value in record.items() if value is not None and value != []}


def types_and_families(
    entities: Iterable[Entity], ontology: Ontology
) -> tuple[list[PageData], list[PageData]]:
    """The types that occur, families together, the largest family first; and the families."""
    counts = Counter(entity.type for entity in entities)
    found = families_of(counts, ontology, _FAMILIES)
    types = [
        said({
            "name": name,
            "label": class_label(name, ontology),
            "count": counts[name],
            "family": place,
            "icon": icon_of(name, ontology),
        })
        for place, family in enumerate(found)
        for name in sorted(family.types, key=lambda name: (-counts[name], name))
    ]  # fmt: skip
    families = [
        said({
            "name": family.name,
            "label": family.label,
            "colour": min(place, _FAMILIES),
            "icon": icon_of(family.model, ontology),
        })
        for place, family in enumerate(found)
    ]  # fmt: skip
    return types, families


def icons_named(*lists: Iterable[PageData]) -> dict[str, str]:
    """The paths of the icons that types and families have, by name."""
    named = {record["icon"] for records in lists for record in records if "icon" in record}
    return {name: icon_paths()[name] for name in sorted(named)}
