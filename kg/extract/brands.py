"""Offerings that carry the name of an organisation ("Acme Pay" of Acme)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.aliases import words
from kg.extract.drafts import Draft, Place, Reading

__all__ = ["BrandFact", "brand_facts"]


@dataclass(frozen=True, slots=True)
class BrandFact:
    """What the name of an offering tells of its owner, and where it stands."""

    subject: Draft
    predicate: str
    object: Draft
    place: Place


def _without_form(name: tuple[str, ...], endings: frozenset[str]) -> tuple[str, ...]:
    """The words of a name without its legal form; a name that is nothing else stays."""
    while len(name) > 1 and name[-1].rstrip(".") in endings:
        name = name[:-1]
    return name


def brand_facts(reading: Reading) -> Iterator[BrandFact]:
    """Facts for every mention of an offering that bears the name of an organisation.

    The lexicon says which relations, by the class of the offering.
    """
    owners = {
        _without_form(words(name), reading.lexicon.company_endings): draft
        for draft in reading.drafts
        if draft.named and reading.is_a(draft, ("Organization",))
        for name in (draft.label, *(reading.text(p) for p in draft.places))
    }
    for draft in list(reading.drafts):
        predicates = reading.lexicon.branded.get(draft.type or "", ())
        if not draft.named or not draft.is_firm or not predicates:
            continue
        mine = words(draft.label)
        beginnings = (mine[:n] for n in range(len(mine) - 1, 0, -1))
        owner = next((owners[b] for b in beginnings if b in owners), None)
        if owner is None or owner is draft:
            continue
        for predicate in predicates:
            relation = reading.ontology.relations.get(predicate)
            if relation is None:
                continue
            owns = reading.is_a(owner, relation.domain)
            subject, obj = (owner, draft) if owns else (draft, owner)
            for place in sorted(draft.places):
                yield BrandFact(subject, predicate, obj, place)
