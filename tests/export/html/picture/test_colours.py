"""The colours of the page can be told from what they stand on, in light and dark.

Source: https://www.w3.org/TR/WCAG22/, success criteria 1.4.3 (text) and 1.4.11 (graphics).
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

VIEWER = Path(__file__).parents[4] / "kg" / "export" / "html" / "viewer"
TEXT, GRAPHICS = 4.5, 3.0
GROUNDS = ("paper", "panel", "hover")
STANCES = ("planned", "hedged", "negated")
TYPES = tuple(f"type{number}" for number in range(10))


def read_colours(theme: str) -> dict[str, str]:
    """The variables of a theme that are colours, by name."""
    text = (VIEWER / "colours.css").read_text("utf-8")
    block = text.partition(':root[data-theme="dark"]' if theme == "dark" else ":root {")[2]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block.partition("}")[0]))


COLOURS = {theme: read_colours(theme) for theme in ("light", "dark")}


def luminance(colour: str) -> float:
    """Relative luminance, from 0 for black to 1 for white."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def too_close(theme: str, names: tuple[str, ...], grounds: tuple[str, ...], least: float) -> dict:
    colours = COLOURS[theme]
    ratios = {(n, g): round(contrast(colours[n], colours[g]), 2) for n in names for g in grounds}
    return {pair: ratio for pair, ratio in ratios.items() if ratio < least}


def test_contrast_is_that_of_the_recommendation() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_both_themes_have_the_same_colours() -> None:
    assert COLOURS["light"].keys() == COLOURS["dark"].keys()
    assert set(TYPES) <= COLOURS["light"].keys()


@pytest.mark.parametrize("theme", COLOURS)
def test_words_can_be_read(theme: str) -> None:
    assert too_close(theme, ("ink", "soft", "accent", *STANCES), GROUNDS, TEXT) == {}
    assert too_close(theme, ("ink",), ("mark",), TEXT) == {}
    assert too_close(theme, ("panel",), ("ink",), TEXT) == {}  # a pressed button


@pytest.mark.parametrize("theme", COLOURS)
def test_lines_and_dots_can_be_seen(theme: str) -> None:
    assert too_close(theme, ("edge", *STANCES, *TYPES), GROUNDS[:2], GRAPHICS) == {}
