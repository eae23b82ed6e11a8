"""A picture as SVG 1.1: text one can search and edit, nothing from anywhere else.

Names are written as text with everything escaped that XML would read; styles are attributes, so
that any program draws the same. Offsets are page units, given with one decimal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

from kg.export.html.opening.labels import FONT_SIZE
from kg.export.html.picture.contents import Box, Node, Picture
from kg.export.html.picture.legend import legend
from kg.export.html.picture.lines import drawn_lines, label_box
from kg.export.html.picture.marks import FONT, disc, number, text, written

__all__ = ["render_svg"]

_MARGIN = 24.0
_LEAST_WIDTH = 640.0  # so that a legend fits below few nodes
_WIDTH = 1200  # of the picture as a program shows it at first, in CSS pixels
_LARGEST = 1.5  # times page units: a picture of few nodes is not blown up
_LINE_HEIGHT = 18.0

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
    view_box = " ".join(map(number, (*view, height)))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view_box}" '
        f'width="{number(view[2] * scale)}" height="{number(height * scale)}" role="img" '
        f'aria-labelledby="title desc" font-family="{escape(FONT, {chr(34): "&quot;"})}">',
        '<title id="title">Knowledge graph</title>',
        f'<desc id="desc">{written(_description(picture))}</desc>',
        f'<rect x="{number(view[0])}" y="{number(view[1])}" width="{number(view[2])}" '
        f'height="{number(height)}" fill="{colours["paper"]}"/>',
        *(_box(box, colours) for box in picture.boxes),
        *drawn_lines(picture, colours),
        *(_heading(box, colours) for box in picture.boxes),
        *(part for node in picture.nodes for part in _node(node, picture, colours)),
        *legend_parts,
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _description(picture: Picture) -> str:
    groups = ", ".join(f"{kind.label} ({kind.count})" for kind in picture.kinds)
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
        rectangles.append(label_box(node))
    if not rectangles:
        return 0.0, 0.0, _LEAST_WIDTH, 0.0
    lefts, tops, rights, bottoms = zip(*rectangles, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _box(box: Box, colours: Colours) -> str:
    colour = colours[box.colour]
    return (
        f'<rect x="{number(box.x)}" y="{number(box.y)}" width="{number(box.width)}" '
        f'height="{number(box.height)}" rx="14" fill="{colour}" fill-opacity="0.07" '
        f'stroke="{colour}" stroke-opacity="0.35"/>'
    )


def _heading(box: Box, colours: Colours) -> str:
    words = box.label[:1].upper() + box.label[1:]
    paper = colours["paper"]
    return text(words, box.x + 14, box.y + 23, 13, colours["soft"], weight=600, halo=paper)


def _node(node: Node, picture: Picture, colours: Colours) -> Iterator[str]:
    kind = picture.kinds[node.kind]
    fill, paper = colours[kind.colour], colours["paper"]
    yield f"<g><title>{written(f'{node.name} ({kind.label})')}</title>"
    yield disc(node.x, node.y, node.radius, fill, paper, kind.icon, kind.letter)
    for row, line in enumerate(node.lines):
        baseline = node.y + node.radius + FONT_SIZE + 2 + _LINE_HEIGHT * row
        yield text(line, node.x, baseline, FONT_SIZE, colours["ink"], anchor="middle", halo=paper)
    if node.neighbours_left_out:
        x, y = node.x + node.radius + 3, node.y - node.radius + 4
        yield text(f"+{node.neighbours_left_out}", x, y, 12, colours["soft"], halo=paper)
    yield "</g>"
