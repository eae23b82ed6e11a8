"""What happens once, and what happens again under the same name."""

from __future__ import annotations

import re

from kg.model.graph import Entity
from kg.ontology.domain import Ontology

__all__ = ["is_one_edition"]

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DATED = ("year", "startDate")


def is_one_edition(entity: Entity, ontology: Ontology) -> bool:
    """True when the name or the domain ties the entity to one year: it does not happen again."""
    known = ontology.names.get(entity.id)
    if known is not None and any(known.properties.get(name) for name in _DATED):
        return True
    return _YEAR.search(entity.label) is not None
