"""A way to say a relation: what triggers it, and where subject and object stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.ontology.scaffold.words import english_table

__all__ = ["DERIVED", "GENERAL", "LABEL", "Sides", "Way", "dated"]

# priors: of the label's own words, of what follows from them, of what any verb says
LABEL, DERIVED, GENERAL = 0.6, 0.55, 0.45


@dataclass(frozen=True, slots=True)
class Sides:
    """What the sides of a relation are, as far as ways depend on it.

    `value` is that of DomainRelation; the rest tells whether the object is a place, a person or an
    organisation. `subject_words` denote the subject's classes.
    """

    value: str | None
    place: bool = False
    agent: bool = False
    person: bool = False
    subject_words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Way:
    """A frame to be: what triggers it, and where subject and object stand."""

    kind: str  # "verb", "noun", "adjective" or "attached"
    words: tuple[str, ...]
    subject: tuple[str, ...]
    object: tuple[str, ...]
    prior: float = LABEL
    modifiers: tuple[str, ...] = ()


def dated(verbs: tuple[str, ...]) -> Iterator[Way]:
    """The way to say when what the verbs tell of happened; none without verbs."""
    if verbs:
        slots = tuple(english_table()["said_of_dates"]["prepositions"])
        yield Way("verb", verbs, ("patient", "agent"), slots, LABEL)
