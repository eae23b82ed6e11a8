"""When what a fact tells holds or happens, as first and last day, for the timeline of the page.

Not when its article was published: the two stay apart.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import defaultdict
from typing import TYPE_CHECKING

from kg.model.graph import Entity, Fact, KnowledgeGraph
from kg.model.periods import last_of_period
from kg.model.statement import Literal, Modality

if TYPE_CHECKING:
    from kg.ontology.domain import Ontology

__all__ = ["FactTimes", "day_range"]

Days = tuple[str, str]  # first and last day, ISO 8601

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T.*)?)?)?")
_DATED = ("gYear", "gYearMonth", "date", "dateTime")
_XSD = "http://www.w3.org/2001/XMLSchema#"


class FactTimes:
    """The times of the facts of one graph; a fact about an event without a date has the event's."""

    def __init__(self, graph: KnowledgeGraph, ontology: Ontology) -> None:
        found: dict[str, list[Days]] = defaultdict(list)
        for fact in graph.facts:
            is_event = ontology.is_a(fact.subject.type, "Event")
            if is_event and fact.modality is not Modality.NEGATED:
                days = _days(fact.object)
                if days is not None:
                    found[fact.subject.id].append(days)
        self._events = {event: _whole(ranges) for event, ranges in found.items()}

    def of(self, fact: Fact) -> Days | None:
        """From its qualifiers, else its value, else the event that it is about; None: not told."""
        own = self._qualified(dict(fact.qualifiers)) or _days(fact.object)
        if own is not None:
            return own
        ends = (fact.object, fact.subject)
        events = (self._events.get(end.id) for end in ends if isinstance(end, Entity))
        return next((days for days in events if days is not None), None)

    def _qualified(self, qualifiers: dict[str, Entity | Literal]) -> Days | None:
        start, end, lasts = (qualifiers.get(name) for name in ("start", "end", "duration"))
        if end is None and isinstance(start, Literal) and isinstance(lasts, Literal):
            end = last_of_period(start, lasts)
        ranges = [days for days in (_days(start), _days(end)) if days is not None]
        if not ranges:
            ranges = [days for days in map(_days, qualifiers.values()) if days is not None]
        return _whole(ranges) if ranges else None


def _whole(ranges: list[Days]) -> Days:
    return min(first for first, _ in ranges), max(last for _, last in ranges)


def _days(value: Entity | Literal | None) -> Days | None:
    if isinstance(value, Literal) and value.datatype.removeprefix(_XSD) in _DATED:
        return day_range(value.value)
    return None


def day_range(value: str) -> Days | None:
    """First and last day of a year, month or day in ISO 8601; None for anything else."""
    match = _DATE.fullmatch(value)
    if match is None:
        return None
    year, month, day = match.groups()
    if month is None:
        return f"{year}-01-01", f"{year}-12-31"
    if not (1 <= int(month) <= 12 and int(year) >= 1):
        return None
    last = monthrange(int(year), int(month))[1]
    if day is not None:
        return (value[:10], value[:10]) if 1 <= int(day) <= last else None
    return f"{year}-{month}-01", f"{year}-{month}-{last:02}"
