"""A picture as PNG, drawn from its SVG by resvg with the fonts of this machine."""

from __future__ import annotations

from typing import Any

from kg.errors import InputError

__all__ = ["SCALE", "render_png"]

SCALE = 2
"""Pixels for each CSS pixel of the SVG: sharp on paper and on fine screens."""

_PROBE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'
_LETTER = '<text x="1" y="8" font-size="9" font-family="Arial, sans-serif">W</text>'
# What stands for sans-serif: what the machine says first, which need not be a font that it has.
_FAMILIES = (None, "DejaVu Sans", "Liberation Sans", "Noto Sans", "Helvetica", "Segoe UI")


def render_png(svg: str, *, system_fonts: bool = True) -> bytes:
    """The file; the same for the same SVG, version of resvg_py and fonts.

    Raises InputError where resvg_py is not installed, or the machine has no font: letters would be
    left out without a word.
    """
    try:
        import resvg_py
    except ImportError as error:
        raise InputError(
            "PNG needs resvg_py, which is not installed: pip install 'newskg[picture]'"
        ) from error
    for family in _FAMILIES:
        options: dict[str, Any] = {
            "zoom": SCALE,
            "skip_system_fonts": not system_fonts,
            "sans_serif_family": family,
        }
        with_letter, without = (
            bytes(resvg_py.svg_to_bytes(svg_string=_PROBE.format(inside), **options))
            for inside in (_LETTER, "")
        )
        if with_letter != without:
            return bytes(resvg_py.svg_to_bytes(svg_string=svg, **options))
    raise InputError(
        "PNG needs a font, and this machine has none: install one (Debian: apt-get install "
        "fonts-dejavu-core), or take --to svg"
    )
