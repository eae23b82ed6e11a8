"""Numbers as literals of what the range of a relation admits."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal, InvalidOperation

from kg.extract.amounts import XSD
from kg.model.statement import Literal

__all__ = ["NUMBERS", "number_literal", "typed_number"]

_DIGITS = re.compile(r"[-+−]?\d[\d,]*(?:\.\d+)?")
_WHOLE = frozenset(
    XSD + name for name in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger")
)

NUMBERS = _WHOLE | {XSD + name for name in ("decimal", "double", "float")}
"""The datatypes (IRIs) whose values are read as numbers."""


def number_literal(text: str, datatypes: Collection[str]) -> Literal | None:
    """The first number of a text that is written in digits, typed as by `typed_number`."""
    match = _DIGITS.search(text)
    if match is None:
        return None
    try:
        value = Decimal(match[0].replace(",", "").replace("−", "-"))
    except InvalidOperation:
        return None
    return typed_number(value, text, datatypes)


def typed_number(value: Decimal, text: str, datatypes: Collection[str]) -> Literal | None:
    """A number as xsd:integer or xsd:decimal; None where none of the datatypes (IRIs) admits it.

    A whole number is a decimal only where no datatype of whole numbers is among them.
    """
    admitted = NUMBERS.intersection(datatypes)
    whole = value == value.to_integral_value()
    if not admitted or (not whole and admitted <= _WHOLE):
        return None
    plain = format(value.to_integral_value() if whole else value.normalize(), "f")
    return Literal(plain, XSD + ("integer" if whole and admitted & _WHOLE else "decimal"), text)
