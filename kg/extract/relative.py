"""Dates that are said from where the article stands: "on Sunday", "next July", "a year ago"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kg.extract.amounts import month_number

__all__ = ["relative_date"]

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1, "tonight": 0}
_STEP = {"last": -1, "previous": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
_PERIOD = re.compile(rf"\b({'|'.join(_STEP)})\s+(year|month|\w+)\b")
_AGO = re.compile(r"\b(a|one|two|three|four|five|six|seven|eight|nine|ten|\d+)\s+years?\s+ago\b")
_COUNTS = dict(
    zip(
        ["a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
        (1, *range(1, 11)),
        strict=True,
    )
)
_MONTH_DAY = re.compile(
    r"\b([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?\b|\b(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]+)\b"
)


def relative_date(text: str, today: date) -> str | None:
    """ISO 8601 of a relative date at the precision stated, seen from `today`; None for no such.

    A weekday alone is the last one, today included, as news writes it; a month or a day of a month
    alone is the one nearest to `today`.
    """
    lowered = " ".join(text.lower().split())
    for word, days in _NEAR.items():
        if re.search(rf"\b{word}\b", lowered):
            return (today + timedelta(days)).isoformat()
    ago = _AGO.search(lowered)
    if ago is not None:
        count = _COUNTS.get(ago.group(1)) or int(ago.group(1))
        return str(today.year - count)
    step, unit = _step(lowered)
    day = _day_of_month(lowered)
    if day is not None:
        return _with_year(day, step if unit == "year" else None, today)
    if unit == "year" and step is not None:
        return str(today.year + step)
    if unit == "month" and step is not None:
        months = today.year * 12 + today.month - 1 + step
        return f"{months // 12}-{months % 12 + 1:02d}"
    return _weekday(lowered, step, today) or _month(
        lowered, step if unit != "year" else None, today
    )


def _step(text: str) -> tuple[int | None, str]:
    match = _PERIOD.search(text)
    return (_STEP[match.group(1)], match.group(2)) if match else (None, "")


def _day_of_month(text: str) -> tuple[int, int] | None:
    for match in _MONTH_DAY.finditer(text):
        name, day = (match.group(1), match.group(2)) if match.group(1) else match.group(4, 3)
        month = month_number(name)
        if month is not None and 1 <= int(day) <= 31:
            return month, int(day)
    return None


def _with_year(day: tuple[int, int], step: int | None, today: date) -> str | None:
    years = [today.year + step] if step is not None else [today.year + n for n in (-1, 0, 1)]
    found: list[date] = []
    for year in years:
        try:
            found.append(date(year, *day))
        except ValueError:
            continue  # 29 February of other years
    nearest = min(found, key=lambda d: abs(d - today), default=None)
    return nearest.isoformat() if nearest is not None else None


def _weekday(text: str, step: int | None, today: date) -> str | None:
    name = next((d for d in _DAYS if re.search(rf"\b{d}\b", text)), None)
    if name is None:
        return None
    back = (today.weekday() - _DAYS.index(name)) % 7
    if step == 1:
        return (today + timedelta(7 - back)).isoformat()
    return (today - timedelta(back or (7 if step == -1 else 0))).isoformat()


def _month(text: str, step: int | None, today: date) -> str | None:
    months = [m for word in re.findall(r"[a-z]+", text) if (m := month_number(word)) is not None]
    if not months:
        return None
    month = months[0]
    if step == 1:
        year = today.year + (month <= today.month)
    elif step == -1:
        year = today.year - (month >= today.month)
    else:
        years = (today.year - 1, today.year, today.year + 1)
        year = min(years, key=lambda y: abs((y - today.year) * 12 + month - today.month))
    return f"{year}-{month:02d}"
