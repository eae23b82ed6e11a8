"""What a store holds of earlier loads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.load.bolt.constraints import unique_keys
from kg.property_graph import PropertyGraph
from kg.property_graph.statements import quoted_name
from kg.property_graph.terms import KEYS

if TYPE_CHECKING:
    from kg.load.bolt.connection import Connection

__all__ = [
    "BATCH",
    "HASH",
    "RECORD",
    "Found",
    "FoundLink",
    "FoundNode",
    "Link",
    "is_other_graph",
    "survey",
]

HASH = "kgHash"  # a property of all that was loaded, and of nothing else
BATCH = 2_000  # rows of one statement
RECORD = "KgLoad"  # label of one node that says what the last load was


class Link(NamedTuple):
    """A relationship by what makes it the same one."""

    type: str
    id: str
    start: str
    end: str


class FoundNode(NamedTuple):
    """A node that was loaded."""

    hash: str
    labels: frozenset[str]


class FoundLink(NamedTuple):
    """A relationship that was loaded; `start_key` is the key label of where it starts."""

    hash: str
    start_key: str


@dataclass(frozen=True, slots=True)
class Found:
    """What earlier loads left, `articles` being the names of those they were built from.

    Nodes are by key label and id. `labels` and both sets of properties are names that earlier loads
    used; `complete` is False after a load that was cut off, None when there was none. `unique` are
    the key labels whose ids are unique by a constraint.
    """

    nodes: Mapping[tuple[str, str], FoundNode]
    relationships: Mapping[Link, FoundLink]
    unique: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    node_properties: frozenset[str] = frozenset()
    relationship_properties: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    complete: bool | None = None
    adopted: int = 0  # nodes without hash that have the label and id of one to be loaded


def survey(graph: PropertyGraph, store: Connection) -> Found:
    """What is in the store. Raises LoadError when it cannot be read, or forbids what is to come."""
    keys = sorted({*KEYS, *(node.key for node in graph.nodes)})
    nodes: dict[tuple[str, str], FoundNode] = {}
    relationships: dict[Link, FoundLink] = {}
    for key in keys:
        label = quoted_name(key)
        for id_, hash_, labels in store.read(
            f"MATCH (n:{label}) WHERE n.{HASH} IS NOT NULL RETURN n.id, n.{HASH}, labels(n)"
        ):
            nodes[key, id_] = FoundNode(hash_, frozenset(labels))
        for type_, id_, start, end, hash_ in store.read(
            f"MATCH (a:{label})-[r]->(b) WHERE r.{HASH} IS NOT NULL "
            f"RETURN type(r), r.id, a.id, b.id, r.{HASH}"
        ):
            relationships[Link(type_, id_, start, end)] = FoundLink(hash_, key)
    record = _record(store)
    return Found(
        nodes=nodes,
        relationships=relationships,
        unique=unique_keys(graph, store),
        labels=frozenset(record.get("labels", ())),
        node_properties=frozenset(record.get("nodeProperties", ())),
        relationship_properties=frozenset(record.get("relationshipProperties", ())),
        articles=frozenset(record.get("articles", ())),
        complete=record.get("complete"),
        adopted=_adopted(graph, nodes, store),
    )


def _record(store: Connection) -> Mapping[str, Any]:
    rows = store.read(f"MATCH (l:{RECORD} {{id: 'newskg'}}) RETURN properties(l)")
    return dict(rows[0][0]) if rows else {}


def is_other_graph(graph: PropertyGraph, articles: frozenset[str], found: Found) -> bool:
    """True when loads brought something, and nothing of it is of the articles of this graph."""
    if not found.nodes:
        return False
    if articles and found.articles:
        return not articles & found.articles
    return not any((node.key, node.id) in found.nodes for node in graph.nodes)


def _adopted(
    graph: PropertyGraph, nodes: Mapping[tuple[str, str], FoundNode], store: Connection
) -> int:
    """How many nodes that no load made will be taken over, since label and id are the same."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for node in graph.nodes:
        if (node.key, node.id) not in nodes:
            wanted[node.key].append(node.id)
    count = 0
    for key, ids in wanted.items():
        label = quoted_name(key)
        others = store.read(f"MATCH (n:{label}) WHERE n.{HASH} IS NULL RETURN n.id IS NULL LIMIT 1")
        for start in range(0, len(ids) if others else 0, BATCH):
            found = store.read(
                f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN count(n)",
                ids=ids[start : start + BATCH],
            )
            count += found[0][0]
    return count
