"""All that does not fit together in a graph; nothing is changed or taken out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.model.discrepancy import Discrepancy
from kg.model.graph import KnowledgeGraph
from kg.ontology.domain import Ontology
from kg.reason.conflicts import conflicts, denials
from kg.reason.intervals import interval_slips
from kg.reason.places import places_of
from kg.reason.slips import slips
from kg.reason.times import differing_periods, impossible_times
from kg.reason.types import type_conflicts
from kg.reason.typos import typos
from kg.reason.values import Values

__all__ = ["discrepancies"]


def discrepancies(graph: KnowledgeGraph, ontology: Ontology) -> tuple[Discrepancy, ...]:
    """The discrepancies of the stated facts and mentions, sorted by id.

    Sides stand in the order of their places. Only what is certain: values that may both be right,
    of things that may not be the same time or thing, are none.
    """
    graph = replace(
        graph, facts=tuple(sorted(graph.facts, key=lambda f: (f.evidence[0].span, f.id)))
    )
    found = {item.id: item for item in _all(graph, ontology)}
    return tuple(found[key] for key in sorted(found))


def _all(graph: KnowledgeGraph, ontology: Ontology) -> Iterator[Discrepancy]:
    values = Values(ontology, places_of(graph, ontology))
    yield from typos(graph, ontology)
    yield from slips(graph, values)
    yield from interval_slips(graph, values)
    yield from conflicts(graph, values)
    yield from denials(graph, ontology)
    yield from differing_periods(graph, ontology)
    yield from impossible_times(graph, ontology)
    yield from type_conflicts(graph, ontology)
