"""Literals as typed properties: numbers, years, days, words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.model.statement import Literal
from kg.ontology.terms import Relation
from kg.property_graph.model import PropertyValue
from kg.rdf.literals import LONE_SURROGATE
from kg.rdf.terms import XSD

__all__ = ["DAY", "ID", "TEXT", "YEAR", "Shape", "clean", "day", "number", "shape_of", "year"]

# What goes with a property of that name: its year, its day, its words, the id of its entity.
YEAR, DAY, TEXT, ID = "Year", "Day", "Text", "Id"

_INTEGERS = frozenset(
    XSD[name].value
    for name in (
        *("integer", "nonNegativeInteger", "positiveInteger", "long", "int", "short", "byte"),
        *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    )
)
_REALS = frozenset(XSD[name].value for name in ("decimal", "double", "float"))
_DATES = frozenset(XSD[name].value for name in ("gYear", "gYearMonth", "date", "dateTime"))
_ISO = re.compile(r"(?P<year>-?\d{4,9})(-(?P<month>\d\d)(-(?P<day>\d\d))?)?(T.*|Z|[+-]\d\d:\d\d)?")
_LONG = range(-(2**63), 2**63)  # what Neo4j and Parquet hold as an integer


@dataclass(frozen=True, slots=True)
class Shape:
    """Which properties a literal of one relation gives: `type` of the first, and what goes with it.

    `type` is "string", "long", "double" or "boolean".
    """

    type: str
    is_date: bool = False

    @property
    def suffixes(self) -> tuple[str, ...]:
        """What is put behind the name of the property; the empty one is the property itself."""
        return ("", YEAR, DAY, TEXT, ID) if self.is_date else ("", TEXT, ID)

    def properties(self, name: str, literal: Literal) -> Iterator[tuple[str, PropertyValue]]:
        """The literal as properties; what does not parse as the type is left out."""
        value = self._value(literal)
        if value is not None:
            yield name, value
        if self.is_date:
            yield from dated(name, literal.value)

    def _value(self, literal: Literal) -> PropertyValue | None:
        text = literal.value.strip()
        if self.type == "string":
            return clean(literal.value)
        if self.type == "boolean":
            return {"true": True, "1": True, "false": False, "0": False}.get(text)
        if self.type == "double":
            return number(literal.value)
        return year(text) if literal.datatype in _DATES else _integer(text)


def shape_of(relation: Relation) -> Shape:
    """The shape that the range of the relation asks for; without a datatype there, a string."""
    datatypes = set(relation.range)
    if not datatypes or not relation.is_datatype:
        return Shape("string")
    if datatypes <= _INTEGERS | {XSD["gYear"].value}:
        return Shape("long")
    if datatypes <= _INTEGERS | _REALS:
        return Shape("double")
    if datatypes == {XSD["boolean"].value}:
        return Shape("boolean")
    return Shape("string", is_date=bool(datatypes & _DATES))


def dated(name: str, text: str) -> Iterator[tuple[str, PropertyValue]]:
    """The year of an ISO 8601 date, and its day where it has one."""
    found_year, found_day = year(text), day(text)
    if found_year is not None:
        yield name + YEAR, found_year
    if found_day is not None:
        yield name + DAY, found_day


def year(text: str) -> int | None:
    """The year of an ISO 8601 date of any precision; None of another text."""
    match = _ISO.fullmatch(text.strip())
    return int(match["year"]) if match is not None else None


def day(text: str) -> date | None:
    """The day of an ISO 8601 date; None of a date without one, of no date and of no real day."""
    match = _ISO.fullmatch(text.strip())
    if match is None or match["day"] is None:
        return None
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def number(text: str) -> float | None:
    """The number that a text is, as a double; None of another text and of what is not finite."""
    if not re.fullmatch(r"\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*", text, re.A):
        return None
    found = float(text)
    return found if math.isfinite(found) else None


def _integer(text: str) -> int | None:
    if not re.fullmatch(r"[+-]?\d{1,20}", text, re.A):
        return None
    found = int(text)
    return found if found in _LONG else None


def clean(text: str) -> str:
    """The text with U+FFFD for half of a surrogate pair, which no encoding can hold."""
    return LONE_SURROGATE.sub("\ufffd", text)
