"""How far from what happened once a moment is said to be, against the domain's date of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kg.model.discrepancy import Discrepancy, DiscrepancyKind, Side
from kg.model.graph import Entity, Fact, KnowledgeGraph
from kg.model.periods import years_months_days
from kg.model.statement import Literal, Modality
from kg.ontology.domain import Ontology
from kg.reason.sides import discrepancy, fact_side, told
from kg.reason.values import Values, days

__all__ = ["interval_slips"]

INTERVAL = "timeTo"
_NAMED = ("what", "date")  # qualifiers
_YEAR = Decimal("365.2425")  # days
# "Five years" is said from half a year less on, and until the sixth is full.
_EARLY, _LATE = Decimal("0.5"), Decimal(1)


def interval_slips(graph: KnowledgeGraph, values: Values) -> Iterator[Discrepancy]:
    """Spans of time up to, or since, a happening that the domain dates otherwise."""
    ontology = values.ontology
    for fact in graph.facts:
        if fact.predicate != INTERVAL or fact.modality is Modality.NEGATED:
            continue
        relation = _relation(fact, ontology)
        known = ontology.names.get(fact.subject.id)
        if relation is None or known is None:
            continue
        reference = known.properties.get(relation, ())
        if reference and all(_is_off(fact, day, values) for day in reference):
            yield _slip(fact, relation, reference[0], ontology)


def _relation(fact: Fact, ontology: Ontology) -> str | None:
    """The relation that dates what the fact tells the distance to."""
    what = dict(fact.qualifiers).get("what")
    name = what.value if isinstance(what, Literal) else None
    for relation, entry in sorted(ontology.lexicon.get("happenings", {}).items()):
        counted = name == "anniversary" and entry.get("anniversary", False)
        if counted or name in (*entry["nouns"], *entry["verbs"]):
            return str(relation)
    return None


def _is_off(fact: Fact, reference: str, values: Values) -> bool:
    """True where no day that the article may mean is that far from the day of the domain."""
    stated, happened = _years(fact), days(reference)
    told_at = dict(fact.qualifiers).get("date")
    spoken = days(told_at.value) if isinstance(told_at, Literal) else None
    if stated is None or spoken is None or happened is None:
        return False
    least, most = _between(spoken, happened) if stated > 0 else _between(happened, spoken)
    allowed = values.leeway(fact, abs(stated), _EARLY, _LATE)
    return allowed is not None and (most < allowed[0] or least > allowed[1])


def _years(fact: Fact) -> Decimal | None:
    value = fact.object
    text = value.value if isinstance(value, Literal) else ""
    lasts = years_months_days(text.removeprefix("-"))
    if lasts is None:
        return None
    years, months, more = lasts
    count = years + Decimal(months) / 12 + more / _YEAR
    return -count if text.startswith("-") else count


def _between(first: tuple[date, date], second: tuple[date, date]) -> tuple[Decimal, Decimal]:
    """Least and most years from one day, known as a range, to another."""
    least, most = (second[0] - first[1]).days, (second[1] - first[0]).days
    return Decimal(least) / _YEAR, Decimal(most) / _YEAR


def _slip(fact: Fact, relation: str, reference: str, ontology: Ontology) -> Discrepancy:
    words, what, day = (_words(v) for v in (fact.object, *map(dict(fact.qualifiers).get, _NAMED)))
    label = fact.subject.label
    message = f"{label}: “{words}” between {day} and “{what}”; the domain has {reference}"
    side = Side(f"{label} {told(relation, ontology)} {reference}", reference=fact.subject.id)
    sides = [fact_side(fact, ontology, words), side]
    return discrepancy(DiscrepancyKind.SLIP, fact.subject.id, fact.predicate, message, sides)


def _words(value: Entity | Literal | None) -> str:
    """What the article writes."""
    return (value.text or value.value) if isinstance(value, Literal) else ""
