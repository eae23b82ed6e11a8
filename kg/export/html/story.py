"""What the page opens with: the main entities, in groups, and where everything else hangs.

Two choices are made here, both by rules simple enough for the page to repeat.

Which entities are drawn: all of a small graph. Of a larger one the drawing grows: first the
entity with the most different neighbours (ties: most facts, then first in order), then again and
again the one with the most neighbours among those that touch what is drawn. One that touches
nothing drawn comes next only when it has more than twice the neighbours of the best that does:
then it begins a story of its own.

Where the others hang (`anchors`): an entity that shares facts with drawn ones hangs on that with
which it shares the most. One further away hangs where most of the facts go that it shares with
entities one step nearer. Ties go to the entity that comes first. Without any path it hangs nowhere.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.export.html.labels import node_radius

__all__ = ["Group", "Story", "StoryEntity", "StoryNode", "choose", "hang", "story"]

SMALL_GRAPH = 60  # up to here everything is drawn
STORY = 48  # and of a larger graph as many, so that there is room for the clusters
_NEW_STORY = 2  # times the neighbours that let an entity begin a story of its own

Neighbours = Sequence[
    Mapping[int, int]
]  # by entity: its neighbours, and the facts shared with each


@dataclass(frozen=True, slots=True)
class StoryEntity:
    """What the choice needs to know of an entity; others refer to it by its position."""

    family: int  # position in the families of the page
    label: str
    degree: int  # facts that it is subject or object of, those with a literal included


@dataclass(frozen=True, slots=True)
class StoryNode:
    """A drawn entity: the centre and the radius of its circle; the label hangs below it."""

    entity: int
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Group:
    """A region of the page with a heading in its top 34 units; x and y are its upper left corner.

    The family is -1 where several small ones share the region.
    """

    family: int
    label: str
    x: float
    y: float
    width: float
    height: float
    members: tuple[int, ...]  # entities, sorted


@dataclass(frozen=True, slots=True)
class Story:
    """Nodes by entity; groups from the top down, then from the left.

    `anchors` has for each entity the drawn one it hangs on, for a drawn one itself, and -1 for one
    without a path to any.
    """

    nodes: tuple[StoryNode, ...]
    groups: tuple[Group, ...]
    anchors: tuple[int, ...]


def story(
    entities: Sequence[StoryEntity],
    edges: Iterable[tuple[int, int, int]],
    families: Sequence[str],
    *,
    limit: int | None = None,
) -> Story:
    """The opening of the page, the same for the same input on every machine.

    Edges are (entity, entity, number of facts); their direction and order do not matter. `families`
    has the headings. `limit` asks for another number of nodes than the page opens with, for a
    picture.
    """
    neighbours = _neighbours(len(entities), edges)
    if limit is None:
        limit = SMALL_GRAPH if len(entities) <= SMALL_GRAPH else STORY
    drawn = choose([entity.degree for entity in entities], neighbours, limit)
    nodes = tuple(
        StoryNode(entity, 170.0 * (n % 8), 100.0 * (n // 8), node_radius(entities[entity].degree))
        for n, entity in enumerate(drawn)
    )
    return Story(nodes, (), hang(drawn, neighbours))


def _neighbours(count: int, edges: Iterable[tuple[int, int, int]]) -> list[dict[int, int]]:
    found: list[dict[int, int]] = [{} for _ in range(count)]
    for one, other, facts in edges:
        if one != other:
            found[one][other] = found[one].get(other, 0) + facts
            found[other][one] = found[other].get(one, 0) + facts
    return found


def choose(degrees: Sequence[int], neighbours: Neighbours, limit: int) -> list[int]:
    """At most `limit` entities, sorted; see the rule at the top of this module."""
    count = len(degrees)
    if count <= limit:
        return list(range(count))
    order = sorted(range(count), key=lambda e: (-len(neighbours[e]), -degrees[e], e))
    rank = {entity: position for position, entity in enumerate(order)}
    drawn: set[int] = set()
    frontier: list[int] = []  # ranks of what touches the drawn; an entity may come twice
    ahead = 0  # ranks before it are drawn
    while len(drawn) < limit:
        while order[ahead] in drawn:
            ahead += 1
        while frontier and order[frontier[0]] in drawn:
            heapq.heappop(frontier)
        entity = order[ahead]
        if frontier:
            touching = order[frontier[0]]
            if len(neighbours[entity]) <= _NEW_STORY * len(neighbours[touching]):
                entity = touching
        drawn.add(entity)
        for neighbour in neighbours[entity]:
            if neighbour not in drawn:
                heapq.heappush(frontier, rank[neighbour])
    return sorted(drawn)


def hang(drawn: Iterable[int], neighbours: Neighbours) -> tuple[int, ...]:
    """For each entity the drawn one it hangs on; see the rule at the top of this module."""
    anchors = [-1] * len(neighbours)
    nearer = sorted(drawn)
    for entity in nearer:
        anchors[entity] = entity
    while nearer:
        votes: dict[int, dict[int, int]] = {}
        for entity in nearer:
            for neighbour, facts in neighbours[entity].items():
                if anchors[neighbour] < 0:
                    counted = votes.setdefault(neighbour, {})
                    counted[anchors[entity]] = counted.get(anchors[entity], 0) + facts
        for entity, counted in votes.items():
            anchors[entity] = min(counted, key=lambda anchor: (-counted[anchor], anchor))
        nearer = sorted(votes)
    return tuple(anchors)
