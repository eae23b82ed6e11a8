from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export.html.layout import place

BOX = (80.0, 40.0)


def overlaps(points: list[tuple[float, float]], sizes: list[tuple[float, float]]) -> list[object]:
    return [
        (p, q)
        for (p, a), (q, b) in combinations(zip(points, sizes, strict=True), 2)
        if abs(p[0] - q[0]) < (a[0] + b[0]) / 2 and abs(p[1] - q[1]) < (a[1] + b[1]) / 2
    ]


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[tuple[float, float]], list[tuple[int, int]]]:
    count = draw(st.integers(0, 25))
    side = st.floats(1, 150)
    sizes = draw(st.lists(st.tuples(side, side), min_size=count, max_size=count))
    node = st.integers(0, max(count - 1, 0))
    edges = draw(st.lists(st.tuples(node, node), max_size=40 if count else 0))
    return sizes, edges


@settings(deadline=None, max_examples=40)
@given(graphs())
def test_boxes_never_overlap_and_stand_on_whole_units(graph) -> None:
    sizes, edges = graph
    points = place(sizes, edges)
    assert len(points) == len(sizes)
    assert overlaps(points, sizes) == []
    assert all(x == int(x) and y == int(y) for x, y in points)


# Made on Linux with CPython 3.11; other machines and versions must come to the same numbers.
KNOWN = [
    (242.0, 109.0),
    (307.0, 199.0),
    (307.0, 20.0),
    (133.0, 109.0),
    (40.0, 156.0),
    (40.0, 62.0),
    (130.0, 285.0),
    (40.0, 285.0),
    (256.0, 285.0),
]


def test_known_layout_is_the_same_everywhere() -> None:
    edges = [(0, 1), (0, 2), (0, 3), (3, 4), (4, 5), (5, 3), (6, 7)]
    assert place([BOX] * 9, edges) == KNOWN


def distance(p: tuple[float, float], q: tuple[float, float]) -> float:
    return ((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2) ** 0.5


def test_neighbours_stand_closer_than_the_ends_of_a_path() -> None:
    points = place([(10.0, 10.0)] * 6, [(n, n + 1) for n in range(5)])
    steps = [distance(points[n], points[n + 1]) for n in range(5)]
    assert max(steps) < distance(points[0], points[5]) / 2
    assert max(steps) < 2 * min(steps)


def test_parts_do_not_mix() -> None:
    points = place([BOX] * 6, [(0, 1), (1, 2), (3, 4), (4, 5)])
    lower = min(points[n][1] for n in (3, 4, 5)) - max(points[n][1] for n in (0, 1, 2))
    assert lower > BOX[1]


@pytest.mark.slow
def test_three_hundred_nodes_do_not_overlap() -> None:
    edges = [(n, n * n % 37) for n in range(1, 300)] + [(n, 0) for n in range(100, 300, 3)]
    assert overlaps(place([BOX] * 300, edges), [BOX] * 300) == []
