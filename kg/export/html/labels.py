"""How large a node is with its label, in page units (pixels at zoom 1)."""

from __future__ import annotations

import math
import textwrap

__all__ = ["FONT_SIZE", "label_size", "node_radius", "wrap_label"]

FONT_SIZE = 15  # of labels, in page units; what `label_size` measures with
_LABEL_WIDTH = 18  # characters in a line of a label
_LABEL_LINES = 3
_CHARACTER = 8.6  # page units of an average character at the size of labels
_LINE = 18.0


def wrap_label(label: str) -> str:
    """The label in up to three short lines; the pane shows it whole."""
    lines = textwrap.wrap(label, _LABEL_WIDTH, max_lines=_LABEL_LINES, placeholder=" …")
    return "\n".join(lines) or "(no name)"


def label_size(wrapped: str) -> tuple[float, float]:
    """Width and height of a label that is already in lines."""
    lines = wrapped.split("\n")
    return _CHARACTER * max(map(len, lines)), _LINE * len(lines)


def node_radius(degree: int) -> int:
    """Between 7 and 26 page units; the area follows the number of facts."""
    return min(26, round(6 + 3.2 * math.sqrt(degree)))
