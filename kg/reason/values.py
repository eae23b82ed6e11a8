"""When two values of one property cannot both be right; what is not certain agrees.

A value stands for the range that it leaves open: a date at the precision that is stated (2017 holds
2017-03), a number with the words that bound it ("more than 500" holds 510) and with its rounding.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from kg.model.graph import Entity, Fact
from kg.model.statement import Literal
from kg.ontology.domain import Ontology, Relation
from kg.reason.places import Places

__all__ = ["Days", "Value", "Values", "apart", "days"]

Value = Entity | Literal
Days = tuple[date, date]  # first and last day

_XSD = "http://www.w3.org/2001/XMLSchema#"
_DATES = frozenset(_XSD + name for name in ("gYear", "gYearMonth", "date", "dateTime"))
_NUMBERS = frozenset(_XSD + name for name in ("integer", "decimal", "double"))
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T.*)?)?)?")
_NEAR = Decimal("0.2")  # how far "about" reaches, as a share of the number
_INFINITE = Decimal("Infinity")
_LONG = 5  # words of a text that two articles would not hit upon alike by chance

_Range = tuple[Decimal, Decimal]


def days(value: str | None) -> Days | None:
    """First and last day of a year, month or day in ISO 8601; None for anything else."""
    match = _DATE.fullmatch(value or "")
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if day is not None:
            return (date(year or 0, month or 0, day),) * 2
        if month is not None:
            return date(year or 0, month, 1), date(
                year or 0, month, monthrange(year or 0, month)[1]
            )
        return date(year or 0, 1, 1), date(year or 0, 12, 31)
    except ValueError:  # month 13, day 31 of April
        return None


def apart(one: Days | None, other: Days | None) -> bool:
    """True when both are known and share no day."""
    return one is not None and other is not None and (one[1] < other[0] or other[1] < one[0])


@dataclass(frozen=True)
class Values:
    """Compares values under an ontology, whose lexicon says what bounding words mean."""

    ontology: Ontology
    places: Places

    def contradict(self, relation: Relation, one: Fact, other: Fact) -> bool:
        """True when the objects of two facts of one subject and relation cannot both be right."""
        left, right = one.object, other.object
        if isinstance(left, Entity) or isinstance(right, Entity):
            return self._other_entity(left, right)
        if left.datatype in _NUMBERS and right.datatype in _NUMBERS and not relation.is_datatype:
            return _disjoint(self._amount(one), self._amount(other))
        if _misworded(left.value.split(), right.value.split()):
            return True
        return self.differ(left.value, right.value, left.datatype, right.datatype)

    def differ(self, left: str, right: str, left_type: str = "", right_type: str = "") -> bool:
        """True when two lexical forms denote what cannot be one value; types are datatype IRIs."""
        if left == right:
            return False
        if (
            days(left) is not None
            and days(right) is not None
            and _may_be_dates(left_type, right_type)
        ):
            return apart(days(left), days(right))
        one, other = _number(left), _number(right)
        if one is not None and other is not None:
            return one != other
        return False  # words: two of them may mean one thing

    def _other_entity(self, left: Value, right: Value) -> bool:
        if not isinstance(left, Entity) or not isinstance(right, Entity):
            return False
        if not self.ontology.is_a(left.type, "Place") or not self.ontology.is_a(
            right.type, "Place"
        ):
            return left.id != right.id
        return self.places.apart(left, right)

    def leeway(
        self, fact: Fact, number: Decimal, less: Decimal, more: Decimal
    ) -> tuple[Decimal, Decimal] | None:
        """Least and most that a number may mean under the words that bound it in the fact.

        A bare number may be `less` smaller or `more` larger, and a round one its rounding; None
        where it is not known what the words mean.
        """
        bound = dict(fact.qualifiers).get("comparator")
        words = " ".join(bound.text.lower().split()) if isinstance(bound, Literal) else None
        found = _range(number, words, self.ontology.lexicon.get("bounds", {}))
        if found is None or words is not None:
            return found
        return found[0] - less, found[1] + more

    def _amount(self, fact: Fact) -> _Range | None:
        value = fact.object
        number = _number(value.value) if isinstance(value, Literal) else None
        if number is None:
            return None
        bound = dict(fact.qualifiers).get("comparator")
        words = " ".join(bound.text.lower().split()) if isinstance(bound, Literal) else None
        return _range(number, words, self.ontology.lexicon.get("bounds", {}))


def _misworded(one: Sequence[str], other: Sequence[str]) -> bool:
    """True for words of one length that differ in one of them: one of the two is not as it was."""
    differing = sum(a.casefold() != b.casefold() for a, b in zip(one, other, strict=False))
    return len(one) == len(other) >= _LONG and differing == 1


def _may_be_dates(*types: str) -> bool:
    return all(t in _DATES or not t for t in types)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _range(number: Decimal, words: str | None, bounds: Mapping[str, Any]) -> _Range | None:
    """The numbers that the words leave open; None where it is not known what they mean."""
    spread = _rounding(number)
    if words is None:
        return number - spread, number + spread
    above, below, near = (words in bounds.get(key, ()) for key in ("above", "below", "near"))
    if not (above or below or near):
        return None
    reach = max(abs(number) * _NEAR, spread) if near else _INFINITE
    low = number if above else number - reach
    high = number if below else number + reach
    return low, high


def _rounding(number: Decimal) -> Decimal:
    """Half of the last digit that is stated: 8,500,000 may be 8,523,000."""
    digits = number.normalize().as_tuple()
    exponent = digits.exponent if isinstance(digits.exponent, int) else 0
    return (
        Decimal(10) ** exponent / 2
        if exponent > 0 or number != number.to_integral()
        else Decimal(0)
    )


def _disjoint(one: _Range | None, other: _Range | None) -> bool:
    return one is not None and other is not None and (one[1] < other[0] or other[1] < one[0])
