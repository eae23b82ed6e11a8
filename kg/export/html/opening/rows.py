"""Rows of boxes, as a region is filled with them; a box is a node with its label below."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kg.export.html.opening.regions import Rect, Size

__all__ = [
    "BOX_GAP",
    "HEADING",
    "PADDING",
    "Box",
    "in_rows",
    "row_count",
    "row_parts",
    "row_width",
    "rows_height",
    "shapes_of",
]

HEADING = 30.0  # height of the heading of a region
PADDING = 10.0  # between the edge of a region and its boxes
BOX_GAP = 10.0  # between two boxes of a row, and between two rows
_ICON = 52.0  # width of the icon of a heading, and of the space around icon and text


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
        rows = in_rows(range(len(boxes)), boxes, count)
        if len(rows) == count:
            width = max(_ICON + heading, *(row_width(row, boxes) for row in rows))
            shapes.append((math.ceil(width), math.ceil(rows_height(rows, boxes))))
    shapes.sort()
    kept: list[Size] = []
    for width, height in shapes:
        if not kept or height < kept[-1][1]:
            kept.append((width, height))
    return kept


def in_rows(order: Sequence[int], boxes: Sequence[Box], count: int) -> list[list[int]]:
    """The boxes in order, in at most so many rows, the widest as narrow as it can be."""
    low = max(row_width([box], boxes) for box in order)
    high = row_width(order, boxes)
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
        used += BOX_GAP + boxes[box].width
        if used > width:
            rows.append([])
            used = 2 * PADDING + boxes[box].width
        rows[-1].append(box)
    return rows


def row_width(row: Sequence[int], boxes: Sequence[Box]) -> float:
    """Width of a region in which the row just fits."""
    width = 2 * PADDING + BOX_GAP * (len(row) - 1)
    for box in row:
        width += boxes[box].width
    return width


def row_parts(row: Sequence[int], boxes: Sequence[Box]) -> Size:
    """Height of a row above and below the centres of its circles."""
    above = max(boxes[box].radius for box in row)
    return above, max(boxes[box].radius + boxes[box].label for box in row)


def rows_height(rows: Sequence[Sequence[int]], boxes: Sequence[Box]) -> float:
    """Height of a region in which the rows just fit, heading included."""
    height = HEADING + PADDING + BOX_GAP * (len(rows) - 1)
    for row in rows:
        above, below = row_parts(row, boxes)
        height += above + below
    return height


def row_count(boxes: Sequence[Box], rect: Rect) -> int:
    """As many rows as make the region look evenly filled."""
    fitting = []
    for count in range(1, len(boxes) + 1):
        rows = in_rows(range(len(boxes)), boxes, count)
        free_x = rect[2] - max(row_width(row, boxes) for row in rows)
        free_y = rect[3] - rows_height(rows, boxes)
        if free_x >= 0 and free_y >= 0:
            fitting.append((abs(free_x / len(rows[0]) - free_y / len(rows)), count))
    return min(fitting)[1]
