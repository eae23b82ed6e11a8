"""What a store has to be told so that it holds a graph: the differences and nothing else."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.load.bolt.survey import HASH, Found, Link
from kg.model.statement import short_hash
from kg.property_graph import Node, PropertyGraph, PropertyValue

__all__ = ["Changes", "Row", "changes", "content_hash"]

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Changes:
    """Rows for the statements that bring a store up to date, by what they are about.

    Nodes are by key label; labels, to be set or taken away, by key label and label; relationships
    by type and the key labels of both ends. All are sorted, rows by id.
    """

    constraints: tuple[str, ...]  # key labels whose ids are not yet unique by law
    created: Mapping[str, list[Row]]
    updated: Mapping[str, list[Row]]
    removed: Mapping[str, list[Row]]
    labelled: Mapping[tuple[str, str], list[Row]]
    unlabelled: Mapping[tuple[str, str], list[Row]]
    linked: Mapping[tuple[str, str, str], list[Row]]
    relinked: Mapping[tuple[str, str, str], list[Row]]
    unlinked: Mapping[tuple[str, str], list[Row]]  # by type and the key label of the start

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__)

    def summary(self) -> str:
        """What is amiss, in counts."""
        words = {
            "constraints": "constraints are missing",
            "created": "nodes are missing",
            "updated": "nodes differ",
            "removed": "nodes are there that should not be",
            "labelled": "labels are missing",
            "unlabelled": "labels are there that should not be",
            "linked": "relationships are missing",
            "relinked": "relationships differ",
            "unlinked": "relationships are there that should not be",
        }
        counts = {name: _count(getattr(self, name)) for name in self.__slots__}
        return ", ".join(f"{counts[name]:,} {text}" for name, text in words.items() if counts[name])


def _count(rows: Any) -> int:
    return sum(map(len, rows.values())) if isinstance(rows, Mapping) else len(rows)


def content_hash(properties: Mapping[str, PropertyValue]) -> str:
    """Of names and values; what is set on a node or relationship beside them."""
    text = json.dumps(dict(properties), sort_keys=True, ensure_ascii=False, default=str)
    return short_hash(text)


def changes(graph: PropertyGraph, found: Found) -> Changes:
    """What is missing in the store, differs there, or was loaded once and is no longer so."""
    created, updated = _nodes(graph, found)
    wanted = {(node.key, node.id) for node in graph.nodes}
    gone = sorted(found.nodes.keys() - wanted)
    linked, relinked, kept = _relationships(graph, found)
    unlinked: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for link in sorted(found.relationships.keys() - kept):
        row = {"id": link.id, "start": link.start, "end": link.end}
        unlinked[link.type, found.relationships[link].start_key].append(row)
    keys = sorted({node.key for node in graph.nodes})
    return Changes(
        constraints=tuple(key for key in keys if key not in found.unique),
        created=_grouped(created),
        updated=_grouped(updated),
        removed=_grouped((key, {"id": id_}) for key, id_ in gone),
        labelled=_grouped(_missing_labels(graph.nodes, found)),
        unlabelled=_grouped(_stale_labels(graph, found)),
        linked=linked,
        relinked=relinked,
        unlinked=dict(unlinked),
    )


def _nodes(graph: PropertyGraph, found: Found) -> tuple[list[Any], list[Any]]:
    created: list[tuple[str, Row]] = []
    updated: list[tuple[str, Row]] = []
    for node in graph.nodes:
        there = found.nodes.get((node.key, node.id))
        hash_ = content_hash(node.properties)
        if there is None:
            row = {"id": node.id, "properties": _sent(node.properties, hash_)}
            created.append((node.key, row))
        elif there.hash != hash_:
            properties = _sent(node.properties, hash_, found.node_properties)
            updated.append((node.key, {"id": node.id, "properties": properties}))
    return created, updated


def _relationships(graph: PropertyGraph, found: Found) -> tuple[Any, Any, set[Link]]:
    key_of = {node.id: node.key for node in graph.nodes}
    linked: list[tuple[tuple[str, str, str], Row]] = []
    relinked: list[tuple[tuple[str, str, str], Row]] = []
    kept: set[Link] = set()
    for item in graph.relationships:
        link = Link(item.type, item.id, item.start, item.end)
        kept.add(link)
        there, hash_ = found.relationships.get(link), content_hash(item.properties)
        if there is not None and there.hash == hash_:
            continue
        old = () if there is None else found.relationship_properties
        row = {
            "id": item.id,
            "start": item.start,
            "end": item.end,
            "properties": _sent(item.properties, hash_, old),
        }
        group = (item.type, key_of[item.start], key_of[item.end])
        (linked if there is None else relinked).append((group, row))
    return _grouped(linked), _grouped(relinked), kept


def _sent(properties: Mapping[str, PropertyValue], hash_: str, old: Iterable[str] = ()) -> Row:
    """The properties as the driver takes them; null takes away what earlier loads may have set."""
    sent: Row = {name: None for name in sorted(old) if name not in properties}
    for name, value in properties.items():
        sent[name] = list(value) if isinstance(value, tuple) else value
    return sent | {HASH: hash_}


def _missing_labels(nodes: Iterable[Node], found: Found) -> Iterator[tuple[tuple[str, str], Row]]:
    for node in nodes:
        there = found.nodes.get((node.key, node.id))
        has = there.labels if there is not None else frozenset()
        for label in node.labels[1:]:
            if label not in has:
                yield (node.key, label), {"id": node.id}


def _stale_labels(graph: PropertyGraph, found: Found) -> Iterator[tuple[tuple[str, str], Row]]:
    """Labels that loads set, on nodes that no longer have them; the user's own are none of ours."""
    ours = found.labels | {label for node in graph.nodes for label in node.labels}
    for node in graph.nodes:
        there = found.nodes.get((node.key, node.id))
        if there is not None:
            for label in sorted(there.labels & ours - set(node.labels)):
                yield (node.key, label), {"id": node.id}


def _grouped(rows: Iterable[tuple[Any, Row]]) -> dict[Any, list[Row]]:
    found: dict[Any, list[Row]] = defaultdict(list)
    for group, row in rows:
        found[group].append(row)
    return dict(sorted(found.items()))
