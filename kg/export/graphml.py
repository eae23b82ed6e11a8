"""The graph as a networkx multigraph and as GraphML, for Gephi, yEd, igraph and other tools.

Every fact is one edge keyed by the id of the fact, so that parallel relations stay apart and
nothing of a fact is lost. A literal object becomes a node of its own, of kind "literal", because
an attribute of the subject could hold neither stance nor evidence. All attributes are scalars, as
GraphML wants; lists and qualifiers are JSON texts.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import networkx as nx
from networkx.readwrite.graphml import GraphMLWriter

from kg.model.graph import Entity, Fact, KnowledgeGraph
from kg.model.statement import Literal
from kg.property_graph.flat import scalar
from kg.property_graph.model import PropertyGraph
from kg.property_graph.view import written_view
from kg.rdf.serialize import xml_text

if TYPE_CHECKING:
    from kg.export.formats import FormatOptions
    from kg.ontology.domain import Ontology
    from kg.rdf.written import WrittenGraph

__all__ = ["render_graphml", "render_property_graphml", "to_networkx", "write_graphml"]


def to_networkx(graph: KnowledgeGraph) -> nx.MultiDiGraph[str]:
    """Entities and literal values as nodes, each fact as one edge keyed by its id.

    Nodes have `kind` ("entity" or "literal"), `label`, `type`; entities also `mentions` and
    `same_as`, literals `value` and `datatype`. The id of a literal node is "literal:" and the id
    of its fact. Edges have the fields of the fact contract and, from the first piece of evidence,
    `quote` and `article`.
    """
    result: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for entity in sorted(graph.entities, key=lambda entity: entity.id):
        result.add_node(entity.id, **_entity_attributes(entity))
    for fact in sorted(graph.facts, key=lambda fact: fact.id):
        target = fact.object.id if isinstance(fact.object, Entity) else f"literal:{fact.id}"
        if isinstance(fact.object, Literal):
            result.add_node(target, **_literal_attributes(fact.object))
        result.add_edge(fact.subject.id, target, key=fact.id, **_edge_attributes(fact))
    return result


def _entity_attributes(entity: Entity) -> dict[str, str]:
    return {
        "kind": "entity",
        "label": entity.label,
        "type": entity.type,
        "mentions": _json(entity.mentions),
        "same_as": _json(entity.same_as),
    }


def _literal_attributes(literal: Literal) -> dict[str, str]:
    return {
        "kind": "literal",
        "label": literal.text,
        "type": literal.datatype.rsplit("#", 1)[-1].rsplit("/", 1)[-1],
        "value": literal.value,
        "datatype": literal.datatype,
    }


def _edge_attributes(fact: Fact) -> dict[str, str | float | int]:
    record = fact.to_json()
    speaker = fact.attributed_to
    first = fact.evidence[0] if fact.evidence else None
    return {
        "predicate": fact.predicate,
        "modality": str(fact.modality),
        "attributed_to": speaker.id if speaker else "",
        "speaker": speaker.label if speaker else "",
        "confidence": record["confidence"],
        "sources": fact.sources,
        "qualifiers": _json(record["qualifiers"]),
        "quote": first.quote if first else "",
        "article": first.span.article if first else "",
        "evidence": _json(record["evidence"]),
        "derived_by": fact.derived_by or "",
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def render_graphml(graph: KnowledgeGraph, ontology: Ontology) -> str:
    """The multigraph as GraphML 1.0, ids of the facts as ids of the edges.

    A character that XML cannot hold stands as U+FFFD; facts.jsonl keeps the original.
    """
    return _written(to_networkx(graph))


def render_property_graphml(graph: PropertyGraph) -> str:
    """The property graph as GraphML 1.0: typed properties, labels joined by ;, arrays as JSON.

    Nodes have `labels`, edges `label`, their type. Characters that XML cannot hold stand as U+FFFD.
    """
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in graph.nodes:  # attributes apart: a property may have the name of an argument
        network.add_node(node.id)
        values = {name: scalar(value) for name, value in node.properties.items()}
        network.nodes[node.id].update(values, labels=";".join(node.labels))
    for item in graph.relationships:
        key = f"{item.type} {item.id}"  # an id of one type may be one of another
        network.add_edge(item.start, item.end, key=key)
        values = {name: scalar(value) for name, value in item.properties.items()}
        network.edges[item.start, item.end, key].update(values, label=item.type)
    return _written(network)


def write_graphml(written: WrittenGraph, options: FormatOptions) -> dict[str, str]:
    """The file of the format graphml."""
    return {options.name: render_property_graphml(written_view(written, options.evidence))}


def _written(network: nx.MultiDiGraph[str]) -> str:
    # ElementTree rather than networkx' own choice: that depends on whether lxml is installed, and
    # it cuts the text at every Unicode line separator.
    writer = GraphMLWriter(graph=_without_illegal(network))
    writer.indent(writer.xml)
    body: str = ElementTree.tostring(writer.xml, encoding="unicode")
    # A parser turns a bare carriage return into a line feed; as a reference it stays.
    body = body.replace("\r", "&#13;")
    return f"<?xml version='1.0' encoding='utf-8'?>\n{body}\n"


def _without_illegal(network: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """The same network, in place, without the characters that XML cannot hold."""
    attributes = [data for _, data in network.nodes(data=True)]
    attributes += [data for _, _, data in network.edges(data=True)]
    for data in attributes:
        for name, value in data.items():
            if isinstance(value, str):
                data[name] = xml_text(value)
    return network
