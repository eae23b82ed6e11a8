"""Property values for formats that have neither arrays nor dates."""

from __future__ import annotations

import json
from datetime import date

from kg.property_graph.model import PropertyValue

__all__ = ["scalar"]


def scalar(value: PropertyValue) -> str | int | float | bool:
    """The value itself; an array as JSON, a date as ISO 8601."""
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date) else value
