"""The words of a model as values: dates, numbers with what they count, durations, plain words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract.amounts import XSD, duration_literal, find_amount, find_dates, word_number
from kg.extract.drafts import Reading
from kg.extract.moment import published_day, reference_year
from kg.extract.numbers import NUMBERS, number_literal, typed_number
from kg.extract.periods import date_in
from kg.extract.values import text_literal
from kg.llm.arguments import RejectedError
from kg.llm.places import Stretches
from kg.llm.terms import DATES, DURATIONS
from kg.model.statement import Literal

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

__all__ = ["Value", "Values"]

_STRING = XSD + "string"


@dataclass(frozen=True, slots=True)
class Value:
    """A literal, its words, and what the text says of a number besides."""

    literal: Literal
    words: Span
    qualifiers: dict[str, Literal] = field(default_factory=dict)


class Values:
    """Reads the values that a model names in one article, each as the rules would."""

    def __init__(self, reading: Reading, stretches: Stretches) -> None:
        self._lexicon = reading.lexicon
        self._stretches = stretches
        self._moment = published_day(reading) or reference_year(reading)

    def value(
        self, words: str, datatypes: Collection[str], evidence: tuple[int, int], role: str
    ) -> Value:
        """What the words are, where they stand in the evidence first; any words without datatypes.

        Raises RejectedError; `role` says of what.
        """
        for token, span in self._stretches.find(words, evidence):
            found = self._read(token, span, frozenset(datatypes))
            if found is not None:
                return found
            raise RejectedError(f"{role}: no value that the relation takes")
        raise RejectedError(f"{role}: not in the evidence")

    def _read(self, token: Token, span: Span, kinds: frozenset[str]) -> Value | None:
        found: Value | None = None
        if kinds & DATES:
            date = self._date(span, kinds)
            if date is not None:
                return Value(date, span) if date.datatype in kinds else None
        if kinds & DURATIONS:
            duration = duration_literal(span.text)
            found = Value(duration, span) if duration is not None else None
        if found is None and kinds & NUMBERS:
            found = self._number(token, span, kinds)
        if found is None and (not kinds or _STRING in kinds):
            found = Value(text_literal(" ".join(span.text.split())), span)
        return found

    def _date(self, span: Span, kinds: frozenset[str]) -> Literal | None:
        if len(list(find_dates(span.text))) > 1:
            return None  # "in 2030 and 2031" is no one date
        found = next((d for t in span if (d := date_in(t, self._moment)) is not None), None)
        if found is not None and found.datatype not in kinds and XSD + "gYear" in kinds:
            return Literal(found.value[:4], XSD + "gYear", found.text)
        return found

    def _number(self, token: Token, span: Span, kinds: frozenset[str]) -> Value | None:
        """The number with its unit and what bounds it ("more than"), which the text says."""
        amount = find_amount(token, self._lexicon)
        if amount is None:
            words = (word_number(word) for word in span.text.split())
            said = next((number for number in words if number is not None), None)
            literal = number_literal(span.text, kinds)
            if literal is None and said is not None:
                literal = typed_number(said, span.text, kinds)
            return Value(literal, span) if literal is not None else None
        literal = typed_number(amount.value, amount.text, kinds)
        if literal is None:
            return None
        besides = {"unit": amount.currency or amount.unit, "comparator": amount.comparator}
        return Value(
            literal, span, {name: text_literal(text) for name, text in besides.items() if text}
        )
