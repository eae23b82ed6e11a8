"""The lines of a picture: how they run, what they carry, and where their names have room."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from kg.export.html.opening.labels import label_size
from kg.export.html.picture.contents import Line, Node, Picture
from kg.export.html.picture.marks import number, speech, stroke, text, written
from kg.model.statement import Modality

__all__ = ["drawn_lines", "label_box"]

_FAN = 30.0  # page units between the lines of the same two ends
_ARROW = 8.0
_FEW_LINES = 40  # up to here the lines have their names
_CHARACTER = 6.4  # page units of an average character of a name
_WIDE = 8.6  # and of one of a heading
_STEPS = 40  # points of a line that no name of another may cover
_PLACES = (
    0.5,
    0.42,
    0.58,
    0.34,
    0.66,
    0.26,
    0.74,
    0.18,
    0.82,
)  # of a name on its line, the best first

Point = tuple[float, float]
Curve = tuple[Point, Point, Point]  # where it begins, is drawn towards, and ends
Rectangle = tuple[float, float, float, float]  # left, top, right, bottom


def drawn_lines(picture: Picture, colours: Mapping[str, str]) -> Iterator[str]:
    """Each line between two nodes, then the names of relations, where these are few."""
    curves: list[tuple[Line, Curve]] = []
    for line in picture.lines:
        source, target = picture.nodes[line.source], picture.nodes[line.target]
        control = _control(line, source, target)
        start, end = _edge_of(source, control, 1), _edge_of(target, control, 2)
        if start is None or end is None:  # one node covers the middle of the line
            continue
        curves.append((line, (start, control, end)))
        yield f"<g><title>{written(_sentence(line, source, target))}</title>"
        yield from _line(line, (start, control, end), colours)
        yield "</g>"
    if len(picture.lines) <= _FEW_LINES:
        yield from _names(curves, picture, colours)


def _line(line: Line, curve: Curve, colours: Mapping[str, str]) -> Iterator[str]:
    start, control, end = curve
    is_denied = line.stance is Modality.NEGATED
    colour = colours["edge" if line.stance is Modality.ASSERTED else str(line.stance)]
    path = f"M{_at(start)}Q{_at(control)} {_at(end)}"
    yield f'<path d="{path}" fill="none" {stroke(line.stance, colour)}/>'
    if not line.is_symmetric:
        yield f'<path d="{_arrow(control, end)}" fill="{colour}"/>'
    x, y = _along(curve, 0.5)
    if is_denied:
        cross = f"M{_at((x - 5, y - 5))}L{_at((x + 5, y + 5))}M{_at((x - 5, y + 5))}"
        cross += f"L{_at((x + 5, y - 5))}"
        yield f'<path d="{cross}" fill="none" stroke="{colour}" stroke-width="2"/>'
    if line.speakers:
        aside = 13 if is_denied else 0  # beside the cross
        yield speech(x + aside, y, colours["soft"], colours["paper"])


def _names(
    curves: Iterable[tuple[Line, Curve]], picture: Picture, colours: Mapping[str, str]
) -> Iterator[str]:
    """Each where it covers nothing; where there is no such place it is left out."""
    taken = [label_box(node) for node in picture.nodes]
    taken += [(b.x, b.y + 8, b.x + len(b.label) * _WIDE + 20, b.y + 28) for b in picture.boxes]
    ways = [[_along(curve, step / _STEPS) for step in range(_STEPS + 1)] for _, curve in curves]
    for position, (line, curve) in enumerate(curves):
        others = [point for way in (*ways[:position], *ways[position + 1 :]) for point in way]
        words = f"not: {line.label}" if line.stance is Modality.NEGATED else line.label
        half = len(words) * _CHARACTER / 2
        marked = line.speakers or line.stance is Modality.NEGATED
        for part in _PLACES[1:] if marked else _PLACES:
            x, y = _along(curve, part)
            box = (x - half, y - 8, x + half, y + 8)
            covers_node = any(_overlap(box, other) for other in taken)
            if not covers_node and not any(_is_in(box, point) for point in others):
                taken.append(box)
                halo = colours["paper"]
                yield text(words, x, y + 4, 11, colours["soft"], anchor="middle", halo=halo)
                break


def label_box(node: Node) -> Rectangle:
    """The room of a node with its label."""
    width, height = label_size("\n".join(node.lines))
    half = max(width / 2, node.radius)
    low = node.y + node.radius + height + 4
    return node.x - half, node.y - node.radius, node.x + half, low


def _is_in(box: Rectangle, point: Point) -> bool:
    return box[0] < point[0] < box[2] and box[1] < point[1] < box[3]


def _overlap(one: Rectangle, other: Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _sentence(line: Line, source: Node, target: Node) -> str:
    denied = "not: " if line.stance is Modality.NEGATED else ""
    how = "" if line.stance in (Modality.ASSERTED, Modality.NEGATED) else f" ({line.stance})"
    said = f", says {', '.join(line.speakers)}" if line.speakers else ""
    return f"{source.name} – {denied}{line.label} – {target.name}{how}{said}"


def _control(line: Line, source: Node, target: Node) -> Point:
    """The point that a line is drawn towards; the middle of a straight one."""
    dx, dy = target.x - source.x, target.y - source.y
    length = math.sqrt(dx * dx + dy * dy) or 1.0
    aside = 2 * _FAN * line.bend  # a curve goes half as far as its control point
    x, y = (source.x + target.x) / 2, (source.y + target.y) / 2
    return x - dy / length * aside, y + dx / length * aside


def _edge_of(node: Node, towards: Point, gap: float) -> Point | None:
    """Where a line towards a point leaves the circle; None where the point is inside."""
    dx, dy = towards[0] - node.x, towards[1] - node.y
    length, reach = math.sqrt(dx * dx + dy * dy), node.radius + gap
    if length <= reach:
        return None
    return node.x + dx / length * reach, node.y + dy / length * reach


def _along(curve: Curve, part: float) -> Point:
    """The point of a quadratic curve at a part of its way, 0 to 1."""
    (ax, ay), (bx, by), (cx, cy) = curve
    rest = 1.0 - part
    return (
        rest * rest * ax + 2 * rest * part * bx + part * part * cx,
        rest * rest * ay + 2 * rest * part * by + part * part * cy,
    )


def _arrow(control: Point, end: Point) -> str:
    """A triangle whose tip is the end of the line."""
    dx, dy = end[0] - control[0], end[1] - control[1]
    length = math.sqrt(dx * dx + dy * dy) or 1.0
    dx, dy = dx / length * _ARROW, dy / length * _ARROW
    left = end[0] - dx - dy * 0.45, end[1] - dy + dx * 0.45
    right = end[0] - dx + dy * 0.45, end[1] - dy - dx * 0.45
    return f"M{_at(end)}L{_at(left)}L{_at(right)}Z"


def _at(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"
