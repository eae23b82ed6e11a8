"""Where the members of a group stand in its region: in rows, each as near its neighbours as goes.

A region is filled with rows of boxes, a box being a node with its label below. Members then change
places two by two, as long as that makes the edges shorter or takes one off a label. Only +, -, *, /
and square roots are used, which IEEE 754 defines to the last bit, and nothing that a next version
of a library would do otherwise: the page is the same bytes on every machine.
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
        import numpy as np

        self.boxes = boxes
        self.rects = rects
        self.edges = sorted({(min(edge), max(edge)) for edge in edges if edge[0] != edge[1]})
        self.ends = np.array(self.edges, dtype=int).reshape(-1, 2).T
        self.others = np.ones((len(self.edges), len(boxes)), dtype=bool)  # nodes that are no end
        self.others[np.arange(len(self.edges)), self.ends] = False
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
        if self.on_label and self.edges:
            for length in self._covered(touched, nodes):
                cost += self.on_label * length
        return cost

    def _covered(self, touched: Sequence[int], nodes: set[int]) -> list[float]:
        """Of each edge the length on nodes, with their labels, that are not its own.

        Of edges that are not touched, only that on the given nodes.
        """
        import numpy as np

        asked = np.zeros(self.others.shape, dtype=bool)
        asked[:, sorted(nodes)] = True
        asked[touched] = True
        left, top, right, bottom = np.array(self.bounds).T
        (ax, bx), (ay, by) = (np.array(of)[self.ends] for of in (self.xs, self.ys))
        low_x, high_x = np.minimum(ax, bx), np.maximum(ax, bx)
        low_y, high_y = np.minimum(ay, by), np.maximum(ay, by)
        near = (bottom >= low_y[:, None]) & (top <= high_y[:, None])
        near &= (right >= low_x[:, None]) & (left <= high_x[:, None])
        edge, node = np.nonzero(asked & near & self.others)
        left, top, right, bottom = left[node], top[node], right[node], bottom[node]
        dx, dy = (bx - ax)[edge], (by - ay)[edge]
        # The line of the edge passes between the corners.
        above, below = dx * (top - ay[edge]), dx * (bottom - ay[edge])
        before, behind = dy * (left - ax[edge]), dy * (right - ax[edge])
        pairs = ((above, before), (above, behind), (below, before), (below, behind))
        sides = sum((one > other).astype(int) for one, other in pairs)
        x = np.minimum(high_x[edge], right) - np.maximum(low_x[edge], left)
        y = np.minimum(high_y[edge], bottom) - np.maximum(low_y[edge], top)
        parts = [np.divide(x, abs(dx), out=np.ones_like(x), where=dx != 0)]
        parts += [np.divide(y, abs(dy), out=np.ones_like(y), where=dy != 0)]
        lengths = np.sqrt(dx * dx + dy * dy) * np.minimum(*parts)
        lengths[(sides == 0) | (sides == 4)] = 0.0
        # It adds one after the other, so that the last bit is the same everywhere.
        covered: list[float] = np.bincount(edge, lengths, len(self.edges)).tolist()
        return covered


def _slot(rows: Sequence[Sequence[int]], node: int) -> tuple[int, int]:
    return next((number, row.index(node)) for number, row in enumerate(rows) if node in row)


def _exchange(rows: list[list[int]], one: tuple[int, int], other: tuple[int, int]) -> None:
    first = rows[one[0]][one[1]]
    rows[one[0]][one[1]] = rows[other[0]][other[1]]
    rows[other[0]][other[1]] = first
