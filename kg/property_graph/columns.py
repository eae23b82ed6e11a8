"""Properties as columns, for tables and for formats that declare what they hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.errors import InvalidGraphError
from kg.property_graph.dictionary import type_name
from kg.property_graph.model import Node, Relationship

__all__ = ["Column", "columns"]


@dataclass(frozen=True, slots=True, order=True)
class Column:
    """A property that some rows have; `type` is as in the data dictionary."""

    name: str
    type: str


def columns(items: Iterable[Node | Relationship]) -> tuple[Column, ...]:
    """The properties of all of them, by name, without the id.

    Raises InvalidGraphError for a name with two types.
    """
    found: dict[str, str] = {}
    for item in items:
        for name, value in item.properties.items():
            type_ = type_name(value)
            if found.setdefault(name, type_) != type_:
                raise InvalidGraphError(
                    f"property {name!r} is a {found[name]} and, on {item.id}, a {type_}; "
                    "a property has one type"
                )
    return tuple(Column(name, found[name]) for name in sorted(found))
