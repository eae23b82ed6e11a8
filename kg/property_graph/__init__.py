"""The graph as a property graph, for Neo4j and its kin: a view that is designed, not a dump."""

from __future__ import annotations

from kg.property_graph.model import EvidenceForm, Node, PropertyGraph, PropertyValue, Relationship
from kg.property_graph.view import property_graph, written_view

__all__ = [
    "EvidenceForm",
    "Node",
    "PropertyGraph",
    "PropertyValue",
    "Relationship",
    "property_graph",
    "written_view",
]
