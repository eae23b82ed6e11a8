"""The constraints that a load needs, and those of others that stand against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import LoadError
from kg.property_graph import PropertyGraph
from kg.property_graph.statements import constraint_name

if TYPE_CHECKING:
    from kg.load.bolt.connection import Connection

__all__ = ["unique_keys"]

# As Neo4j 5 and its calendar versions call a constraint that makes a node findable by one value.
_UNIQUE = frozenset({"UNIQUENESS", "NODE_PROPERTY_UNIQUENESS", "NODE_KEY"})


class _Constraint(NamedTuple):
    name: str
    type: str
    labels: tuple[str, ...]
    properties: tuple[str, ...]

    @property
    def words(self) -> str:
        return f"{self.name!r} ({self.type} of {':'.join(self.labels)}.{'+'.join(self.properties)})"


def unique_keys(graph: PropertyGraph, store: Connection) -> frozenset[str]:
    """Key labels whose ids the store keeps unique.

    Raises LoadError where a constraint is there that makes the load fail: one under the name that a
    load gives, with another meaning, or one that the graph itself breaks.
    """
    rows = store.read("SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties")
    there = [_Constraint(str(n), str(t), tuple(ls or ()), tuple(ps or ())) for n, t, ls, ps in rows]
    unique = {c.labels[0] for c in there if c.type in _UNIQUE and _is_of_id(c)}
    for key in sorted({node.key for node in graph.nodes} - unique):
        _check_name(key, there, store.url)
    for other in there:
        if other.type in _UNIQUE and not _is_of_id(other):
            _check_holds(graph, other, store.url)
    return frozenset(unique)


def _is_of_id(constraint: _Constraint) -> bool:
    return len(constraint.labels) == 1 and constraint.properties == ("id",)


def _check_name(key: str, there: Iterable[_Constraint], url: str) -> None:
    for other in there:
        if other.name == constraint_name(key):
            raise LoadError(
                f"{url}: a constraint named {other.words} is already there, where loading needs "
                f"one that makes {key}.id unique; drop or rename it and load again, nothing was "
                "written"
            )


def _check_holds(graph: PropertyGraph, constraint: _Constraint, url: str) -> None:
    """Raises where two nodes of the graph have the values that the constraint allows one."""
    values = Counter(
        tuple(node.properties.get(name) for name in constraint.properties)
        for node in graph.nodes
        if set(constraint.labels) & set(node.labels)
    )
    twice = [pair for pair, count in values.items() if count > 1 and None not in pair]
    if twice:
        raise LoadError(
            f"{url}: the constraint {constraint.words} of the database allows one node with "
            f"{twice[0][0]!r}, and the build has {values[twice[0]]:,}; drop the constraint or name "
            "another --database, nothing was written"
        )
