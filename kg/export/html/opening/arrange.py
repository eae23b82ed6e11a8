"""Where the members of a group stand in its region: in rows, each as near its neighbours as goes.

A region is filled with rows of boxes, a box being a node with its label below. Members then change
places two by two, as long as that makes the edges shorter or takes one off a label. Only +, -, *, /
and square roots are used, which IEEE 754 defines to the last bit, and no library whose next version
would move the nodes: the page is the same bytes on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from kg.export.html.opening.regions import Rect, zoomed_out
from kg.export.html.opening.rows import (
    BOX_GAP,
    HEADING,
    PADDING,
    Box,
    in_rows,
    row_count,
    row_parts,
    row_width,
    rows_height,
)

__all__ = ["MANY", "Point", "arrange"]

_ON_LABEL = 3.0  # how much longer edges may be for each unit that they cover less of labels
_SHIFT = 0.25  # of the free space of a row, by which it is moved to one side
_SWEEPS = 6  # rounds of changing places, at most
_SWEEPS_TRIED = 2  # and in each of several ways to place the regions, before one is chosen
_TRIES = 10  # places that a node is tried in
MANY = 100  # from so many nodes on, labels are not kept free of edges
_MANY_EDGES = 300  # nor from so many edges on


Point = tuple[float, float]


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
        state.settle(_SWEEPS_TRIED if len(states) > 1 else _SWEEPS)
        state.on_label = _ON_LABEL
    everything = set(range(len(boxes)))
    best = min(states, key=lambda state: state.cost(everything) * zoomed_out(state.rects))
    if len(boxes) < MANY and len(best.edges) < _MANY_EDGES:
        best.settle(_SWEEPS)
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
        self.bounds = [(0.0, 0.0, 0.0, 0.0)] * len(boxes)  # left, top, right, bottom
        self.rows: list[list[list[int]]] = []
        for members, rect in zip(groups, rects, strict=True):
            own = [boxes[member] for member in members]
            count = row_count(own, rect)
            rows = in_rows(range(len(own)), own, count)
            self.rows.append([[members[box] for box in row] for row in rows])
        for group in range(len(groups)):
            self._move(self._stand(group))

    def _stand(self, group: int) -> list[tuple[int, float, float]]:
        """Where the members stand: what is free is shared between the rows and in a row."""
        left, top, width, height = self.rects[group]
        rows = self.rows[group]
        free = (height - rows_height(rows, self.boxes)) / (len(rows) + 0.5)
        result = []
        y = top + HEADING + free / 2
        for number, row in enumerate(rows):
            above, below = row_parts(row, self.boxes)
            between = (width - row_width(row, self.boxes)) / len(row)
            # Rows alternate: of nodes straight below each other one would not see which edge ends.
            x = left + PADDING + between * ((0.5 - _SHIFT) if number % 2 else (0.5 + _SHIFT))
            for node in row:
                half = self.boxes[node].width / 2
                result.append((node, x + half, y + above))
                x += 2 * half + BOX_GAP + between
            y += above + below + BOX_GAP + free
        return result

    def settle(self, sweeps: int) -> None:
        """Lets members change places as long as that helps."""
        for _ in range(sweeps):
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
        if any(row_width(row, self.boxes) > width for row in rows):
            return False
        return rows_height(rows, self.boxes) <= height

    def _move(self, places: Iterable[tuple[int, float, float]]) -> None:
        for node, x, y in places:
            box = self.boxes[node]
            self.xs[node], self.ys[node] = x, y
            below = box.radius + box.label
            self.bounds[node] = (x - box.width / 2, y - box.radius, x + box.width / 2, y + below)

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
            everything, some = range(len(self.boxes)), sorted(nodes)
            for edge in range(len(self.edges)):
                cost += self.on_label * self._covers(edge, everything if edge in known else some)
        return cost

    def _covers(self, edge: int, nodes: Iterable[int]) -> float:
        """Length of an edge on such nodes, with their labels, as are not its own."""
        one, other = self.edges[edge]
        ax, ay, bx, by = self.xs[one], self.ys[one], self.xs[other], self.ys[other]
        low_x, high_x = (ax, bx) if ax < bx else (bx, ax)
        low_y, high_y = (ay, by) if ay < by else (by, ay)
        dx, dy = bx - ax, by - ay
        full = math.sqrt(dx * dx + dy * dy)
        length = 0.0
        for node in nodes:
            left, top, right, bottom = self.bounds[node]
            if bottom < low_y or top > high_y or right < low_x or left > high_x:
                continue
            # The line of the edge passes between the corners.
            a, b = dx * (top - ay), dx * (bottom - ay)
            c, d = dy * (left - ax), dy * (right - ax)
            sides = (a > c) + (a > d) + (b > c) + (b > d)
            if 0 < sides < 4 and node != one and node != other:
                x = min(high_x, right) - max(low_x, left)
                y = min(high_y, bottom) - max(low_y, top)
                part_x, part_y = x / abs(dx) if dx else 1.0, y / abs(dy) if dy else 1.0
                length += full * min(part_x, part_y)
        return length


def _slot(rows: Sequence[Sequence[int]], node: int) -> tuple[int, int]:
    return next((number, row.index(node)) for number, row in enumerate(rows) if node in row)


def _exchange(rows: list[list[int]], one: tuple[int, int], other: tuple[int, int]) -> None:
    first = rows[one[0]][one[1]]
    rows[one[0]][one[1]] = rows[other[0]][other[1]]
    rows[other[0]][other[1]] = first
