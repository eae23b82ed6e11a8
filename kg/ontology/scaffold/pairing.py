"""Which relations are inverse of which, and which are below which, without contradiction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.ontology.scaffold.terms import DomainRelation

__all__ = ["paired"]


def paired(relations: tuple[DomainRelation, ...], notes: list[str]) -> tuple[DomainRelation, ...]:
    """Inverses on both sides where they agree; one that contradicts domain and range is dropped."""
    by_name = {r.name: r for r in relations}
    out = []
    for relation in relations:
        other = by_name.get(relation.inverse or "")
        if other is None:
            out.append(replace(relation, inverse=None))
            continue
        agree = set(relation.domain) == set(other.range) and set(relation.range) == set(
            other.domain
        )
        if other is relation or not agree or relation.value or other.value or relation.symmetric:
            notes.append(f"{relation.name} is no inverse of {other.name}: its sides do not agree")
            out.append(replace(relation, inverse=None))
        else:
            out.append(relation)
    acyclic = _without_cycles(out, notes)
    return tuple(sorted(acyclic, key=lambda r: r.name))


def _without_cycles(relations: list[DomainRelation], notes: list[str]) -> list[DomainRelation]:
    above: dict[str, tuple[str, ...]] = {}
    out = []
    for relation in relations:
        kept = []
        for parent in relation.parents:
            todo, seen = [parent], set()
            while todo:
                at = todo.pop()
                if at not in seen:
                    seen.add(at)
                    todo += above.get(at, ())
            if relation.name in seen:
                notes.append(f"{relation.name} below {parent} closes a cycle: left out")
            else:
                kept.append(parent)
        above[relation.name] = tuple(kept)
        out.append(replace(relation, parents=tuple(kept)))
    return out
