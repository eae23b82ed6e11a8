"""Whether the facts go to the default graph of a Graph Store, where the user leaves it open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kg.load.connection import Connection
from kg.load.graph_store import GraphStore
from kg.load.mark import Mark
from kg.load.query import is_asked, sees_all_graphs

__all__ = ["ASKING", "DefaultGraph", "chosen_place"]

ASKING = (
    "Where a store answers queries from its default graph only, ask with GRAPH, or load with "
    "--flat --default-graph replace."
)
_ALL = "Plain queries ask all graphs of this store together, so its default graph is left alone."
_THEIRS = (
    "The default graph of the store holds data that no load put there, or that changed since, so "
    "it is left alone. Plain queries that ask it do not find these facts: ask with GRAPH, or load "
    "with --flat --default-graph merge, or --flat --default-graph replace if that data may go."
)
_UNLESS = (
    "If plain queries ask all graphs of this store together, which shows only when something is "
    "there, the default graph is left alone and the facts go to a named graph."
)


@dataclass(frozen=True)
class DefaultGraph:
    """The default graph of a store, and the marks of what loads may have put there."""

    store: GraphStore
    marks: frozenset[Mark]

    @cached_property
    def found(self) -> Mark | None:
        """The mark of what is there now; None for more than any load put there."""
        return self.store.mark(max((mark.count for mark in self.marks), default=0))

    @property
    def is_ours(self) -> bool:
        """True when it holds what a load put there, to the triple."""
        return self.found in self.marks


def chosen_place(
    connection: Connection, default: DefaultGraph, listing: str | None
) -> tuple[str, list[str]]:
    """The place, as `parts_of` has it: "shared" or "named"; and notes that say why.

    `listing` is the graph with the list of what was loaded; None before there is one.
    """
    if listing is None:
        sees_all, known = False, is_asked(connection)
    else:
        answer = sees_all_graphs(connection, listing)
        sees_all, known = bool(answer), answer is not None
    if sees_all:
        return "named", [_ALL]
    if not known:
        return "named", [ASKING]
    if default.is_ours or default.found == Mark.of(()):
        return "shared", [_UNLESS] if listing is None else []
    return "named", [_THEIRS]
