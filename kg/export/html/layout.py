"""Where the nodes stand: computed when the page is made, the same on every machine.

Stress majorization places each connected part so that distances on the page follow distances in
the graph; then boxes of node and label are moved apart, and the parts are set side by side. Only
+, -, *, / and square roots are used, which IEEE 754 defines to the last bit, and no library whose
next version would move the nodes.
Source: Gansner, Koren and North, Graph Drawing by Stress Majorization (GD 2004), section 2.
"""

from __future__ import annotations

import heapq
import math
import random
from collections.abc import Iterable, Sequence

__all__ = ["Point", "Size", "place"]

Point = tuple[float, float]
Size = tuple[float, float]  # width and height of a node with its label, in page units

_EDGE = 70.0  # shortest ideal distance of two neighbours
_HUB = 18.0  # and how much a hub adds, times the square root of its degree
_STARTS = 3  # random starts per part; the one with the least stress is kept
_SWEEPS = 70
_ROUNDS = 200  # of pushing boxes apart, before the whole is spread
_SPREAD = 1.1
_MANY = 120  # from this many nodes on fewer starts, sweeps and rounds: about 2 s for 300 nodes
_GAP = 10.0  # free space between two boxes
_PART_GAP = 46.0  # and between two parts of the graph
_ASPECT = 1.25  # width by height that a part is stretched to: labels are wide, so are screens
_STRETCH = 1.6  # but never by more than this


def place(sizes: Sequence[Size], edges: Sequence[tuple[int, int]]) -> list[Point]:
    """The centres of the nodes, in whole page units, y downwards.

    Nodes are positions in `sizes`; edges are pairs of positions. Boxes do not overlap.
    """
    neighbours: list[set[int]] = [set() for _ in sizes]
    for left, right in edges:
        if left != right:
            neighbours[left].add(right)
            neighbours[right].add(left)
    parts = sorted(_parts(neighbours), key=lambda part: (-len(part), part[0]))
    placed: list[tuple[list[int], list[Point]]] = []
    for part in parts:
        points = _best_layout(part, neighbours)
        wide = _stretch(_lay_flat(points))
        placed.append((part, _separate(wide, [sizes[node] for node in part])))
    result: list[Point] = [(0.0, 0.0)] * len(sizes)
    for part, points in _pack(placed, sizes):
        for node, (x, y) in zip(part, points, strict=True):
            result[node] = (float(round(x)), float(round(y)))
    return result


def _parts(neighbours: Sequence[set[int]]) -> list[list[int]]:
    """The connected parts, each sorted."""
    seen: set[int] = set()
    parts = []
    for start in range(len(neighbours)):
        if start in seen:
            continue
        part = {start}
        waiting = [start]
        while waiting:
            for node in sorted(neighbours[waiting.pop()] - part):
                part.add(node)
                waiting.append(node)
        seen |= part
        parts.append(sorted(part))
    return parts


def _best_layout(part: Sequence[int], neighbours: Sequence[set[int]]) -> list[Point]:
    if len(part) == 1:
        return [(0.0, 0.0)]
    distances = _distances(part, neighbours)
    starts = _STARTS if len(part) < _MANY else 1
    layouts = [_majorize(distances, seed) for seed in range(starts)]
    return min(layouts, key=lambda points: _stress(points, distances))


def _distances(part: Sequence[int], neighbours: Sequence[set[int]]) -> list[list[float]]:
    """Lengths of the shortest paths; an edge is the longer, the more its busier end has."""
    position = {node: index for index, node in enumerate(part)}

    def length(left: int, right: int) -> float:
        degree = max(len(neighbours[left]), len(neighbours[right]))
        return _EDGE + _HUB * math.sqrt(degree)

    rows = []
    for start in part:
        row = [math.inf] * len(part)
        row[position[start]] = 0.0
        queue = [(0.0, start)]
        while queue:
            distance, node = heapq.heappop(queue)
            if distance > row[position[node]]:
                continue
            for neighbour in sorted(neighbours[node]):
                further = distance + length(node, neighbour)
                if further < row[position[neighbour]]:
                    row[position[neighbour]] = further
                    heapq.heappush(queue, (further, neighbour))
        rows.append(row)
    return rows


