"""The icons that a class can name with nr:icon: outlines from Lucide, as data of SVG paths.

`icons.json` has them, made by `python -m tools.viewer_icons`; kg/export/html/viewer/README.md says
from what.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.ontology.domain import Ontology

__all__ = ["icon_of", "icon_paths"]


@cache
def icon_paths() -> Mapping[str, str]:
    """Each icon by name as an SVG path: lines 2 wide with round ends, no fill, in 24 by 24."""
    paths: dict[str, str] = json.loads(Path(__file__).with_name("icons.json").read_text("utf-8"))
    return paths


def icon_of(name: str, ontology: Ontology) -> str | None:
    """The icon of a class, or of the nearest class above it that has one; None without any.

    An icon that does not exist counts as none. Of parents, the first by name is nearer.
    """
    seen: set[str] = set()
    level = [name]
    while level:
        for candidate in level:
            known = ontology.classes.get(candidate)
            if known and known.icon in icon_paths():
                return known.icon
        seen.update(level)
        above = {
            parent
            for candidate in level
            if candidate in ontology.classes
            for parent in ontology.classes[candidate].parents
        }
        level = sorted(above - seen)
    return None
