"""The Cypher that loads a property graph, as templates with rows: for a script and for Bolt.

The form is the one that Neo4j and ArcadeDB both do right and fast: merge by id under one label, set
the other labels in statements of their own, then the relationships type by type. Running all of it
again changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.property_graph.model import PropertyGraph

__all__ = [
    "Step",
    "constraint",
    "constraint_name",
    "label_statement",
    "node_statement",
    "quoted_name",
    "relationship_statement",
    "steps",
]


@dataclass(frozen=True, slots=True)
class Step:
    """One statement and the rows it runs over, in any number of batches.

    All steps before it have to be done. A step without rows is run once, as it is. Rows are plain
    values: strings, numbers, booleans, dates and lists of one kind.
    """

    what: str  # for progress, for example "nodes Entity"
    statement: str
    rows: tuple[dict[str, Any], ...] = ()


def steps(graph: PropertyGraph) -> Iterator[Step]:
    """Constraints, nodes, labels, relationships, in an order that can be run."""
    keys = sorted({node.key for node in graph.nodes})
    for key in keys:
        yield Step(f"constraint on {key}", constraint(key))
    by_key: dict[str, list[dict[str, Any]]] = defaultdict(list)
    by_label: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for node in graph.nodes:
        by_key[node.key].append({"id": node.id, "properties": _plain(node.properties)})
        for label in node.labels[1:]:
            by_label[node.key, label].append({"id": node.id})
    for key in keys:
        yield Step(f"nodes {key}", node_statement(key), tuple(by_key[key]))
    for key, label in sorted(by_label):
        yield Step(f"label {label}", label_statement(key, label), tuple(by_label[key, label]))
    yield from _relationship_steps(graph)


def _relationship_steps(graph: PropertyGraph) -> Iterator[Step]:
    key_of = {node.id: node.key for node in graph.nodes}
    found: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for item in graph.relationships:
        row = {
            "id": item.id,
            "start": item.start,
            "end": item.end,
            "properties": _plain(item.properties),
        }
        found[item.type, key_of[item.start], key_of[item.end]].append(row)
    for type_, start, end in sorted(found):
        statement = relationship_statement(type_, start, end)
        yield Step(f"relationships {type_}", statement, tuple(found[type_, start, end]))


def constraint(key: str) -> str:
    """DDL that makes the ids of a key label unique, and finds them by an index."""
    return (
        f"CREATE CONSTRAINT {quoted_name(constraint_name(key))} IF NOT EXISTS "
        f"FOR (n:{quoted_name(key)}) REQUIRE n.id IS UNIQUE"
    )


def constraint_name(key: str) -> str:
    """What the constraint of a key label is called."""
    return f"newskg_{key.lower()}_id"


def node_statement(key: str) -> str:
    """For `$rows` of id and properties."""
    return (
        f"UNWIND $rows AS row MERGE (n:{quoted_name(key)} {{id: row.id}}) SET n += row.properties"
    )


def label_statement(key: str, label: str) -> str:
    """For `$rows` of id: what is there gets one more label."""
    return (
        f"UNWIND $rows AS row MATCH (n:{quoted_name(key)} {{id: row.id}}) "
        f"SET n:{quoted_name(label)}"
    )


def relationship_statement(type_: str, start: str, end: str) -> str:
    """For `$rows` of id, start, end and properties; `start` and `end` are key labels."""
    return (
        f"UNWIND $rows AS row MATCH (a:{quoted_name(start)} {{id: row.start}}) "
        f"MATCH (b:{quoted_name(end)} {{id: row.end}}) "
        f"MERGE (a)-[r:{quoted_name(type_)} {{id: row.id}}]->(b) SET r += row.properties"
    )


def quoted_name(name: str) -> str:
    """A label, type or other name as Cypher takes it whatever is in it.

    >>> quoted_name("SPONSOR_OF"), quoted_name("a`b")
    ('`SPONSOR_OF`', '`a``b`')
    """
    return "`" + name.replace("`", "``") + "`"


def _plain(properties: Any) -> dict[str, Any]:
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in properties.items()
    }
