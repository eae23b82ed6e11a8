"""What is said about a claim: its type, its stance, its qualifiers, its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.model.graph import Entity, Fact
from kg.model.statement import Evidence, Literal, Modality
from kg.property_graph.model import PropertyValue
from kg.property_graph.names import CLAIMED, DENIED, INFERRED, Names
from kg.property_graph.values import ID, TEXT, clean

__all__ = [
    "claim_properties",
    "evidence_arrays",
    "evidence_properties",
    "prefix_of",
    "qualifier_properties",
    "texts",
    "without_gaps",
]

Pairs = Iterator[tuple[str, PropertyValue | None]]


def prefix_of(fact: Fact) -> str:
    """What stands before the relationship type; nothing only if an article vouches for the fact."""
    if fact.modality is Modality.NEGATED:
        return DENIED
    if not fact.is_plain:
        return CLAIMED
    return INFERRED if fact.derived_by is not None else ""


def claim_properties(names: Names, fact: Fact, fulfilled: Iterable[str] = ()) -> Pairs:
    """What holds of a fact whatever it is about; None for what it does not have."""
    speaker = fact.attributed_to
    yield "factId", fact.id
    yield "relation", fact.predicate
    yield "stance", str(fact.modality)
    yield "plain", fact.is_plain
    yield "confidence", round(fact.confidence, 4)
    yield "sources", fact.sources
    yield "inferred", fact.derived_by is not None
    yield "derivedBy", clean(fact.derived_by) if fact.derived_by is not None else None
    yield "premises", texts(fact.premises)
    yield "fulfilledBy", texts(fulfilled)
    yield "speaker", clean(speaker.label) if speaker is not None else None
    yield "speakerId", speaker.id if speaker is not None else None
    yield from qualifier_properties(names, fact.qualifiers)


def qualifier_properties(names: Names, qualifiers: Iterable[tuple[str, Entity | Literal]]) -> Pairs:
    """Each qualifier by the name of its relation; the id of an entity, the words of a literal.

    The words are left out where they are the value.
    """
    for qualifier, value in qualifiers:
        name, shape = names.property(qualifier), names.shape(qualifier)
        if isinstance(value, Literal):
            yield from shape.properties(name, value)
            yield name + TEXT, clean(value.text) if value.text not in ("", value.value) else None
            continue
        yield name + ID, value.id
        if shape.type == "string":
            yield name, clean(value.label)


def evidence_properties(item: Evidence) -> dict[str, PropertyValue]:
    """One place of evidence."""
    return without_gaps(
        {
            "quote": clean(item.quote),
            "startChar": item.span.start,
            "endChar": item.span.end,
            "voice": str(item.voice),
            "extractor": clean(item.extractor),
            "cues": texts(item.cues),
        }
    )


def evidence_arrays(evidence: Iterable[Evidence]) -> dict[str, PropertyValue]:
    """All places of evidence as arrays in step with each other; `cues` are of all together."""
    items = tuple(evidence)
    return without_gaps(
        {
            "quotes": tuple(clean(item.quote) for item in items),
            "articles": tuple(clean(item.span.article) for item in items),
            "startChars": tuple(item.span.start for item in items),
            "endChars": tuple(item.span.end for item in items),
            "voices": tuple(str(item.voice) for item in items),
            "extractors": tuple(clean(item.extractor) for item in items),
            "cues": texts(sorted({cue for item in items for cue in item.cues})),
        }
    )


def texts(values: Iterable[str]) -> tuple[str, ...]:
    """The texts as an array property."""
    return tuple(clean(value) for value in values)


def without_gaps(values: Mapping[str, PropertyValue | None]) -> dict[str, PropertyValue]:
    """The properties by name, without what is not known and without empty arrays."""
    return {
        name: value for name, value in sorted(values.items()) if value is not None and value != ()
    }
