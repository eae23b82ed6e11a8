"""Dates as pages write them, as ISO 8601 at the precision they are written in."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from kg.read.markers import load_markers

__all__ = ["date_pattern", "find_date", "is_date_line"]

_ISO = (
    r"(?P<iso>\d{4}-\d{2}(?:-\d{2}"
    r"(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?)?)"
)
_TIME = r"(?P<h{n}>[01]?\d|2[0-3])[:.](?P<m{n}>[0-5]\d)(?::[0-5]\d)?\s*(?P<ap{n}>[ap]\.?m\.?)?"
_ZONE = r"(?:\s*\(?(?:[A-Z]{2,4}(?:[+-]\d{1,2})?|UTC[+-]?\d*)\)?)?"
_LONGEST_LINE = 120


@cache
def date_pattern() -> re.Pattern[str]:
    """Matches one date, with its weekday and time where they are written beside it."""
    markers = load_markers()
    month = "(?P<{0}>" + "|".join(markers.months) + r")\.?"
    before = _TIME.format(n=1) + _ZONE + r",?\s+"
    after = r",?\s+(?:at\s+)?" + _TIME.format(n=2) + _ZONE
    day = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th)?"
    forms = [
        month.format("mon1") + r"\s+" + day.format("d1") + r",?\s+(?P<y1>(?:19|20)\d\d)",
        r"(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?\.?\s+"
        + month.format("mon2")
        + r",?\s+(?P<y2>(?:19|20)\d\d)",
        _ISO,
        r"(?P<n1>[0-3]?\d)(?P<sep>[/.])(?P<n2>[0-3]?\d)(?P=sep)(?P<y3>(?:19|20)\d\d)",
        month.format("mon4") + r",?\s+(?P<y4>(?:19|20)\d\d)",
    ]
    body = "|".join(forms)
    weekday = rf"(?:{markers.weekdays},?\s+)?"
    return re.compile(rf"(?<![\w/-])(?:{before})?{weekday}(?:{body})(?:{after})?(?![\w/-])", re.I)


def find_date(text: str) -> str | None:
    """The first date in a text, as ISO 8601; None where there is none.

    A day and a month that could be swapped (07/09/2010) leave only their year; with full stops
    (7.9.2010) the day comes first wherever they are used.
    """
    for match in date_pattern().finditer(text):
        if (found := _iso(match)) is not None:
            return found
    return None


def is_date_line(line: str) -> bool:
    """Whether a line holds a date and, besides labels such as "Published", nothing else."""
    if len(line) > _LONGEST_LINE or not any(char.isdigit() for char in line):
        return False
    rest = date_pattern().sub(" ", line)
    if rest == line:
        return False
    labels = load_markers().date_labels
    parts = re.split(r"[|,:;()\[\]•·–—-]|\s{2,}", rest)
    return all(not part.strip() or labels.fullmatch(part.strip()) for part in parts)


def _iso(match: re.Match[str]) -> str | None:
    if (iso := match["iso"]) is not None:
        return _checked_iso(iso.replace(" ", "T"))
    if match["mon4"]:
        return f"{match['y4']}-{_month(match['mon4']):02d}"
    if match["n1"]:
        first, second, year = int(match["n1"]), int(match["n2"]), int(match["y3"])
        if first == second or first > 12 or match["sep"] == ".":
            return _day(year, second, first)
        return _day(year, first, second) if second > 12 else str(year)
    form = "1" if match["mon1"] else "2"
    day = _day(int(match[f"y{form}"]), _month(match[f"mon{form}"]), int(match[f"d{form}"]))
    clock = next((n for n in ("1", "2") if match[f"h{n}"]), None)
    return f"{day}T{_clock(match, clock)}" if day and clock else day


def _checked_iso(iso: str) -> str | None:
    year, month = int(iso[:4]), int(iso[5:7])
    day = int(iso[8:10]) if len(iso) > 7 else 1
    return iso if _day(year, month, day) else None


def _month(name: str) -> int:
    patterns = load_markers().months
    return next(n for n, form in enumerate(patterns, 1) if re.fullmatch(form, name, re.I))


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _clock(match: re.Match[str], n: str) -> str:
    hour, half = int(match[f"h{n}"]), (match[f"ap{n}"] or "").lower()[:1]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02d}:{match[f'm{n}']}"
