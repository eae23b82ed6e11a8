"""Times: what is impossible, and what two tellings of one claim differ in.

Three times stay apart. When an article was published says nothing of when a fact holds: that is in
the fact's value or qualifiers. When the graph was built is in neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from kg.model.discrepancy import Discrepancy, DiscrepancyKind, Side
from kg.model.graph import Entity, Fact, KnowledgeGraph
from kg.model.statement import Literal, Modality
from kg.ontology.domain import Ontology
from kg.reason.editions import is_one_edition
from kg.reason.fulfilments import claim_key, dates_of
from kg.reason.sides import discrepancy, fact_side, said, shown
from kg.reason.validity import Period, period_of
from kg.reason.values import Days, apart, days

__all__ = ["differing_periods", "impossible_times"]

# What can do something to one another; a product or place may be older than who has it today.
_PARTIES = ("Agent", "Event")
PERIOD = ("start", "end", "duration", "date")


def impossible_times(graph: KnowledgeGraph, ontology: Ontology) -> Iterator[Discrepancy]:
    """Ends before starts, and deeds before the founding of who did them."""
    dated: dict[str, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in graph.facts:
        if fact.modality is Modality.NEGATED:
            continue
        yield from _within(fact, ontology)
        if fact.predicate in ("startDate", "endDate", "foundedIn"):
            dated[fact.subject.id][fact.predicate].append(fact)
    for subject in sorted(dated):
        yield from _end_before_start(dated[subject], ontology)
    yield from _before_founding(graph.facts, dated, ontology)


def _within(fact: Fact, ontology: Ontology) -> Iterator[Discrepancy]:
    """The qualifiers of one fact against each other."""
    period = period_of(fact)
    values = dict(fact.qualifiers)
    label = fact.subject.label
    if period.start and period.end and period.end[1] < period.start[0]:
        ends, starts = shown(values["end"]), shown(values["start"])
        sides = [_qualified(fact, "start", starts), _qualified(fact, "end", ends)]
        message = f"{said(fact, ontology)}: it ends in {ends}, before it starts in {starts}"
        yield _impossible(fact, message, sides)
    elif apart(period.end, period.implied_end):
        ends, starts, lasts = (shown(values[name]) for name in ("end", "start", "duration"))
        sides = [_qualified(fact, "duration", lasts), _qualified(fact, "end", ends)]
        message = f"{label}: {lasts} from {starts} does not end in {ends}"
        yield _impossible(fact, message, sides)


def _qualified(fact: Fact, name: str, value: str) -> Side:
    return Side(f"{name} {value}", fact.evidence, fact.id)


def _impossible(fact: Fact, message: str, sides: Sequence[Side]) -> Discrepancy:
    return discrepancy(DiscrepancyKind.TIME, fact.subject.id, fact.predicate, message, sides)


def _end_before_start(
    dated: Mapping[str, Sequence[Fact]], ontology: Ontology
) -> Iterator[Discrepancy]:
    """An end of something that happens once before each start that is given of it."""
    starts, ends = dated.get("startDate", ()), dated.get("endDate", ())
    for end in ends:
        last = _days_of(end)
        first = [_days_of(start) for start in starts]
        if last is None or not first or not is_one_time(end.subject, ontology):
            continue
        if all(day is not None and last[1] < day[0] for day in first):
            sides = [fact_side(f, ontology) for f in (*starts, end)]
            message = f"{end.subject.label} ends in {shown(end.object)}, before it starts"
            yield _impossible(end, message, sides)


def is_one_time(subject: Entity, ontology: Ontology) -> bool:
    """True for what does not come again under its name: this year's fair ends before the next."""
    return not ontology.is_a(subject.type, "Event") or is_one_edition(subject, ontology)


def _days_of(fact: Fact) -> Days | None:
    return days(fact.object.value) if isinstance(fact.object, Literal) else None


def _before_founding(
    facts: Sequence[Fact], dated: Mapping[str, Mapping[str, Sequence[Fact]]], ontology: Ontology
) -> Iterator[Discrepancy]:
    """What a party did before each year that it is said to be founded in."""
    for fact in facts:
        if not _is_deed(fact, ontology):
            continue
        when = next((v for n, v in fact.qualifiers if n in ("start", "date")), None)
        day = days(when.value) if isinstance(when, Literal) else None
        for party in (fact.subject, fact.object):
            founded = (
                dated.get(party.id, {}).get("foundedIn", ()) if isinstance(party, Entity) else ()
            )
            firsts = [_days_of(f) for f in founded]
            if day is None or not firsts or isinstance(party, Literal):
                continue
            if all(first is not None and day[1] < first[0] for first in firsts):
                sides = [*(fact_side(f, ontology) for f in founded), fact_side(fact, ontology)]
                message = (
                    f"{said(fact, ontology)} in {day[0].year}, before {party.label} was founded"
                )
                yield discrepancy(DiscrepancyKind.TIME, party.id, fact.predicate, message, sides)


