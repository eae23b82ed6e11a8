"""Property values for formats that have neither arrays nor dates, and for XML."""

from __future__ import annotations

import json
import re
from datetime import date

from kg.property_graph.model import PropertyValue

__all__ = ["REPLACEMENT", "scalar", "xml_text"]

# What XML 1.0 cannot hold even as a reference. Source: https://www.w3.org/TR/xml/#charsets
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACEMENT = "\ufffd"


def scalar(value: PropertyValue) -> str | int | float | bool:
    """The value itself; an array as JSON, a date as ISO 8601."""
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date) else value


def xml_text(text: str) -> str:
    """The text with U+FFFD for what XML cannot hold."""
    return _NOT_XML.sub(REPLACEMENT, text)
