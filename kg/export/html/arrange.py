"""Where the members of a group stand in its region: in rows, each as near its neighbours as goes.

A region is filled with rows of boxes, a box being a node with its label below. Members then change
places two by two, as long as that makes the edges shorter or takes one off a label. Only +, -, *, /
and square roots are used, which IEEE 754 defines to the last bit, and no library whose next version
would move the nodes: the page is the same bytes on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kg.export.html.regions import Rect, Size

__all__ = ["HEADING", "MANY", "Box", "Point", "arrange", "shapes_of"]

HEADING = 34.0  # height of the heading of a region
_ICON = 52.0  # width of the icon of a heading, and of the space around icon and text
_PADDING = 12.0  # between the edge of a region and its boxes
_GAP = 12.0  # between two boxes of a row
_ROW_GAP = 12.0
_ON_LABEL = 120.0  # how much longer edges may be to keep one off a label
_SWEEPS = 6
_TRIES = 10  # places that a node is tried in
MANY = 100  # from so many nodes on, labels are not kept free of edges
_MANY_EDGES = 300  # nor from so many edges on


Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A node with its label: the circle, and the label below."""

    radius: float
    width: float
    label: float  # height of the label


def shapes_of(boxes: Sequence[Box], heading: float) -> list[Size]:
    """Sizes of a region that hold the boxes in 1, 2, 3 … rows; narrow ones first.

    `heading` is the width of the text of the heading; an icon stands before it.
    """
    shapes: list[Size] = []
    for count in range(1, len(boxes) + 1):
        rows = _rows(range(len(boxes)), boxes, count)
        if len(rows) == count:
            width = max(_ICON + heading, *(_row_width(row, boxes) for row in rows))
            shapes.append((math.ceil(width), math.ceil(_rows_height(rows, boxes))))
    shapes.sort()
    kept: list[Size] = []
    for width, height in shapes:
        if not kept or height < kept[-1][1]:
            kept.append((width, height))
    return kept


def _rows(order: Sequence[int], boxes: Sequence[Box], count: int) -> list[list[int]]:
    """The boxes in order, in at most so many rows, the widest as narrow as it can be."""
    low = max(_row_width([box], boxes) for box in order)
    high = _row_width(order, boxes)
    while high - low > 1:
        middle = (low + high) / 2
        if len(_flow(order, boxes, middle)) <= count:
            high = middle
        else:
            low = middle
    return _flow(order, boxes, high)


def _flow(order: Sequence[int], boxes: Sequence[Box], width: float) -> list[list[int]]:
    rows: list[list[int]] = []
    used = width
    for box in order:
        used += _GAP + boxes[box].width
        if used > width:
            rows.append([])
            used = 2 * _PADDING + boxes[box].width
        rows[-1].append(box)
    return rows


def _row_width(row: Sequence[int], boxes: Sequence[Box]) -> float:
    width = 2 * _PADDING + _GAP * (len(row) - 1)
    for box in row:
        width += boxes[box].width
    return width


def _row_parts(row: Sequence[int], boxes: Sequence[Box]) -> Size:
    """Height of a row above and below the centres of its circles."""
    above = max(boxes[box].radius for box in row)
    return above, max(boxes[box].radius + boxes[box].label for box in row)


def _rows_height(rows: Sequence[Sequence[int]], boxes: Sequence[Box]) -> float:
    height = HEADING + _PADDING + _ROW_GAP * (len(rows) - 1)
    for row in rows:
        above, below = _row_parts(row, boxes)
        height += above + below
    return height


def arrange(
    boxes: Sequence[Box],
    groups: Sequence[Sequence[int]],
    ways: Sequence[Sequence[Rect]],
    edges: Sequence[tuple[int, int]],
) -> tuple[list[Rect], list[Point]]:
    """The regions where they suit the edges best, of several ways to place them, and the nodes.

    `groups` are the members of the regions. Nodes are the centres of their circles, in whole page
    units, y downwards.
    """
    states = [_Arrangement(boxes, groups, rects, edges) for rects in ways]
    for state in states:
        state.settle()
        state.on_label = _ON_LABEL
    everything = set(range(len(boxes)))
    best = min(states, key=lambda state: state.cost(everything)) if len(states) > 1 else states[0]
    if len(boxes) < MANY and len(best.edges) < _MANY_EDGES:
        best.settle()
    points = [(float(round(x)), float(round(y))) for x, y in zip(best.xs, best.ys, strict=True)]
    return list(best.rects), points


