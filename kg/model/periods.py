"""The end of a period from its start and duration.

The first year, month or day counts: twelve years from 2017 on are 2017 to 2028, and a year from
15 March on ends on 14 March. The end has the precision of the start.
"""

from __future__ import annotations

import re
from datetime import MAXYEAR, date, timedelta

from kg.model.statement import Literal

__all__ = ["last_of_period", "years_months_days"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_FORMS = {
    f"{_XSD}gYear": re.compile(r"(\d{4})"),
    f"{_XSD}gYearMonth": re.compile(r"(\d{4})-(\d\d)"),
    f"{_XSD}date": re.compile(r"(\d{4})-(\d\d)-(\d\d)"),
}
# Periods of the calendar only; one with hours has no last day.
_DURATION = re.compile(r"P(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,6})D)?")


def last_of_period(start: Literal, duration: Literal) -> Literal | None:
    """The last year, month or day that belongs to the period, of the datatype of `start`.

    None where the start is not known well enough for the duration (a year and eighteen months), or
    where either is no date or duration. The text is empty: no article writes it.
    """
    form = _FORMS.get(start.datatype)
    began = form.fullmatch(start.value) if form is not None else None
    lasts = years_months_days(duration.value) if duration.datatype == f"{_XSD}duration" else None
    if began is None or lasts is None:
        return None
    years, months, days = lasts
    last = _last(tuple(map(int, began.groups())), 12 * years + months, days)
    return None if last is None else Literal(last, start.datatype, "")


def years_months_days(duration: str) -> tuple[int, int, int] | None:
    """How long a period of the calendar lasts; None for any other and for too long ones.

    Source: https://www.w3.org/TR/xmlschema11-2/#duration
    """
    match = _DURATION.fullmatch(duration)
    if match is None or not any(match.groups()):
        return None
    years, months, days = (int(number or 0) for number in match.groups())
    return years, months, days


def _last(start: tuple[int, ...], months: int, days: int) -> str | None:
    year, month, day = (*start, 1, 1)[:3]
    if not 1 <= month <= 12 or year < 1 or months + days == 0:
        return None
    if (len(start) < 3 and days) or (len(start) < 2 and months % 12):
        return None
    years, month_0 = divmod(month - 1 + months, 12)
    if year + years >= MAXYEAR:
        return None
    try:
        date(year, month, day)
        after = _day(year + years, month_0 + 1, day)
        last = after + timedelta(days=days - 1)
    except (OverflowError, ValueError):
        return None
    return last.isoformat()[: (4, 7, 10)[len(start) - 1]]


def _day(year: int, month: int, day: int) -> date:
    """That day; the first of the next month where the month is too short for it."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year + month // 12, month % 12 + 1, 1)
