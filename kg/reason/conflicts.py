"""Facts that contradict one another: two values of what has one, a claim and its denial."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.model.discrepancy import Discrepancy, DiscrepancyKind
from kg.model.graph import Entity, Fact, KnowledgeGraph
from kg.model.statement import Literal, Modality
from kg.ontology.domain import Ontology, Relation
from kg.reason.editions import is_one_edition
from kg.reason.fulfilments import claim_key
from kg.reason.sides import discrepancy, fact_side, reservation, shown, told
from kg.reason.values import Values, days

__all__ = ["conflicts", "denials"]

# What narrows a value: it is compared only where these are the same.
NARROWING = ("unit", "with", "place", "what")
# What an event or an offering may have again: the next fair, the launch in another country.
OCCASIONAL = frozenset({"year", "startDate", "endDate", "heldIn"})
REPEATED = ("Event", "Offering")


def conflicts(graph: KnowledgeGraph, values: Values) -> Iterator[Discrepancy]:
    """Relations with one value for which the facts give several, one discrepancy for each.

    What the domain's reference data decides is left to `kg.reason.slips`.
    """
    ontology = values.ontology
    groups: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in graph.facts:
        relation = ontology.relations.get(fact.predicate)
        if relation is None or not relation.functional or fact.modality is Modality.NEGATED:
            continue
        known = ontology.names.get(fact.subject.id)
        if known is None or fact.predicate not in known.properties:
            groups[fact.subject.id, fact.predicate, *_narrowed(fact)].append(fact)
    for key in sorted(groups):
        relation = ontology.relations[key[1]]
        found = _contradicting(groups[key], relation, values)
        if found:
            yield _conflict(found, ontology)


def _narrowed(fact: Fact) -> Iterator[str]:
    qualifiers = dict(fact.qualifiers)
    for name in NARROWING:
        value = qualifiers.get(name)
        if isinstance(value, Entity):
            yield value.id
        else:
            yield " ".join(value.value.casefold().split()) if value is not None else ""


def _contradicting(facts: Sequence[Fact], relation: Relation, values: Values) -> list[Fact]:
    """The facts that contradict another one, in the order of their first evidence."""
    by_value: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_value["\x1f".join((*claim_key(fact), _bound(fact)))].append(fact)
    found: dict[str, Fact] = {}
    for left, right in combinations(sorted(by_value), 2):
        if not values.contradict(relation, by_value[left][0], by_value[right][0]):
            continue
        for one in by_value[left]:
            for other in by_value[right]:
                if _of_one_occasion(one, other, values.ontology):
                    found |= {one.id: one, other.id: other}
    return sorted(found.values(), key=lambda f: (f.evidence[0].span, f.id))


def _bound(fact: Fact) -> str:
    value = dict(fact.qualifiers).get("comparator")
    return value.value if isinstance(value, Literal) else ""


def _of_one_occasion(one: Fact, other: Fact, ontology: Ontology) -> bool:
    """False where both may be right because the subject happens, or begins, more than once.

    A fair takes place every year, an offering comes to one country after the other, and one article
    may tell of several such times.
    """
    subject = one.subject
    repeated = one.predicate in OCCASIONAL and ontology.is_any(subject.type, REPEATED)
    if not repeated or is_one_edition(subject, ontology):
        return True
    if one.attributed_to == other.attributed_to and _articles(one) & _articles(other):
        return False
    if ontology.is_a(subject.type, "Offering"):
        return True
    left, right = one.object, other.object
    if not isinstance(left, Literal) or not isinstance(right, Literal):
        return False
    first, second = days(left.value), days(right.value)
    return first is not None and second is not None and first[0].year == second[0].year


def _articles(fact: Fact) -> set[str]:
    return {item.span.article for item in fact.evidence}


def _conflict(facts: Sequence[Fact], ontology: Ontology) -> Discrepancy:
    first = facts[0]
    stated = dict.fromkeys(shown(f.object) + reservation(f) for f in facts)
    message = (
        f"{first.subject.label} {told(first.predicate, ontology)} {' or '.join(stated)}: "
        "it can be only one"
    )
    sides = [fact_side(f, ontology) for f in facts]
    return discrepancy(DiscrepancyKind.CONFLICT, first.subject.id, first.predicate, message, sides)


@dataclass(frozen=True, slots=True)
class _Stances:
    stated: list[Fact]
    denied: list[Fact]


def denials(graph: KnowledgeGraph, ontology: Ontology) -> Iterator[Discrepancy]:
    """Claims that one article or speaker makes and another denies, one discrepancy for each.

    A plan that is denied elsewhere was dropped, or has not come true: that is a denial as well.
    """
    claims: dict[tuple[str, ...], _Stances] = defaultdict(lambda: _Stances([], []))
    for fact in graph.facts:
        stances = claims[claim_key(fact)]
        (stances.denied if fact.modality is Modality.NEGATED else stances.stated).append(fact)
    for key in sorted(claims):
        pairs = [
            (yes, no)
            for no in claims[key].denied
            for yes in claims[key].stated
            if _differ_in_source(yes, no) and _of_one_time(yes, no)
        ]
        if pairs:
            facts = {f.id: f for pair in pairs for f in pair}
            order = sorted(
                facts.values(), key=lambda f: (f.modality is Modality.NEGATED, f.evidence[0].span)
            )
            yield _denial(order, ontology)


def _differ_in_source(one: Fact, other: Fact) -> bool:
    return one.attributed_to != other.attributed_to or not _articles(one) & _articles(other)


def _of_one_time(one: Fact, other: Fact) -> bool:
    """False where the two say of different times that it is so, and is not."""
    mine, theirs = dict(one.qualifiers), dict(other.qualifiers)
    for name in ("date", "start", "end"):
        left, right = mine.get(name), theirs.get(name)
        if (left is None) != (right is None) or left is None or right is None:
            continue
        if shown(left) != shown(right):
            return False
    return True


def _denial(facts: Sequence[Fact], ontology: Ontology) -> Discrepancy:
    first = facts[0]
    claim = f"{first.subject.label} {told(first.predicate, ontology)} {shown(first.object)}"
    planned = all(f.modality in (Modality.PLANNED, Modality.NEGATED) for f in facts)
    how = "planned in one place and denied in another" if planned else "stated and denied"
    sides = [fact_side(f, ontology) for f in facts]
    return discrepancy(
        DiscrepancyKind.DENIAL, first.subject.id, first.predicate, f"{claim}: {how}", sides
    )
