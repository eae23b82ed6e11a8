"""What somebody else's record may be of an entity: proposed, not yet believed."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LinkCandidate"]


@dataclass(frozen=True, slots=True, order=True)
class LinkCandidate:
    """An entity and an external IRI that may denote the same thing.

    Scores of two sources cannot be compared: a gazetteer's lie in [0, 1], a service's are its own.
    """

    entity: str  # canonical id
    iri: str
    label: str  # what the source calls it, with what tells it from others of that name
    score: float
    reason: str
    source: str  # name of a gazetteer, or address of a service
    accepted: bool = False
