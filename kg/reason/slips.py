"""What an article states of a thing that the domain has reference data on, where they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.model.discrepancy import Discrepancy, DiscrepancyKind, Side
from kg.model.graph import Entity, Fact, KnowledgeGraph
from kg.model.statement import Literal, Modality
from kg.ontology.domain import KnownName, Ontology
from kg.reason.fulfilments import claim_key
from kg.reason.sides import discrepancy, fact_side, reservation, shown, told
from kg.reason.values import Values, days

__all__ = ["slips"]

_YEARS = ("year", "startDate", "endDate")  # of which each may name the year of an edition


def slips(graph: KnowledgeGraph, values: Values) -> Iterator[Discrepancy]:
    """Values of relations with one value that the domain's names contradict, one for each value.

    What other articles say in agreement with the domain is a side as well.
    """
    ontology = values.ontology
    groups: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in graph.facts:
        relation = ontology.relations.get(fact.predicate)
        known = ontology.names.get(fact.subject.id)
        if relation is None or known is None or not relation.functional:
            continue
        if fact.modality is not Modality.NEGATED and known.properties.get(fact.predicate):
            groups[fact.subject.id, fact.predicate].append(fact)
    for subject, predicate in sorted(groups):
        yield from _slips_of(groups[subject, predicate], ontology.names[subject], values)


def _slips_of(facts: Sequence[Fact], known: KnownName, values: Values) -> Iterator[Discrepancy]:
    wrong = [f for f in facts if _contradicts(f, known, values)]
    right = [f for f in facts if f not in wrong]
    in_lists = {e.span.article for f in right if isinstance(f.object, Entity) for e in f.evidence}
    by_value: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in wrong:
        # an article that names the right place too lists several: part of it may be elsewhere
        if not in_lists & {e.span.article for e in fact.evidence}:
            by_value[claim_key(fact)].append(fact)
    for key in sorted(by_value):
        yield _slip(by_value[key], right, known, values.ontology)


def _contradicts(fact: Fact, known: KnownName, values: Values) -> bool:
    reference = known.properties[fact.predicate]
    value = fact.object
    if isinstance(value, Entity):
        return all(_elsewhere(value, iri, values) for iri in reference)
    if fact.predicate in _YEARS and _is_year_of(value, known):
        return False
    return all(values.differ(value.value, right) for right in reference)


def _elsewhere(value: Entity, iri: str, values: Values) -> bool:
    name = values.ontology.names.get(iri)
    if name is None or not values.ontology.is_a(name.type, "Place"):
        return False  # of other things a name may have several
    return values.places.apart(value, Entity(iri, name.label, name.type))


def _is_year_of(value: Literal, known: KnownName) -> bool:
    """True when the year of a value is one that the edition is named by or takes place in."""
    stated = days(value.value)
    if stated is None or len(value.value) > len("2020"):
        return False
    named = (days(text) for name in _YEARS for text in known.properties.get(name, ()))
    return any(d is not None and d[0].year == stated[0].year for d in named)


def _slip(
    wrong: Sequence[Fact], right: Sequence[Fact], known: KnownName, ontology: Ontology
) -> Discrepancy:
    first = wrong[0]
    relation = told(first.predicate, ontology)
    reference = " or ".join(_label(v, ontology) for v in known.properties[first.predicate])
    noted = dict.fromkeys(reservation(f) for f in wrong)
    stated = shown(first.object) + (next(iter(noted)) if len(noted) == 1 else "")
    message = f"{known.label} {relation} {stated}; the domain has {reference}"
    sides = [fact_side(f, ontology) for f in (*wrong, *right)]
    sides.append(Side(f"{known.label} {relation} {reference}", reference=known.iri))
    return discrepancy(DiscrepancyKind.SLIP, known.iri, first.predicate, message, sides)


def _label(value: str, ontology: Ontology) -> str:
    known = ontology.names.get(value)
    return known.label if known is not None else value
