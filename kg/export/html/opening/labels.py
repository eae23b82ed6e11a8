"""How large a node is with its label, in page units (pixels at zoom 1)."""

from __future__ import annotations

import math
import textwrap

__all__ = ["FONT_SIZE", "label_size", "node_radius", "wrap_label"]

FONT_SIZE = 15  # of labels, in page units; what `label_size` measures with
_LABEL_WIDTH = 18  # characters in a line of a label
_LABEL_LINES = 3
_LINE = 18.0
# By width in DejaVu Sans: few fonts of a page are wider.
_NARROW = frozenset(" .,:;'|!()[]-/fijlrtI")
_WIDE = frozenset("ABCDGHKNOQRUVXYZ&w+")
_WIDEST = frozenset("mMW@%…—")
_SQUARE = "\u1100"  # from this character on, scripts are about as wide as high


def wrap_label(label: str) -> str:
    """The label in up to three short lines; the pane shows it whole."""
    lines = textwrap.wrap(label, _LABEL_WIDTH, max_lines=_LABEL_LINES, placeholder=" …")
    return "\n".join(lines) or "(no name)"


def label_size(wrapped: str) -> tuple[float, float]:
    """Width and height of a label that is already in lines; the width is rather too large."""
    lines = wrapped.split("\n")
    widest = max(sum(map(_permille, line)) for line in lines)
    return float(-(-widest * FONT_SIZE // 1000)), _LINE * len(lines)


def node_radius(degree: int) -> int:
    """Between 7 and 26 page units; the area follows the number of facts."""
    return min(26, max(7, round(5 + 3.2 * math.sqrt(degree))))


def _permille(character: str) -> int:
    """Width of a character in thousandths of the font size."""
    if character in _NARROW:
        return 400
    if character in _WIDE:
        return 780
    return 1000 if character in _WIDEST or character >= _SQUARE else 620