class _Arrangement:
    """Rows of boxes in regions, and what their edges cost."""

    def __init__(
        self,
        boxes: Sequence[Box],
        groups: Sequence[Sequence[int]],
        rects: Sequence[Rect],
        edges: Sequence[tuple[int, int]],
    ) -> None:
        self.boxes = boxes
        self.rects = rects
        self.edges = sorted({(min(edge), max(edge)) for edge in edges if edge[0] != edge[1]})
        self.at: list[list[int]] = [[] for _ in boxes]  # edges of a node
        for number, (one, other) in enumerate(self.edges):
            self.at[one].append(number)
            self.at[other].append(number)
        self.on_label = 0.0
        self.tries = _TRIES if len(boxes) < MANY else _TRIES // 3
        self.xs = [0.0] * len(boxes)
        self.ys = [0.0] * len(boxes)
        self.rows: list[list[list[int]]] = []
        for members, rect in zip(groups, rects, strict=True):
            own = [boxes[member] for member in members]
            count = _row_count(own, rect)
            rows = _rows(range(len(own)), own, count)
            self.rows.append([[members[box] for box in row] for row in rows])
        for group in range(len(groups)):
            for node, x, y in self._stand(group):
                self.xs[node], self.ys[node] = x, y

    def _stand(self, group: int) -> list[tuple[int, float, float]]:
        """Where the members stand: what is free is shared between the rows and in a row."""
        left, top, width, height = self.rects[group]
        rows = self.rows[group]
        free = (height - _rows_height(rows, self.boxes)) / (len(rows) + 0.5)
        result = []
        y = top + HEADING + free / 2
        for row in rows:
            above, below = _row_parts(row, self.boxes)
            between = (width - _row_width(row, self.boxes)) / len(row)
            x = left + _PADDING + between / 2
            for node in row:
                half = self.boxes[node].width / 2
                result.append((node, x + half, y + above))
                x += 2 * half + _GAP + between
            y += above + below + _ROW_GAP + free
        return result

    def settle(self) -> None:
        """Lets members change places as long as that helps."""
        for _ in range(_SWEEPS):
            helped = False
            for group in range(len(self.rows)):
                for node in [node for row in self.rows[group] for node in row]:
                    helped = self._improve(group, node) or helped
            if not helped:
                break

    def _improve(self, group: int, node: int) -> bool:
        """Tries a node in the places nearest to the middle of its neighbours."""
        if not self.at[node]:
            return False
        x = y = 0.0
        for number in self.at[node]:
            one, other = self.edges[number]
            end = other if one == node else one
            x += self.xs[end]
            y += self.ys[end]
        x, y = x / len(self.at[node]), y / len(self.at[node])
        near = sorted(
            (abs(self.xs[other] - x) + abs(self.ys[other] - y), other)
            for row in self.rows[group]
            for other in row
            if other != node
        )
        helped = False
        for _, other in near[: self.tries]:
            rows = self.rows[group]
            helped = self._swap(group, _slot(rows, node), _slot(rows, other)) or helped
        return helped

    def _swap(self, group: int, one: tuple[int, int], other: tuple[int, int]) -> bool:
        """Exchanges two members; back again, and False, where that does not help."""
        rows = self.rows[group]
        _exchange(rows, one, other)
        if self._fits(group):
            moved = [
                (node, x, y)
                for node, x, y in self._stand(group)
                if x != self.xs[node] or y != self.ys[node]
            ]
            nodes = {node for node, _, _ in moved}
            before = self.cost(nodes)
            old = [(node, self.xs[node], self.ys[node]) for node in nodes]
            self._move(moved)
            if self.cost(nodes) < before - 1e-6:
                return True
            self._move(old)
        _exchange(rows, one, other)
        return False

    def _fits(self, group: int) -> bool:
        _, _, width, height = self.rects[group]
        rows = self.rows[group]
        if any(_row_width(row, self.boxes) > width for row in rows):
            return False
        return _rows_height(rows, self.boxes) <= height

    def _move(self, places: Sequence[tuple[int, float, float]]) -> None:
        for node, x, y in places:
            self.xs[node], self.ys[node] = x, y

    def cost(self, nodes: set[int]) -> float:
        """Length of the edges of these nodes, and what lies on labels because of them."""
        touched = sorted({edge for node in nodes for edge in self.at[node]})
        cost = 0.0
        for edge in touched:
            one, other = self.edges[edge]
            dx, dy = self.xs[one] - self.xs[other], self.ys[one] - self.ys[other]
            cost += math.sqrt(dx * dx + dy * dy)
        if self.on_label:
            known = set(touched)
            hits = sum(self._hits(edge, range(len(self.boxes))) for edge in touched)
            rest = (edge for edge in range(len(self.edges)) if edge not in known)
            hits += sum(self._hits(edge, nodes) for edge in rest)
            cost += self.on_label * hits
        return cost

    def _hits(self, edge: int, nodes: Sequence[int] | set[int] | range) -> int:
        """How many of the nodes, with their labels, an edge crosses that is not theirs."""
        one, other = self.edges[edge]
        ax, ay, bx, by = self.xs[one], self.ys[one], self.xs[other], self.ys[other]
        low_x, high_x = (ax, bx) if ax < bx else (bx, ax)
        low_y, high_y = (ay, by) if ay < by else (by, ay)
        dx, dy = bx - ax, by - ay
        hits = 0
        for node in nodes:
            box = self.boxes[node]
            y = self.ys[node]
            top, bottom = y - box.radius, y + box.radius + box.label
            if bottom < low_y or top > high_y or node in (one, other):
                continue
            left, right = self.xs[node] - box.width / 2, self.xs[node] + box.width / 2
            if right < low_x or left > high_x:
                continue
            # The line of the edge passes between the corners.
            a, b = dx * (top - ay), dx * (bottom - ay)
            c, d = dy * (left - ax), dy * (right - ax)
            sides = (a > c, a > d, b > c, b > d)
            hits += any(sides) and not all(sides)
        return hits


def _slot(rows: Sequence[Sequence[int]], node: int) -> tuple[int, int]:
    return next((number, row.index(node)) for number, row in enumerate(rows) if node in row)


def _exchange(rows: list[list[int]], one: tuple[int, int], other: tuple[int, int]) -> None:
    first = rows[one[0]][one[1]]
    rows[one[0]][one[1]] = rows[other[0]][other[1]]
    rows[other[0]][other[1]] = first


def _row_count(boxes: Sequence[Box], rect: Rect) -> int:
    """As many rows as make the region look evenly filled."""
    fitting = []
    for count in range(1, len(boxes) + 1):
        rows = _rows(range(len(boxes)), boxes, count)
        free_x = rect[2] - max(_row_width(row, boxes) for row in rows)
        free_y = rect[3] - _rows_height(rows, boxes)
        if free_x >= 0 and free_y >= 0:
            fitting.append((abs(free_x / len(rows[0]) - free_y / len(rows)), count))
    return min(fitting)[1]