def _is_deed(fact: Fact, ontology: Ontology) -> bool:
    """True for what one party is said to have done with another."""
    ends = (fact.subject, fact.object)
    parties = all(isinstance(e, Entity) and ontology.is_any(e.type, _PARTIES) for e in ends)
    return parties and fact.modality is Modality.ASSERTED


def differing_periods(graph: KnowledgeGraph, ontology: Ontology) -> Iterator[Discrepancy]:
    """Claims for which sources give periods that are not one and do not follow one another."""
    published = dates_of(graph)
    claims: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in graph.facts:
        if fact.modality is not Modality.NEGATED and any(n in PERIOD for n, _ in fact.qualifiers):
            claims[(*claim_key(fact), _roles(fact))].append(fact)
    for key in sorted(claims):
        found: dict[str, Fact] = {}
        for one, other in combinations(claims[key], 2):
            if _tell_apart(one, other) and _contradict(one, other, published):
                found |= {one.id: one, other.id: other}
        if found:
            order = sorted(found.values(), key=lambda f: (f.evidence[0].span, f.id))
            yield _differing(order, ontology)


def _roles(fact: Fact) -> str:
    """What two claims of different posts, ranks or parties differ in."""
    names = ("role", "level", "with", "place", "what")
    return "\x1f".join(f"{n}={shown(v).casefold()}" for n, v in fact.qualifiers if n in names)


def _tell_apart(one: Fact, other: Fact) -> bool:
    """True where two sources speak, or one that means one deal: it repeats one of its terms.

    Else an article may tell of a deal and of its renewal.
    """
    articles = {e.span.article for e in one.evidence} & {e.span.article for e in other.evidence}
    if not articles or one.attributed_to != other.attributed_to:
        return True
    mine, theirs = dict(one.qualifiers), dict(other.qualifiers)
    shared = (n for n in PERIOD if n in mine and n in theirs)
    return any(shown(mine[name]) == shown(theirs[name]) for name in shared)


def _contradict(one: Fact, other: Fact, published: Mapping[str, Days]) -> bool:
    left, right = period_of(one), period_of(other)
    if left.start and right.start:
        if apart(left.start, right.start):
            return not _follow(left, right)
        return apart(left.any_end, right.any_end) and not _extended(one, other, published)
    return apart(left.end, right.end) and not _extended(one, other, published)


def _follow(one: Period, other: Period) -> bool:
    """True when the later of two periods may be another one: a renewal, a new deal."""
    first, second = sorted((one, other), key=lambda p: p.start or (p.any_end or ()))
    if first.any_end is None:
        return second.any_end is not None
    return second.start is not None and first.any_end[0] <= second.start[1]


def _extended(one: Fact, other: Fact, published: Mapping[str, Days]) -> bool:
    """True when the later of two dated articles gives the later end: news, and no contradiction."""
    dates = [
        [published[e.span.article] for e in f.evidence if e.span.article in published]
        for f in (one, other)
    ]
    ends = [period_of(f).any_end for f in (one, other)]
    if not dates[0] or not dates[1] or ends[0] is None or ends[1] is None:
        return False
    first, second = min(dates[0]), min(dates[1])
    return apart(first, second) and (first < second) == (ends[0] < ends[1])


def _differing(facts: Sequence[Fact], ontology: Ontology) -> Discrepancy:
    first = facts[0]
    periods = dict.fromkeys(_period_text(f) for f in facts)
    message = f"{said(first, ontology)}: {' or '.join(periods)}"
    sides = [fact_side(f, ontology, f"{said(f, ontology)}, {_period_text(f)}") for f in facts]
    return discrepancy(DiscrepancyKind.CONFLICT, first.subject.id, first.predicate, message, sides)


def _period_text(fact: Fact) -> str:
    return ", ".join(f"{n} {shown(v)}" for n, v in fact.qualifiers if n in PERIOD)
