"""The strokes and letters that pictures and their legends are made of."""

from __future__ import annotations

from xml.sax.saxutils import escape

from kg.model.statement import Modality
from kg.ontology.icons import icon_paths
from kg.rdf.serialize import xml_text

__all__ = ["FONT", "disc", "number", "speech", "stroke", "text", "written"]

FONT = (
    'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", '
    '"Noto Sans", "DejaVu Sans", sans-serif'
)
"""Each program takes the first it knows; some know no family but by its name."""

_LEAST = 8  # radius in page units from which on an icon can be made out
_ICON = 1.25  # its width in radii
_DASHES = {Modality.PLANNED: "9 6", Modality.HEDGED: "2 5"}


def number(value: float) -> str:
    """With one decimal at most, the same on every machine.

    >>> number(2.0), number(-0.04), number(1.25)
    ('2', '0', '1.2')
    """
    shown = f"{value:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown


def written(words: str) -> str:
    """The words as XML holds them; U+FFFD for what it cannot hold."""
    return escape(xml_text(words))


def disc(
    x: float, y: float, radius: float, colour: str, paper: str, icon: str | None, letter: str
) -> str:
    """The circle of an entity; in it, if it is large enough, the icon of its type or a letter."""
    at = f'cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"'
    circle = f'<circle {at} fill="{colour}" stroke="{paper}" stroke-width="2"/>'
    if radius < _LEAST:
        return circle
    if icon is None:
        size = round(radius * 0.95)
        inside = text(letter, x, y + 0.35 * size, size, paper, anchor="middle", weight=600)
        return f"{circle}\n{inside}"
    scale = radius * _ICON / 24
    place = f"translate({number(x - 12 * scale)} {number(y - 12 * scale)}) scale({scale:.3f})"
    return (
        f'{circle}\n<path d="{icon_paths()[icon]}" transform="{place}" fill="none" '
        f'stroke="{paper}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>'
    )


def speech(x: float, y: float, colour: str, paper: str) -> str:
    """What marks that somebody says it, as help.js draws it; x and y are its middle."""
    return (
        f'<path d="M{number(x - 5.5)} {number(y - 5.5)}h11v7.5h-5.5l-3 2.7v-2.7h-2.5z" '
        f'fill="{paper}" stroke="{colour}" stroke-width="1.2" stroke-linejoin="round"/>'
    )


def stroke(stance: Modality, colour: str) -> str:
    """The attributes of the line of a stance."""
    dashes = f' stroke-dasharray="{_DASHES[stance]}"' if stance in _DASHES else ""
    return f'stroke="{colour}" stroke-width="1.4"{dashes}'


def text(
    words: str,
    x: float,
    y: float,
    size: int,
    colour: str,
    *,
    anchor: str = "start",
    weight: int = 400,
    halo: str | None = None,
) -> str:
    """A line of text; y is its base line. A halo keeps lines that run below from the letters."""
    around = ""
    if halo is not None:
        around = f' paint-order="stroke" stroke="{halo}" stroke-width="4" stroke-linejoin="round"'
    at = f'x="{number(x)}" y="{number(y)}"'
    heavy = f' font-weight="{weight}"' if weight != 400 else ""
    aligned = f' text-anchor="{anchor}"' if anchor != "start" else ""
    looks = f'font-size="{size}" fill="{colour}"{heavy}{aligned}{around}'
    return f"<text {at} {looks}>{written(words)}</text>"
