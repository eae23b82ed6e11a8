"""A page with a bit of everything, for the tests of who can use it and of what breaks it."""

from __future__ import annotations

from dataclasses import replace

from kg.model.discrepancy import Discrepancy, DiscrepancyKind, Side
from kg.model.graph import KnowledgeGraph
from kg.model.statement import Modality
from tests.showcase import showcase_graph

__all__ = ["disagreeing_graph"]


def disagreeing_graph() -> KnowledgeGraph:
    """The showcase, of which two facts do not fit together."""
    graph = showcase_graph()
    denied = next(fact for fact in graph.facts if fact.modality is Modality.NEGATED)
    other = next(fact for fact in graph.facts if fact.subject == denied.subject and fact != denied)
    sides = tuple(Side(f.evidence[0].quote, f.evidence, f.id) for f in (denied, other))
    message = f"What {denied.subject.label} did is stated and denied."
    found = Discrepancy(
        "d1", DiscrepancyKind.DENIAL, denied.subject.id, denied.predicate, message, sides
    )
    return replace(graph, discrepancies=(found,))