def _majorize(distances: Sequence[Sequence[float]], seed: int) -> list[Point]:
    """Moves each node in turn to where its distances to all others want it (equation 12)."""
    count = len(distances)
    chance = random.Random(seed)  # noqa: S311  a reproducible start, no secret
    extent = max(max(row) for row in distances)
    xs = [chance.random() * extent for _ in range(count)]
    ys = [chance.random() * extent for _ in range(count)]
    for _ in range(_SWEEPS if count < _MANY else _SWEEPS // 3):
        for node in range(count):
            x, y, row = xs[node], ys[node], distances[node]
            sum_x = sum_y = total = 0.0
            for other in range(count):
                if other == node:
                    continue
                ideal = row[other]
                weight = 1.0 / (ideal * ideal)
                dx, dy = x - xs[other], y - ys[other]
                scale = ideal / (math.sqrt(dx * dx + dy * dy) or 1.0)
                sum_x += weight * (xs[other] + dx * scale)
                sum_y += weight * (ys[other] + dy * scale)
                total += weight
            xs[node], ys[node] = sum_x / total, sum_y / total
    return list(zip(xs, ys, strict=True))


def _stress(points: Sequence[Point], distances: Sequence[Sequence[float]]) -> float:
    total = 0.0
    for node, (x, y) in enumerate(points):
        for other in range(node):
            dx, dy = x - points[other][0], y - points[other][1]
            ideal = distances[node][other]
            error = (math.sqrt(dx * dx + dy * dy) - ideal) / ideal
            total += error * error
    return total


def _lay_flat(points: Sequence[Point]) -> list[Point]:
    """The points turned so that they spread most from left to right."""
    count = len(points)
    mean_x = _total(x for x, _ in points) / count
    mean_y = _total(y for _, y in points) / count
    centred = [(x - mean_x, y - mean_y) for x, y in points]
    xx = _total(x * x for x, _ in centred)
    yy = _total(y * y for _, y in centred)
    xy = _total(x * y for x, y in centred)
    # The eigenvector of [[xx, xy], [xy, yy]] for its larger eigenvalue.
    half = (xx - yy) / 2
    along, across = half + math.sqrt(half * half + xy * xy), xy
    length = math.sqrt(along * along + across * across)
    if length < 1e-9:  # round, or already upright: turn by a right angle when that is flatter
        return centred if xx >= yy else [(y, x) for x, y in centred]
    cos, sin = along / length, across / length
    return [(x * cos + y * sin, y * cos - x * sin) for x, y in centred]


def _total(values: Iterable[float]) -> float:
    """The sum from left to right: `sum` of floats is another algorithm since Python 3.12."""
    total = 0.0
    for value in values:
        total += value
    return total


def _stretch(points: Sequence[Point]) -> list[Point]:
    """The points, widened towards the aspect of a screen."""
    width = max(x for x, _ in points) - min(x for x, _ in points)
    height = max(y for _, y in points) - min(y for _, y in points)
    factor = min(max(_ASPECT * height / width, 1.0), _STRETCH) if width else 1.0
    return [(x * factor, y) for x, y in points]


def _separate(points: Sequence[Point], sizes: Sequence[Size]) -> list[Point]:
    """Pushes overlapping boxes apart, each along the way that is shorter.

    After the rounds that keep the picture, what still overlaps is spread by a growing factor, so
    that the end is certain.
    """
    spread = 1.0
    while True:
        moved = [[x * spread, y * spread] for x, y in points]
        for _ in range(_ROUNDS if len(points) < _MANY else _ROUNDS // 5):
            if not _push_apart(moved, sizes):
                return [(x, y) for x, y in moved]
        spread *= _SPREAD


def _push_apart(points: list[list[float]], sizes: Sequence[Size]) -> bool:
    """One round; True when something had to move."""
    order = sorted(range(len(points)), key=lambda node: (points[node][0], node))
    widest = max(width for width, _ in sizes) + _GAP
    moved = False
    for index, left in enumerate(order):
        for right in order[index + 1 :]:
            dx = points[right][0] - points[left][0]
            if dx > widest:
                break
            dy = points[right][1] - points[left][1]
            over_x = (sizes[left][0] + sizes[right][0]) / 2 + _GAP - abs(dx)
            over_y = (sizes[left][1] + sizes[right][1]) / 2 + _GAP - abs(dy)
            if over_x <= 0.5 or over_y <= 0.5:
                continue
            moved = True
            axis, push, ahead = (0, over_x, dx) if over_x < over_y else (1, over_y, dy)
            step = push / 2 if ahead >= 0 else -push / 2
            points[left][axis] -= step
            points[right][axis] += step
    return moved


def _pack(
    placed: Sequence[tuple[list[int], list[Point]]], sizes: Sequence[Size]
) -> list[tuple[list[int], list[Point]]]:
    """The largest part first, the others in rows below it, none wider than the largest."""
    result = []
    limit = 0.0
    x = y = row_height = 0.0
    for index, (part, points) in enumerate(placed):
        boxes = [(point, sizes[node]) for node, point in zip(part, points, strict=True)]
        left = min(px - width / 2 for (px, _), (width, _) in boxes)
        right = max(px + width / 2 for (px, _), (width, _) in boxes)
        top = min(py - height / 2 for (_, py), (_, height) in boxes)
        bottom = max(py + height / 2 for (_, py), (_, height) in boxes)
        if index == 0:
            limit = max(right - left, 900.0)
        if index == 1 or (x > 0 and x + right - left > limit):
            x, y, row_height = 0.0, y + row_height + _PART_GAP, 0.0
        result.append((part, [(px - left + x, py - top + y) for px, py in points]))
        x += right - left + _PART_GAP
        row_height = max(row_height, bottom - top)
    return result
