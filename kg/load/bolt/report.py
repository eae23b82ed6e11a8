"""A load in words, by label and type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kg.load.bolt.changes import Changes
from kg.load.bolt.survey import Found
from kg.load.plan import LoadPlan, Step
from kg.read.connection import is_loopback

if TYPE_CHECKING:
    from kg.load.bolt.connection import Connection

__all__ = ["kept_note", "plan"]


def plan(found: Found, todo: Changes, store: Connection) -> LoadPlan:
    """The steps of a load in their order; what is there as it should be makes none."""
    database = f"database {store.database!r}" if store.database else "default database"
    there = (
        f"{len(found.nodes):,} nodes and {len(found.relationships):,} relationships of an earlier "
        "load"
        if found.nodes
        else "nothing of an earlier load"
    )
    return LoadPlan(
        target=store.url,
        found=f"{store.server}, {database}, holds {there}",
        steps=tuple(_steps(todo)),
        notes=tuple(_notes(found, todo, store)),
    )


def _steps(todo: Changes) -> Iterator[Step]:
    for key in todo.constraints:
        yield Step("make", f"{key}.id unique", 1, "constraints")
    yield from _counted("create", "nodes", todo.created)
    yield from _counted("update", "nodes", todo.updated)
    yield from _counted("set", "labels", todo.labelled)
    yield from _counted("create", "relationships", todo.linked)
    yield from _counted("update", "relationships", todo.relinked)
    yield from _counted("remove", "relationships", todo.unlinked)
    yield from _counted("remove", "labels", todo.unlabelled)
    yield from _counted("remove", "nodes", todo.removed)


def _counted(action: str, unit: str, rows: Mapping[Any, list[Any]]) -> Iterator[Step]:
    """One step for each label or type, whatever the key labels of the ends."""
    counts: Counter[str] = Counter()
    for group, items in rows.items():
        counts[_name(group, unit)] += len(items)
    for name, count in sorted(counts.items()):
        yield Step(action, name, count, unit)


def _name(group: Any, unit: str) -> str:
    """The label of a key and label, the type of a type and the labels of its ends."""
    if isinstance(group, str):
        return group
    label_or_type: str = group[1] if unit == "labels" else group[0]
    return label_or_type


def _notes(found: Found, todo: Changes, store: Connection) -> Iterator[str]:
    if found.complete is False:
        yield "The load before was cut off; this one completes it."
    if not todo:
        yield "All of it was there already, as it is in the build."
    if found.adopted:
        yield (
            f"{found.adopted:,} nodes that no load made have the label and id of ours and are "
            "taken over."
        )
    address = urlsplit(store.url)
    if "+" not in address.scheme and not is_loopback(address.hostname or ""):
        yield "What is sent, a password too, is not encrypted; with bolt+s:// or neo4j+s:// it is."


def kept_note(kept: int) -> Iterator[str]:
    """What to say of nodes that could not be removed."""
    if kept:
        yield (
            f"{kept:,} nodes that this build no longer has stay, since relationships of your own "
            "hang on them; they have lost their kgHash."
        )
