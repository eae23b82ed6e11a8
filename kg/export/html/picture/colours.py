"""The colours of the page, for pictures: they stand once, in its styles."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

__all__ = ["colours"]

_FILE = Path(__file__).parent.parent / "viewer" / "colours.css"
_BLOCK = r":root{}\s*\{{(.*?)\}}"
_PROPERTY = re.compile(r"--([a-z0-9]+(?:-[a-z0-9]+)*):\s*(#[0-9a-f]{6})\b")


@cache
def colours(*, dark: bool = False) -> dict[str, str]:
    """Name ("paper", "ink", "type0") to #rrggbb, of the light or of the dark page."""
    chosen = re.escape('[data-theme="dark"]') if dark else ""
    found = re.search(_BLOCK.format(chosen), _FILE.read_text("utf-8"), re.S)
    if found is None:
        raise ValueError(f"{_FILE}: holds no colours of the {'dark' if dark else 'light'} page")
    return dict(_PROPERTY.findall(found[1]))
