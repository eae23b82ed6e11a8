"""Where the regions of the groups stand: columns of panels, as on a notice board.

Every region has several shapes it could take, from one long row to one high stack. Columns are
filled so that the whole fits a screen with as little left over as possible and groups with many
facts between them stand near each other; then the panels of a column are made equally wide, and
those of a short column higher, until all columns end at the same height.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["GAP", "Rect", "Size", "tile", "zoomed_out"]

Size = tuple[float, float]
Rect = tuple[float, float, float, float]  # x and y of the upper left corner, width, height

GAP = 14.0  # between two regions
_SCREEN = (1000.0, 740.0)  # what the whole should fit with little zooming out
_COLUMNS = 5
_STARTS = 6  # of the search, for each number of columns
_LENGTH = 1.6  # how much short ways between groups count beside a small whole

Columns = list[list[int]]  # groups from the top down, by column
Links = Mapping[tuple[int, int], int]  # edges between two groups, the smaller position first


@dataclass(frozen=True, slots=True)
class _Board:
    """What is to be tiled, and what is known of columns already."""

    shapes: Sequence[Sequence[Size]]
    links: Links
    options: dict[frozenset[int], list[Size]]  # of a column: widths ascending, heights descending


def tile(shapes: Sequence[Sequence[Size]], links: Links, *, first: int = 0) -> list[list[Rect]]:
    """Ways to place the groups, the best one first: for each group a rectangle that holds a shape.

    The rectangles of one way do not overlap. The shapes of a group are sorted by width, each lower
    than the one before. Of ways that are each other's mirror image there is the one with the group
    `first` to the upper left, where one begins to read.
    """
    if not shapes:
        return [[]]
    board = _Board(shapes, links, {})
    chance = random.Random(len(shapes))  # noqa: S311  a reproducible order, no secret
    found: dict[str, tuple[float, Columns]] = {}
    for count in range(1, min(_COLUMNS, len(shapes)) + 1):
        for _ in range(_STARTS if 1 < count < len(shapes) else 1):
            order = list(range(len(shapes)))
            chance.shuffle(order)
            cost, columns = _improved(board, [order[start::count] for start in range(count)])
            turned = _turned(columns, first)
            found.setdefault(repr(turned), (cost, turned))
    ranked = sorted(found.values())
    return [_rects(board, columns) for _, columns in ranked]


def zoomed_out(rects: Sequence[Rect]) -> float:
    """How much smaller the whole must be shown to fit a screen; below 1: larger."""
    width = max((x + w for x, _, w, _ in rects), default=0.0)
    height = max((y + h for _, y, _, h in rects), default=0.0)
    return max(width / _SCREEN[0], height / _SCREEN[1])


def _improved(board: _Board, columns: Columns) -> tuple[float, Columns]:
    """Moves one group at a time, or swaps two, as long as that helps."""
    cost = _cost(board, columns)
    helped = True
    while helped:
        helped = False
        for group in range(len(board.shapes)):
            for other in _moves(columns, group):
                new = _cost(board, other)
                if new < cost - 1e-9:
                    columns, cost, helped = other, new, True
                    break
    return cost, columns


def _moves(columns: Columns, group: int) -> Iterator[Columns]:
    """The columns with a group elsewhere, or in the place of another one."""
    without = [[other for other in column if other != group] for column in columns]
    for number, column in enumerate(without):
        for at in range(len(column) + 1):
            moved = [*column[:at], group, *column[at:]]
            changed = [*without[:number], moved, *without[number + 1 :]]
            if changed != columns:
                yield [column for column in changed if column]
    for other in range(group):
        turned = {group: other, other: group}
        yield [[turned.get(name, name) for name in column] for column in columns]


def _turned(columns: Columns, first: int) -> Columns:
    """The columns, mirrored so that a group is in the left half, and in the upper one."""
    number = next(n for n, column in enumerate(columns) if first in column)
    if 2 * number + 1 > len(columns):
        columns = columns[::-1]
    at = next(column.index(first) for column in columns if first in column)
    longest = max(len(column) for column in columns if first in column)
    return [column[::-1] for column in columns] if 2 * at + 1 > longest else columns


def _cost(board: _Board, columns: Columns) -> float:
    rects = _rects(board, columns)
    last = columns[-1][-1]
    width, height = rects[last][0] + rects[last][2], rects[last][1] + rects[last][3]
    fit = max(width / _SCREEN[0], height / _SCREEN[1])
    # What is not needed for the fit still is space to cross.
    spread = width * height / (_SCREEN[0] * _SCREEN[1])
    length = total = 0.0
    for (one, other), weight in board.links.items():
        ax, ay, aw, ah = rects[one]
        bx, by, bw, bh = rects[other]
        dx, dy = ax + aw / 2 - bx - bw / 2, ay + ah / 2 - by - bh / 2
        length += weight * math.sqrt(dx * dx + dy * dy)
        total += weight
    return fit * fit + 0.5 * spread + (_LENGTH * length / (total * _SCREEN[0]) if total else 0.0)


def _rects(board: _Board, columns: Columns) -> list[Rect]:
    """The panels of columns whose widths make the whole fit a screen best."""
    chosen = _widths(board, columns)
    limit = max(height for _, height in chosen)
    rects: list[Rect] = [(0.0, 0.0, 0.0, 0.0)] * len(board.shapes)
    x = 0.0
    for column, (width, needed) in zip(columns, chosen, strict=True):
        gaps = GAP * (len(column) - 1)
        stretch = (limit - gaps) / (needed - gaps)
        y = 0.0
        for group in column:
            height = math.floor(_height(board.shapes[group], width) * stretch)
            rects[group] = (x, y, width, float(height))
            y += height + GAP
        x += width + GAP
    return rects


def _widths(board: _Board, columns: Columns) -> list[Size]:
    """The width of each column, with its height: the highest is widened as long as that helps."""
    options = [_options(board, column) for column in columns]
    at = [0] * len(columns)
    heights = [option[0][1] for option in options]
    width = GAP * (len(columns) - 1)
    for option in options:
        width += option[0][0]
    while True:
        height = max(heights)
        highest = heights.index(height)
        option = options[highest]
        number = at[highest] + 1
        if number == len(option):
            break
        wider = width + option[number][0] - option[number - 1][0]
        if wider / _SCREEN[0] >= height / _SCREEN[1]:  # fits worse, or as well
            break
        width = wider
        at[highest] = number
        heights[highest] = option[number][1]
    return [option[number] for option, number in zip(options, at, strict=True)]


def _options(board: _Board, column: Sequence[int]) -> list[Size]:
    """Widths a column can have, ascending, with its height at each, descending."""
    key = frozenset(column)
    if key not in board.options:
        shapes = [board.shapes[group] for group in sorted(column)]
        least = max(own[0][0] for own in shapes)
        options: list[Size] = []
        for width in sorted({width for own in shapes for width, _ in own if width >= least}):
            height = GAP * (len(column) - 1)
            for own in shapes:
                height += _height(own, width)
            options.append((width, height))
        board.options[key] = options
    return board.options[key]


def _height(shapes: Sequence[Size], width: float) -> float:
    """Of the widest shape that is not wider; stretched panels are a little higher."""
    return next(height for own, height in reversed(shapes) if own <= width)
