"""A picture as SVG 1.1: text one can search and edit, nothing from anywhere else.

Names are written as text with everything escaped that XML would read; styles are attributes, so
that any program draws the same. Offsets are page units, given with one decimal.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

from kg.export.html.labels import FONT_SIZE, label_size
from kg.export.html.legend import legend
from kg.export.html.marks import FONT, number, stroke, text
from kg.export.html.picture import Box, Line, Node, Picture
from kg.model.statement import Modality
from kg.rdf.serialize import xml_text

__all__ = ["render_svg"]

_MARGIN = 24.0
_LEAST_WIDTH = 640.0  # so that a legend fits below few nodes
_WIDTH = 1200  # of the picture as a program shows it at first, in CSS pixels
_LARGEST = 1.5  # times page units: a picture of few nodes is not blown up
_FAN = 30.0  # between the lines of the same two ends
_ARROW = 8.0
_FEW_LINES = 24  # up to here the lines have their names
_LINE_HEIGHT = 18.0

Point = tuple[float, float]
Colours = Mapping[str, str]


def render_svg(picture: Picture, colours: Colours) -> str:
    """The file, the same for the same picture; colours by name as `colours` gives them."""
    left, top, right, bottom = _bounds(picture)
    width = max(right - left, _LEAST_WIDTH)
    left -= (width - (right - left)) / 2
    legend_height, legend_parts = legend(picture, colours, left, bottom + _MARGIN, width)
    view = (left - _MARGIN, top - _MARGIN, width + 2 * _MARGIN)
    height = bottom - top + legend_height + 3 * _MARGIN
    scale = min(_WIDTH / view[2], _LARGEST)
    box = " ".join(map(number, (*view, height)))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" '
        f'width="{number(view[2] * scale)}" height="{number(height * scale)}" role="img" '
        f'aria-labelledby="title desc" font-family="{escape(FONT, {chr(34): "&quot;"})}">',
        '<title id="title">Knowledge graph</title>',
        f'<desc id="desc">{_written(_description(picture))}</desc>',
        f'<rect x="{number(view[0])}" y="{number(view[1])}" width="{number(view[2])}" '
        f'height="{number(height)}" fill="{colours["paper"]}"/>',
        *(part for group in picture.boxes for part in _box(group, colours)),
        *_drawn_lines(picture, colours),
        *(part for node in picture.nodes for part in _node(node, picture, colours)),
        *legend_parts,
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _written(words: str) -> str:
    return escape(xml_text(words))


def _description(picture: Picture) -> str:
    groups = ", ".join(f"{family.label} ({family.count})" for family in picture.families)
    names = ", ".join(node.name for node in sorted(picture.nodes, key=lambda n: -n.radius)[:5])
    return (
        f"{len(picture.nodes)} of {picture.entities} entities and {picture.facts_drawn} of "
        f"{picture.facts} facts between them, by type: {groups or 'none'}. "
        f"Those with the most facts: {names or 'none'}."
    )


def _bounds(picture: Picture) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of all that is drawn."""
    rectangles = [(b.x, b.y, b.x + b.width, b.y + b.height) for b in picture.boxes]
    for node in picture.nodes:
        width, height = label_size("\n".join(node.lines))
        half = max(width / 2, node.radius)
        low = node.y + node.radius + height + 4
        rectangles.append((node.x - half, node.y - node.radius, node.x + half, low))
    if not rectangles:
        return 0.0, 0.0, _LEAST_WIDTH, 0.0
    lefts, tops, rights, bottoms = zip(*rectangles, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _box(box: Box, colours: Colours) -> Iterator[str]:
    colour = colours[box.colour]
    yield (
        f'<rect x="{number(box.x)}" y="{number(box.y)}" width="{number(box.width)}" '
        f'height="{number(box.height)}" rx="14" fill="{colour}" fill-opacity="0.07" '
        f'stroke="{colour}" stroke-opacity="0.35"/>'
    )
    heading = box.label[:1].upper() + box.label[1:]
    yield text(heading, box.x + 14, box.y + 23, 13, colours["soft"], weight=600)


def _node(node: Node, picture: Picture, colours: Colours) -> Iterator[str]:
    family = picture.families[node.family]
    fill, paper = colours[family.colour], colours["paper"]
    yield f"<g><title>{_written(f'{node.name} ({node.kind})')}</title>"
    yield (
        f'<circle cx="{number(node.x)}" cy="{number(node.y)}" r="{number(node.radius)}" '
        f'fill="{fill}" stroke="{paper}" stroke-width="2"/>'
    )
    for row, line in enumerate(node.lines):
        baseline = node.y + node.radius + FONT_SIZE + 2 + _LINE_HEIGHT * row
        yield text(line, node.x, baseline, FONT_SIZE, colours["ink"], anchor="middle", halo=paper)
    if node.hanging:
        x, y = node.x + node.radius + 3, node.y - node.radius + 4
        yield text(f"+{node.hanging}", x, y, 12, colours["soft"], halo=paper)
    yield "</g>"


def _drawn_lines(picture: Picture, colours: Colours) -> Iterator[str]:
    names: list[str] = []
    for line in picture.lines:
        source, target = picture.nodes[line.source], picture.nodes[line.target]
        control = _control(line, source, target)
        start, end = _edge_of(source, control, 1), _edge_of(target, control, 2)
        if start is None or end is None:  # one node covers the middle of the line
            continue
        colour = colours["edge" if line.stance is Modality.ASSERTED else str(line.stance)]
        yield f"<g><title>{_written(_sentence(line, source, target))}</title>"
        path = f"M{_at(start)}Q{_at(control)} {_at(end)}"
        yield f'<path d="{path}" fill="none" {stroke(line.stance, colour)}/>'
        if not line.is_symmetric:
            yield f'<path d="{_arrow(control, end)}" fill="{colour}"/>'
        middle = _middle(start, control, end)
        if line.stance is Modality.NEGATED:
            yield f'<path d="{_cross(middle)}" fill="none" stroke="{colour}" stroke-width="2"/>'
        if line.speakers:
            yield _speech(middle, line, colours)
        yield "</g>"
        if len(picture.lines) <= _FEW_LINES:
            words = f"not: {line.label}" if line.stance is Modality.NEGATED else line.label
            x, y = middle[0], middle[1] - 8
            names.append(
                text(words, x, y, 11, colours["soft"], anchor="middle", halo=colours["paper"])
            )
    yield from names


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


def _middle(start: Point, control: Point, end: Point) -> Point:
    return (
        (start[0] + 2 * control[0] + end[0]) / 4,
        (start[1] + 2 * control[1] + end[1]) / 4,
    )


def _arrow(control: Point, end: Point) -> str:
    """A triangle whose tip is the end of the line."""
    dx, dy = end[0] - control[0], end[1] - control[1]
    length = math.sqrt(dx * dx + dy * dy) or 1.0
    dx, dy = dx / length * _ARROW, dy / length * _ARROW
    left = end[0] - dx - dy * 0.45, end[1] - dy + dx * 0.45
    right = end[0] - dx + dy * 0.45, end[1] - dy - dx * 0.45
    return f"M{_at(end)}L{_at(left)}L{_at(right)}Z"


def _cross(middle: Point) -> str:
    x, y = middle
    return (
        f"M{_at((x - 5, y - 5))}L{_at((x + 5, y + 5))}M{_at((x - 5, y + 5))}L{_at((x + 5, y - 5))}"
    )


def _speech(middle: Point, line: Line, colours: Colours) -> str:
    x, y = middle
    aside = 12 if line.stance is Modality.NEGATED else 0  # beside the cross
    return text("“”", x + aside, y + 5, 15, colours["soft"], anchor="middle", halo=colours["paper"])


def _at(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"
