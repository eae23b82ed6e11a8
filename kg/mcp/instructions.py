"""What an assistant is told of a graph before it asks."""

from __future__ import annotations

from collections import Counter

from kg.mcp.lookup import Lookup
from kg.rdf.terms import PREFIXES

__all__ = ["instructions"]

_LISTED = 40  # relations, or classes


def instructions(lookup: Lookup) -> str:
    """How large the graph is, what it holds most of, and how its facts are to be used."""
    graph = lookup.graph
    relations = Counter(fact.predicate for fact in (*graph.facts, *graph.inferred))
    classes = Counter(entity.type for entity in graph.entities)
    prefixes = ", ".join(sorted({**PREFIXES, **lookup.ontology.prefixes}))
    return (
        f"A knowledge graph made of {len(graph.articles)} press articles: {len(graph.entities)} "
        f"entities, {len(graph.facts)} facts that articles state, {len(graph.inferred)} that rules "
        "draw from them. Each stated fact has the exact words that say it, a stance (asserted, "
        "planned, hedged, negated), and the speaker where it is somebody's claim. When you use a "
        "fact, quote these words and name the article; say so when it is planned, hedged, denied, "
        "inferred or contradicted.\n"
        f"Classes: {_most(classes)}\n"
        f"Relations: {_most(relations)}\n"
        f"Prefixes for sparql: {prefixes}. A statement node has rdf:subject, rdf:predicate, "
        "rdf:object, nr:stance and nr:evidence."
    )


def _most(counts: Counter[str]) -> str:
    names = [f"{name} ({count})" for name, count in sorted(counts.items(), key=_commonest)]
    more = len(names) - _LISTED
    return ", ".join(names[:_LISTED]) + (f" and {more} more" if more > 0 else "")


def _commonest(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]
