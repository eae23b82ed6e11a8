"""Which entities of one build are which of another, where their ids differ.

An id that both builds have is one entity. Where an entity has gone or come, it is followed to one
that goes by its name and takes its part in a fact read at the same place; where no such fact is
left, to one of its class that goes by its name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from kg.diff.records import Build, Record, entities_of, places

__all__ = ["Regrouping", "regroupings", "same_thing"]


@dataclass(frozen=True, slots=True)
class Regrouping:
    """Entities of the one build that are those of the other; each side sorted by id."""

    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def kind(self) -> str:
        """Whether they were renamed (one to one), merged, split, or both of these."""
        one = len(self.before) == 1, len(self.after) == 1
        kinds = {(True, True): "renamed", (False, True): "merged", (True, False): "split"}
        return kinds.get(one, "regrouped")


_Edge = tuple[str, str]


def regroupings(one: Build, other: Build) -> tuple[Regrouping, ...]:
    """The groups of entities that became others, sorted; those that kept their ids left out."""
    votes = _votes(one, other)
    turned = Counter({(b, a): count for (a, b), count in votes.items()})
    edges = _followed(one, other, votes) | {(a, b) for b, a in _followed(other, one, turned)}
    touched = {id for edge in edges for id in edge}
    edges |= {(id, id) for id in touched if id in one.entities and id in other.entities}
    return tuple(sorted(_components(edges), key=lambda g: (g.before, g.after)))


def same_thing(groups: Iterable[Regrouping]) -> dict[str, str]:
    """For each id in a group, of either build, one id that stands for the whole group."""
    return {id: min(g.before) for g in groups for id in (*g.before, *g.after)}


def _votes(one: Build, other: Build) -> Counter[_Edge]:
    """How often an entity takes the part, in a fact read at the same place, of one like named."""
    before, after = _parts(one), _parts(other)
    votes: Counter[_Edge] = Counter()
    for part in before.keys() & after.keys():
        for a, b in product(before[part], after[part]):
            if a != b and _is_called(one.entities[a], other.entities[b]):
                votes[a, b] += 1
    return votes


def _parts(build: Build) -> dict[tuple[object, ...], set[str]]:
    found: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for fact in build.facts.values():
        for name, entity in entities_of(fact):
            for place in places(fact):
                found[fact["predicate"], name, *place].add(entity["id"])
    return found


def _followed(mine: Build, theirs: Build, votes: Counter[_Edge]) -> set[_Edge]:
    """Each entity that the other build lacks, with the one there that it has become.

    That is the one with most votes, else one of its class that goes by its name.
    """
    voted: dict[str, list[str]] = defaultdict(list)
    for entity, other in votes:
        voted[entity].append(other)
    named: dict[tuple[str, str], list[str]] = defaultdict(list)
    for other, its in theirs.entities.items():
        for form in _forms(its):
            named[its["type"], form].append(other)
    found: set[_Edge] = set()
    for entity in mine.entities.keys() - theirs.entities.keys():
        record = mine.entities[entity]
        near = voted.get(entity) or named.get((record["type"], _fold(record["label"])), [])
        ranked = (
            (-votes[entity, id], -len(_forms(record) & _forms(theirs.entities[id])), id)
            for id in near
        )
        best = min(ranked, default=None)
        found |= {(entity, best[-1])} if best is not None else set()
    return found


def _is_called(one: Record, other: Record) -> bool:
    """Whether one of the two goes by the label of the other."""
    return _fold(one["label"]) in _forms(other) or _fold(other["label"]) in _forms(one)


def _forms(entity: Record) -> set[str]:
    return {_fold(form) for form in (entity["label"], *entity.get("mentions", ()))}


def _fold(text: object) -> str:
    return " ".join(str(text).casefold().split())


def _components(edges: set[_Edge]) -> list[Regrouping]:
    """The connected parts of the graph of edges; the two builds' ids are different nodes."""
    near: dict[tuple[int, str], set[tuple[int, str]]] = defaultdict(set)
    for a, b in edges:
        near[0, a].add((1, b))
        near[1, b].add((0, a))
    found: list[Regrouping] = []
    seen: set[tuple[int, str]] = set()
    for start in sorted(near):
        if start in seen:
            continue
        part, waiting = {start}, [start]
        while waiting:
            for node in near[waiting.pop()] - part:
                part.add(node)
                waiting.append(node)
        seen |= part
        before = tuple(sorted(id for side, id in part if side == 0))
        after = tuple(sorted(id for side, id in part if side == 1))
        if before != after:
            found.append(Regrouping(before, after))
    return found
