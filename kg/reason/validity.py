"""From when until when a claim holds, as its qualifiers tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.model.graph import Fact
from kg.model.periods import years_months_days
from kg.model.statement import Literal
from kg.reason.values import Days, days

__all__ = ["Period", "period_of"]

_DAYS_OF_MONTH = 31


@dataclass(frozen=True, slots=True)
class Period:
    """The days in which a claim may begin and end; None where it is not said.

    `implied_end` follows from start and duration. A deal of twelve years from 2017 runs through
    2028, and ends in 2029 by the calendar: both are within it.
    """

    start: Days | None
    end: Days | None
    implied_end: Days | None

    @property
    def any_end(self) -> Days | None:
        """The end that is said, else the one that follows."""
        return self.end or self.implied_end


def period_of(fact: Fact) -> Period:
    """The period that the qualifiers start, end and duration of a fact give."""
    values = {n: v.value for n, v in fact.qualifiers if isinstance(v, Literal)}
    start, end = days(values.get("start")), days(values.get("end"))
    return Period(start, end, _ending(start, values.get("duration")))


def _ending(start: Days | None, duration: str | None) -> Days | None:
    """First and last day on which what starts then and lasts so long may end."""
    lasts = years_months_days(duration or "")
    if start is None or lasts is None:
        return None
    years, months, extra = lasts
    unit = 365 if years and not (months or extra) else _DAYS_OF_MONTH  # how exactly it is meant
    try:
        first = _later(start[0], years, months).toordinal() + extra - unit
        last = _later(start[1], years, months).toordinal() + extra + unit
        return date.fromordinal(first), date.fromordinal(last)
    except (ValueError, OverflowError):  # beyond the calendar
        return None


def _later(day: date, years: int, months: int) -> date:
    month = day.month - 1 + months
    return date(day.year + years + month // 12, month % 12 + 1, min(day.day, 28))
