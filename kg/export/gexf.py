"""The property graph as GEXF 1.2, for Gephi.

Written by hand: the writer of networkx puts the date of the day into the file, and takes properties
called start, end, weight or type for something else.
Source: https://gexf.net/1.2/gexf-12draft-primer.pdf
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from kg.property_graph.columns import Column, columns
from kg.property_graph.flat import scalar
from kg.property_graph.model import Node, PropertyGraph, Relationship
from kg.property_graph.view import written_view
from kg.rdf.serialize import xml_text

if TYPE_CHECKING:
    from kg.export.formats import FormatOptions
    from kg.rdf.written import WrittenGraph

__all__ = ["render_gexf", "write_gexf"]

_TYPES = {"long": "long", "double": "double", "boolean": "boolean"}  # all else is a string


def render_gexf(graph: PropertyGraph) -> str:
    """Nodes are labelled by name, edges by type; labels are text, arrays are JSON.

    A character that XML cannot hold stands as U+FFFD.
    """
    root = Element("gexf", {"xmlns": "http://www.gexf.net/1.2draft", "version": "1.2"})
    body = SubElement(root, "graph", {"mode": "static", "defaultedgetype": "directed"})
    node_columns, edge_columns = columns(graph.nodes), columns(graph.relationships)
    _declare(body, "node", (Column("labels", "string"), *node_columns))
    _declare(body, "edge", edge_columns)
    nodes = SubElement(body, "nodes")
    for node in graph.nodes:
        label = str(node.properties.get("name", node.properties.get("message", node.key)))
        element = SubElement(nodes, "node", {"id": xml_text(node.id), "label": xml_text(label)})
        values = SubElement(element, "attvalues")
        SubElement(values, "attvalue", {"for": "0", "value": ";".join(node.labels)})
        _values(values, node_columns, node, 1)
    edges = SubElement(body, "edges")
    for item in graph.relationships:
        attributes = {
            "id": xml_text(f"{item.type} {item.id}"),  # an id of one type may be one of another
            "source": xml_text(item.start),
            "target": xml_text(item.end),
            "label": item.type,
        }
        values = SubElement(SubElement(edges, "edge", attributes), "attvalues")
        _values(values, edge_columns, item, 0)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f"<?xml version='1.0' encoding='utf-8'?>\n{text}\n"


def write_gexf(written: WrittenGraph, options: FormatOptions) -> dict[str, str]:
    """The file of the format gexf."""
    return {options.name: render_gexf(written_view(written, options.evidence))}


def _declare(body: Element, kind: str, names: Sequence[Column]) -> None:
    attributes = SubElement(body, "attributes", {"class": kind, "mode": "static"})
    for number, column in enumerate(names):
        type_ = _TYPES.get(column.type, "string")
        SubElement(
            attributes, "attribute", {"id": str(number), "title": column.name, "type": type_}
        )


def _values(
    parent: Element, names: Sequence[Column], item: Node | Relationship, first: int
) -> None:
    for number, column in enumerate(names, start=first):
        if column.name in item.properties:
            value = scalar(item.properties[column.name])
            text = str(value).lower() if isinstance(value, bool) else xml_text(str(value))
            SubElement(parent, "attvalue", {"for": str(number), "value": text})
