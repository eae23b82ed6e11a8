"""One discrepancy a line: what does not fit together, with the words of each side."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.export.lines import escaped
from kg.model.discrepancy import Discrepancy, Side
from kg.model.graph import Fact, KnowledgeGraph

if TYPE_CHECKING:
    from kg.ontology.domain import Ontology

__all__ = ["read_discrepancies", "render_discrepancies"]

_FIELDS = ("id", "kind", "subject", "predicate", "message", "sides")


def render_discrepancies(graph: KnowledgeGraph, ontology: Ontology) -> str:
    """The discrepancies in the order of their ids; keys in one order."""
    facts = {fact.id: fact for fact in graph.facts}
    labels = {entity.id: entity.label for entity in graph.entities}
    records = (_record(item, facts, labels) for item in graph.discrepancies)
    return "".join(escaped(json.dumps(r, ensure_ascii=False)) + "\n" for r in records)


def _record(
    item: Discrepancy, facts: dict[str, Fact], labels: dict[str, str]
) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": str(item.kind),
        "subject": {"id": item.subject, "label": labels.get(item.subject, item.subject)},
        "predicate": item.predicate,
        "message": item.message,
        "sides": [_side(side, facts) for side in item.sides],
    }


def _side(side: Side, facts: dict[str, Fact]) -> dict[str, Any]:
    fact = facts.get(side.fact or "")
    speaker = fact.attributed_to.label if fact is not None and fact.attributed_to else None
    return {
        "says": side.says,
        "fact": side.fact,
        "modality": str(fact.modality) if fact is not None else None,
        "attributed_to": speaker,
        "reference": side.reference,
        "evidence": [
            {
                "article": e.span.article,
                "start": e.span.start,
                "end": e.span.end,
                "quote": e.quote,
                "voice": str(e.voice),
            }
            for e in side.evidence
        ],
    }
