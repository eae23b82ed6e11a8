"""A stretch of text as a literal: by its shape, within what the range of its relation admits."""

from __future__ import annotations

import re
from collections.abc import Collection

from kg.extract.amounts import XSD
from kg.extract.learned.folding import date_key
from kg.extract.numbers import number_literal
from kg.model.statement import Literal

__all__ = ["literal_of"]

_QUOTES = "\"'“”‘’`"
_DATES = frozenset({"date", "gYear", "gYearMonth", "dateTime"})


def literal_of(text: str, datatypes: Collection[str]) -> Literal | None:
    """The value, its datatype one of `datatypes` (IRIs); None where the words are no such value.

    Without a datatype that is a date or a number, or without any, the words stay a string.
    """
    kinds = {d.removeprefix(XSD) for d in datatypes if d.startswith(XSD)}
    literal = None
    if kinds & _DATES:
        literal = _date(text)
    if literal is None:
        literal = number_literal(text, datatypes)
    if literal is not None or (kinds and "string" not in kinds):
        return literal
    words = " ".join(text.split()).strip(_QUOTES)
    return Literal(words, XSD + "string", text) if words else None


def _date(text: str) -> Literal | None:
    day = date_key(text)
    if day is None:
        return None
    year, month, of_month = day
    numbers = re.findall(r"\d+", text)
    if re.fullmatch(r"\d{4}", text.strip()):
        return Literal(f"{year:04d}", XSD + "gYear", text)
    if len(numbers) == 1:
        return Literal(f"{year:04d}-{month:02d}", XSD + "gYearMonth", text)
    if not (1 <= month <= 12 and 1 <= of_month <= 31):
        return None
    return Literal(f"{year:04d}-{month:02d}-{of_month:02d}", XSD + "date", text)
