"""What a property graph is made of: nodes with labels, relationships with a type, properties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

__all__ = ["EvidenceForm", "Node", "PropertyGraph", "PropertyValue", "Relationship"]

# A property has one of these types, the same wherever its name occurs. There is no null: what is
# not known is left out. An array is never empty.
PropertyValue = str | int | float | bool | date | tuple[str, ...] | tuple[int, ...]


class EvidenceForm(StrEnum):
    """How a reader of the property graph gets from a fact to the words that say it."""

    NODES = "nodes"  # Statement and Article nodes, joined by EVIDENCE relationships
    PROPERTIES = "properties"  # arrays on the relationship: quotes, articles, voices …
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Node:
    """A node. The first label is its key: `id` is unique among the nodes that have it.

    `properties` are sorted by name and do not repeat the id.
    """

    id: str  # IRI
    labels: tuple[str, ...]
    properties: Mapping[str, PropertyValue]

    @property
    def key(self) -> str:
        """The label under which the id is unique."""
        return self.labels[0]


@dataclass(frozen=True, slots=True)
class Relationship:
    """A directed relationship between two nodes by their ids.

    `id` is unique among those of its type; of a fact it is the IRI of the statement. `properties`
    are sorted by name and do not repeat the id.
    """

    id: str
    type: str
    start: str
    end: str
    properties: Mapping[str, PropertyValue]


@dataclass(frozen=True, slots=True)
class PropertyGraph:
    """Nodes by key label and id, relationships by type and id; both ends are nodes of the graph."""

    nodes: tuple[Node, ...]
    relationships: tuple[Relationship, ...]
