"""Facts and conflicts as records, with the words that say them and where those stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.errors import UnknownNameError
from kg.mcp.lookup import Lookup, short_name
from kg.mcp.records import (
    Conflict,
    Conflicts,
    ConflictSide,
    EntityFacts,
    EntityRef,
    FactRecord,
    Quote,
)
from kg.model.discrepancy import Discrepancy, Side
from kg.model.graph import Entity, Fact
from kg.model.statement import Evidence, Literal
from kg.model.wording import close_names, shortened

__all__ = ["conflicts", "entity_facts", "fact_record"]

_QUOTES = 5  # of one fact
_QUOTE = 1_000  # characters


def entity_facts(
    lookup: Lookup,
    name: str,
    *,
    relation: str | None = None,
    stance: str | None = None,
    inferred: bool = True,
    limit: int = 25,
    offset: int = 0,
) -> EntityFacts:
    """The facts about an entity, surest first, without the first `offset`.

    Raises UnknownNameError for an entity or relation that nobody knows, as `Lookup.entity`.
    """
    entity = lookup.entity(name)
    known = lookup.ontology.relations
    if relation is not None and relation not in known:
        raise UnknownNameError("relation", relation, close_names(relation, known))
    found = [
        fact
        for fact in lookup.facts_of.get(entity.id, ())
        if relation in (None, fact.predicate)
        and stance in (None, str(fact.modality))
        and (inferred or fact.derived_by is None)
    ]
    shown = [fact_record(lookup, fact) for fact in found[offset : offset + limit]]
    return EntityFacts(lookup.ref(entity), len(found), shown)


def conflicts(
    lookup: Lookup, *, kind: str | None = None, name: str | None = None, limit: int = 20
) -> Conflicts:
    """What does not fit together, of that kind and about that entity where they are given."""
    about = None if name is None else lookup.entity(name).id
    found = [
        item
        for item in lookup.graph.discrepancies
        if kind in (None, str(item.kind)) and about in (None, item.subject)
    ]
    found.sort(key=lambda item: (item.kind, item.subject, item.id))
    return Conflicts(len(found), [_conflict(lookup, item) for item in found[:limit]])


def fact_record(lookup: Lookup, fact: Fact) -> FactRecord:
    """A fact as it is told, with its first quotes."""
    quotes, more = _quotes(lookup, fact.evidence)
    speaker = fact.attributed_to
    return FactRecord(
        id=fact.id,
        subject=lookup.ref(fact.subject),
        relation=fact.predicate,
        object=_value(lookup, fact.object),
        stance=str(fact.modality),
        speaker=None if speaker is None else lookup.ref(speaker),
        confidence=round(fact.confidence, 4),
        sources=fact.sources,
        qualifiers={key: _text(value) for key, value in fact.qualifiers},
        quotes=quotes,
        more_quotes=more,
        inferred_by=fact.derived_by,
        premises=list(fact.premises) if fact.derived_by is not None else None,
    )


def _conflict(lookup: Lookup, item: Discrepancy) -> Conflict:
    subject = lookup.entities.get(item.subject)
    named = EntityRef(item.subject, item.subject, "") if subject is None else lookup.ref(subject)
    sides = [_side(lookup, side) for side in item.sides]
    return Conflict(item.id, str(item.kind), named, item.predicate, item.message, sides)


def _side(lookup: Lookup, side: Side) -> ConflictSide:
    quotes, more = _quotes(lookup, side.evidence)
    return ConflictSide(shortened(side.says, _QUOTE), side.fact, side.reference, quotes, more)


def _quotes(lookup: Lookup, evidence: Sequence[Evidence]) -> tuple[list[Quote], int]:
    """The first quotes, and how many more there are."""
    return [_quote(lookup, item) for item in evidence[:_QUOTES]], max(0, len(evidence) - _QUOTES)


def _quote(lookup: Lookup, item: Evidence) -> Quote:
    span = item.span
    article = lookup.articles.get(span.article)
    quote = Quote(
        span.article, span.start, span.end, shortened(item.quote, _QUOTE), str(item.voice)
    )
    if article is None:
        return quote
    title = None if article.title is None else short_name(article.title)
    return replace(quote, title=title, url=article.url, published=article.published)


def _value(lookup: Lookup, value: Entity | Literal) -> EntityRef | str:
    return lookup.ref(value) if isinstance(value, Entity) else _text(value)


def _text(value: Entity | Literal) -> str:
    """A label, or the normal form of a literal."""
    return shortened(value.label if isinstance(value, Entity) else value.value, _QUOTE)
