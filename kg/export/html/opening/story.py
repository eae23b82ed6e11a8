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

from kg.export.html.opening.arrange import MANY, Point, arrange
from kg.export.html.opening.groups import group
from kg.export.html.opening.labels import label_size, node_radius, wrap_label
from kg.export.html.opening.regions import Rect, tile
from kg.export.html.opening.rows import Box, shapes_of

__all__ = ["Group", "Story", "StoryEntity", "StoryNode", "choose", "hang", "story"]

SMALL_GRAPH = 60  # up to here everything is drawn
STORY = 48  # and of a larger graph as many, so that there is room for the clusters
_TRIED = 20  # ways to place the regions, of which that is kept which suits the edges best
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
    """A drawn entity: centre and radius of its circle, in page units; the label hangs below."""

    entity: int
    x: int
    y: int
    radius: int


@dataclass(frozen=True, slots=True)
class Group:
    """A region of the page with a heading in its top 30 units; x and y are its upper left corner.

    The family is -1 where several small ones share the region.
    """

    family: int
    label: str
    x: int
    y: int
    width: int
    height: int
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
    position = {entity: index for index, entity in enumerate(drawn)}
    main = max(range(len(drawn)), key=lambda n: (len(neighbours[drawn[n]]), -n), default=-1)
    boxes = [_node_box(entities[entity]) for entity in drawn]
    regions = group([entities[entity].family for entity in drawn], families, main) if drawn else []
    drawn_edges = [
        (position[entity], position[other])
        for entity in drawn
        for other in sorted(neighbours[entity])
        if entity < other and other in position
    ]
    rects, points = _place(boxes, regions, drawn_edges, main)
    nodes = [
        StoryNode(entity, int(x), int(y), int(box.radius))
        for entity, box, (x, y) in zip(drawn, boxes, points, strict=True)
    ]
    groups = [
        Group(family, label, int(x), int(y), int(w), int(h), tuple(drawn[node] for node in members))
        for (family, label, members), (x, y, w, h) in zip(regions, rects, strict=True)
    ]
    groups.sort(key=lambda region: (region.y, region.x))
    return Story(tuple(nodes), tuple(groups), hang(drawn, neighbours))


def _node_box(entity: StoryEntity) -> Box:
    width, height = label_size(wrap_label(entity.label))
    radius = node_radius(entity.degree)
    return Box(radius, max(width, 2.0 * radius), height + 4)


def _place(
    boxes: Sequence[Box],
    regions: Sequence[tuple[int, str, Sequence[int]]],
    edges: Sequence[tuple[int, int]],
    main: int,
) -> tuple[list[Rect], list[Point]]:
    """The rectangles of the regions, and the centres of the nodes."""
    groups = [members for _, _, members in regions]
    group_of = {member: number for number, members in enumerate(groups) for member in members}
    links: dict[tuple[int, int], int] = {}
    for one, other in edges:
        low, high = sorted((group_of[one], group_of[other]))
        if low != high:
            links[low, high] = links.get((low, high), 0) + 1
    shapes = [
        shapes_of([boxes[member] for member in members], label_size(label)[0])
        for _, label, members in regions
    ]
    ways = tile(shapes, links, first=group_of.get(main, 0))
    tried = _TRIED if len(boxes) < MANY else 1
    return arrange(boxes, groups, ways[:tried], edges)


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
