"""Changes into a store, a batch a transaction, in an order that an interruption does not harm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import LoadError
from kg.load.bolt.changes import Changes, Row
from kg.load.bolt.survey import BATCH, HASH, RECORD, Found
from kg.load.plan import Progress
from kg.property_graph import PropertyGraph
from kg.property_graph.statements import (
    constraint,
    label_statement,
    node_statement,
    quoted_name,
    relationship_statement,
)

if TYPE_CHECKING:
    from kg.load.bolt.connection import Connection

__all__ = ["write"]

_PARTS = 20


@dataclass(frozen=True, slots=True)
class _Task:
    what: str
    statements: tuple[str, ...]  # run one after the other on each batch of rows
    rows: list[Row]


def write(
    graph: PropertyGraph,
    articles: frozenset[str],
    found: Found,
    todo: Changes,
    store: Connection,
    progress: Progress | None = None,
) -> int:
    """Adds and changes first, removes last: what holds before and after is never missing.

    Returns how many nodes could not be removed since relationships of the user hang on them. Raises
    LoadError that says how far it came.
    """
    tasks = list(_tasks(todo))
    total = sum(len(task.rows) for task in tasks)
    done = kept = 0
    try:
        for key in todo.constraints:
            store.write(constraint(key))
        _record(graph, articles, found, store, complete=False)
        for task in tasks:
            for start in range(0, len(task.rows), BATCH):
                rows = task.rows[start : start + BATCH]
                for statement in task.statements:
                    kept += sum(row[0] for row in store.write(statement, rows=rows))
                if progress is not None and _is_news(done, done + len(rows), total):
                    progress(done + len(rows), total, task.what)
                done += len(rows)
        _record(graph, articles, found, store, complete=True)
    except LoadError as error:
        raise LoadError(
            f"{error}; {done:,} of {total:,} rows were written and stay, and the same command "
            "completes the load"
        ) from error
    return kept


def _is_news(before: int, now: int, total: int) -> bool:
    """True when another part of all was done; a line for each of a hundred types is no news."""
    return now == total or before * _PARTS // total < now * _PARTS // total


def _tasks(todo: Changes) -> Iterator[_Task]:
    for key, rows in (*todo.created.items(), *todo.updated.items()):
        yield _Task(f"nodes {key}", (node_statement(key),), rows)
    for (key, label), rows in todo.labelled.items():
        yield _Task(f"label {label}", (label_statement(key, label),), rows)
    for (type_, start, end), rows in (*todo.linked.items(), *todo.relinked.items()):
        yield _Task(f"relationships {type_}", (relationship_statement(type_, start, end),), rows)
    for (type_, start), rows in todo.unlinked.items():
        yield _Task(f"old relationships {type_}", (_unlink(type_, start),), rows)
    for (key, label), rows in todo.unlabelled.items():
        yield _Task(f"old label {label}", (_unlabel(key, label),), rows)
    for key, rows in todo.removed.items():
        yield _Task(f"old nodes {key}", (_remove(key), _release(key)), rows)


def _unlink(type_: str, start: str) -> str:
    return (
        f"UNWIND $rows AS row MATCH (a:{quoted_name(start)} {{id: row.start}})"
        f"-[r:{quoted_name(type_)} {{id: row.id}}]->(b {{id: row.end}}) "
        f"WHERE r.{HASH} IS NOT NULL DELETE r"
    )


def _unlabel(key: str, label: str) -> str:
    return (
        f"UNWIND $rows AS row MATCH (n:{quoted_name(key)} {{id: row.id}}) "
        f"REMOVE n:{quoted_name(label)}"
    )


def _remove(key: str) -> str:
    """Deletes what hangs on nothing: a relationship that is left is one of the user."""
    return (
        f"UNWIND $rows AS row MATCH (n:{quoted_name(key)} {{id: row.id}}) "
        f"WHERE n.{HASH} IS NOT NULL AND NOT EXISTS {{ (n)--() }} DELETE n"
    )


def _release(key: str) -> str:
    """Leaves to the user what could not be deleted, and counts it."""
    return (
        f"UNWIND $rows AS row MATCH (n:{quoted_name(key)} {{id: row.id}}) "
        f"WHERE n.{HASH} IS NOT NULL REMOVE n.{HASH} RETURN count(n)"
    )


def _record(
    graph: PropertyGraph,
    articles: frozenset[str],
    found: Found,
    store: Connection,
    *,
    complete: bool,
) -> None:
    """Notes articles and names of loads: those of earlier ones too, until this one is complete."""
    labels = {label for node in graph.nodes for label in node.labels}
    node_names = {name for node in graph.nodes for name in node.properties}
    relationship_names = {name for item in graph.relationships for name in item.properties}
    if not complete:
        labels |= found.labels
        node_names |= found.node_properties
        relationship_names |= found.relationship_properties
        articles |= found.articles
    properties: dict[str, Any] = {
        "complete": complete,
        "articles": sorted(articles),
        "nodes": len(graph.nodes),
        "relationships": len(graph.relationships),
        "labels": sorted(labels),
        "nodeProperties": sorted(node_names),
        "relationshipProperties": sorted(relationship_names),
    }
    store.write(f"MERGE (l:{RECORD} {{id: 'newskg'}}) SET l += $properties", properties=properties)
