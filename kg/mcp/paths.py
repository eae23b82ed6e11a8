"""How two entities are connected: a shortest path over facts, with the facts on it."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
from itertools import pairwise

from kg.mcp.facts import fact_record
from kg.mcp.lookup import Lookup
from kg.mcp.records import FoundPath, PathStep
from kg.model.graph import Entity, Fact

__all__ = ["path_between"]

_FACTS = 5  # of one step


def path_between(
    lookup: Lookup,
    start: str,
    end: str,
    *,
    stances: Collection[str],
    inferred: bool = False,
    longest: int = 4,
) -> FoundPath:
    """A shortest path between two entities over facts of these stances, of at most that length.

    Facts count in both directions. Of several paths, the one over the surest facts at each step is
    found, and always the same. Raises as `Lookup.entity` for a name that is none.
    """
    first, last = lookup.entity(start), lookup.entity(end)
    before: dict[str, str | None] = {first.id: None}
    waiting = deque([(first.id, 0)])
    while waiting and last.id not in before:
        here, length = waiting.popleft()
        if length == longest:
            continue
        for _, other in _links(lookup, here, stances, inferred):
            if other not in before:
                before[other] = here
                waiting.append((other, length + 1))
    if last.id not in before:
        return FoundPath(False, 0, [])
    along = list(_back(before, last.id))[::-1]
    steps = [_step(lookup, a, b, stances, inferred) for a, b in pairwise(along)]
    return FoundPath(True, len(steps), steps)


def _links(
    lookup: Lookup, here: str, stances: Collection[str], inferred: bool
) -> Iterator[tuple[Fact, str]]:
    """Facts that connect an entity to another, and the other, surest first."""
    for fact in lookup.facts_of.get(here, ()):
        if str(fact.modality) not in stances or (fact.derived_by is not None and not inferred):
            continue
        if isinstance(fact.object, Entity) and fact.object.id != fact.subject.id:
            yield fact, fact.object.id if fact.subject.id == here else fact.subject.id


def _back(before: dict[str, str | None], last: str) -> Iterator[str]:
    here: str | None = last
    while here is not None:
        yield here
        here = before[here]


def _step(
    lookup: Lookup, start: str, end: str, stances: Collection[str], inferred: bool
) -> PathStep:
    facts = [fact for fact, other in _links(lookup, start, stances, inferred) if other == end]
    return PathStep(
        lookup.ref(lookup.entities[start]),
        lookup.ref(lookup.entities[end]),
        [fact_record(lookup, fact) for fact in facts[:_FACTS]],
        max(0, len(facts) - _FACTS),
    )
