"""Entities by name, those with the most facts first.

Short queries one after the other: one query for all of it took more than thirty seconds of a graph
of 800,000 quads, these take a third of one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import pyoxigraph as ox

from kg.model.wording import spaced
from kg.rdf.guarded import GuardedStore
from kg.serve.classes import local_name, narrow_first

__all__ = ["SHOWN", "Found", "search"]

SHOWN = 200  # entities
_LOOKED_AT = 2000  # entities that have the words in a name, of which the most told of are shown

# Quantities, quotations and articles are things of the graph that nobody looks for by name.
_KINDS = " ".join(
    f"FILTER NOT EXISTS {{ ?entity a {kind} }}"
    for kind in ("nr:Quantity", "nr:Quotation", "nr:Article")
)
_TOLD_OF = f"""SELECT ?entity (COUNT(?statement) AS ?facts) WHERE {{
  {{ ?statement rdf:subject ?entity }} UNION {{ ?statement rdf:object ?entity }}
  ?entity a nr:Entity {_KINDS}
}} GROUP BY ?entity ORDER BY DESC(?facts) ?entity LIMIT {SHOWN + 1}"""
_CALLED = """SELECT DISTINCT ?entity WHERE {
  VALUES ?says { schema:name skos:altLabel skos:hiddenLabel nr:surfaceForm }
  ?entity ?says ?form FILTER (CONTAINS(LCASE(?form), LCASE(%s)))
  ?entity a nr:Entity %s
} ORDER BY ?entity LIMIT %d"""
_COUNTS = """SELECT ?entity (COUNT(?statement) AS ?facts) WHERE {
  VALUES ?entity { %s } { ?statement rdf:subject ?entity } UNION { ?statement rdf:object ?entity }
} GROUP BY ?entity"""
_DETAILS = """SELECT ?entity ?name ?type WHERE {
  VALUES ?entity { %s } ?entity schema:name ?name ; a ?type
} ORDER BY ?entity ?name ?type"""
_ANY = f"SELECT DISTINCT ?entity WHERE {{ ?entity a nr:Entity {_KINDS} }} ORDER BY ?entity LIMIT %d"


@dataclass(frozen=True, slots=True)
class Found:
    """An entity, its classes, narrowest first, and how many statements have it as an end."""

    iri: str
    name: str
    types: tuple[str, ...]
    facts: int


def search(store: GuardedStore, words: str) -> tuple[list[Found], bool]:
    """At most SHOWN entities with the words in one of their names, and whether there are more.

    Case does not matter; no words: those with the most facts. Raises QueryError as the store does.
    """
    if words:
        query = _CALLED % (ox.Literal(words), _KINDS, _LOOKED_AT)
        entities = [str(entity) for (entity,) in store.result(query).rows]
        facts = _counts(store, _COUNTS % " ".join(entities)) if entities else {}
    else:
        facts = _counts(store, _TOLD_OF)
        entities = list(facts)
        if len(entities) <= SHOWN:
            rest = store.result(_ANY % (SHOWN + 1 + len(entities))).rows
            entities += [iri for (entity,) in rest if (iri := str(entity)) not in facts]
    ranked = sorted(entities, key=lambda entity: (-facts.get(entity, 0), entity))
    shown = ranked[:SHOWN]
    names: dict[str, str] = {}
    types: dict[str, set[str]] = defaultdict(set)
    details = store.result(_DETAILS % " ".join(shown)).rows if shown else ()
    for entity, name, type_ in details:
        key = str(entity)
        names.setdefault(key, getattr(name, "value", ""))
        types[key].add(getattr(type_, "value", ""))
    classes = narrow_first(store, {iri for iris in types.values() for iri in iris})
    found = [
        Found(
            key[1:-1],
            names.get(key, key[1:-1]),
            tuple(spaced(local_name(iri)) for iri in classes if iri in types[key]),
            facts.get(key, 0),
        )
        for key in shown
    ]
    found.sort(key=lambda one: (-one.facts, one.name.casefold(), one.iri))
    return found, len(ranked) > SHOWN


def _counts(store: GuardedStore, query: str) -> dict[str, int]:
    rows = store.result(query).rows
    return {str(entity): int(getattr(count, "value", "0")) for entity, count in rows}
