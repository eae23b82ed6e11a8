"""What a person decided about the graph; it outranks every score."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Decision", "DecisionKind"]


class DecisionKind(StrEnum):
    """What a decision is about."""

    MERGE = "merge"  # whether two ids denote one thing
    LINK = "link"  # whether an entity is what an external IRI denotes
    FACT = "fact"  # whether the text says a fact


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """One answer.

    `about` holds two ids (canonical, of a name, or of an ArticleEntity) for a merge, sorted; an id
    and an external IRI for a link; the id of one fact.
    """

    kind: DecisionKind
    about: tuple[str, ...]
    answer: bool
    place: str = ""  # file and line it was read from, for messages
