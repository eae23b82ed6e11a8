"""Classes of entities, the narrowest first: what somebody wants to read of Acme is "company"."""

from __future__ import annotations

from collections.abc import Iterable

from kg.rdf.guarded import GuardedStore
from kg.rdf.terms import NR

__all__ = ["local_name", "narrow_first"]

_SIZES = """SELECT ?class (COUNT(?entity) AS ?entities) WHERE {
  VALUES ?class { %s } ?entity a ?class
} GROUP BY ?class"""


def narrow_first(store: GuardedStore, classes: Iterable[str]) -> list[str]:
    """IRIs of classes without nr:Entity, those with the fewest entities first, then by IRI.

    The graph states every class above a class too, so a wider one never has fewer. Raises
    QueryError as the store does.
    """
    found = sorted(set(classes) - {NR["Entity"].value})
    if not found:
        return []
    rows = store.result(_SIZES % " ".join(f"<{iri}>" for iri in found)).rows
    sizes = {getattr(c, "value", ""): int(getattr(n, "value", "0")) for c, n in rows}
    return sorted(found, key=lambda iri: (sizes.get(iri, 0), iri))


def local_name(iri: str) -> str:
    """What comes behind the last # of an IRI, or behind its last / where it has none."""
    return iri.rpartition("#")[2] if "#" in iri else iri.rpartition("/")[2]
