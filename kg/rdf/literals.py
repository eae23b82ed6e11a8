"""Terms from the values of the model, valid whatever the text."""

from __future__ import annotations

import re
from decimal import Decimal

import pyoxigraph as ox

from kg.errors import InvalidGraphError
from kg.model.statement import Literal
from kg.rdf.terms import XSD

__all__ = ["NUMERIC", "count", "date", "decimal", "iri", "is_date", "literal", "string"]

NUMERIC = frozenset(XSD[name].value for name in ("integer", "decimal", "double", "float"))
DATE_FORMS = (
    (re.compile(r"\d{4}"), XSD["gYear"]),
    (re.compile(r"\d{4}-\d\d"), XSD["gYearMonth"]),
    (re.compile(r"\d{4}-\d\d-\d\d"), XSD["date"]),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?"), XSD["dateTime"]),
)
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def iri(text: str) -> ox.NamedNode:
    """The IRI as a node; raises InvalidGraphError when it is none."""
    try:
        return ox.NamedNode(text)
    except ValueError as error:
        raise InvalidGraphError(f"{text!r} is not a valid IRI: {error}") from error


def string(text: str) -> ox.Literal:
    """A plain string; half of a surrogate pair, which no encoding can hold, becomes U+FFFD."""
    return ox.Literal(LONE_SURROGATE.sub("\ufffd", text))


def literal(value: Literal) -> ox.Literal:
    """The normalised value with its datatype; its words are kept elsewhere."""
    return ox.Literal(LONE_SURROGATE.sub("\ufffd", value.value), datatype=iri(value.datatype))


def count(number: int) -> ox.Literal:
    """A number of things, or a position."""
    return ox.Literal(str(number), datatype=XSD["nonNegativeInteger"])


def decimal(number: float) -> ox.Literal:
    """The shortest decimal that reads back as the same float."""
    return ox.Literal(format(Decimal(repr(number)), "f"), datatype=XSD["decimal"])


def date(text: str) -> ox.Literal:
    """An ISO 8601 date at the precision it has; a plain string when it is none."""
    for form, datatype in DATE_FORMS:
        if form.fullmatch(text):
            return ox.Literal(text, datatype=datatype)
    return string(text)


def is_date(text: str) -> bool:
    """Whether `date` gives the text a datatype of its own."""
    return any(form.fullmatch(text) for form, _ in DATE_FORMS)
