"""What a person decided about the graph, and what became of it; it outranks every score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from kg.model.statement import short_hash
from kg.model.text import Span

__all__ = [
    "Decision",
    "DecisionKind",
    "FactContent",
    "ReviewOutcome",
    "Unmatched",
    "digest_of_decisions",
]


class DecisionKind(StrEnum):
    """What a decision is about."""

    MERGE = "merge"  # whether two ids denote one thing
    LINK = "link"  # whether an entity is what an external IRI denotes
    FACT = "fact"  # whether the text says a fact


@dataclass(frozen=True, slots=True, order=True)
class FactContent:
    """What a decided fact said, to find it again when a merge has changed its id.

    Each end is (id, name) of an entity, or (datatype, value) of a literal. `spans` are those of its
    evidence, sorted; empty when the person gave none.
    """

    subject: tuple[str, str]
    predicate: str
    object: tuple[str, str]
    stance: str = ""
    spans: tuple[Span, ...] = ()


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
    content: FactContent | None = field(default=None, compare=False)  # of a decision about a fact


@dataclass(frozen=True, slots=True, order=True)
class Unmatched:
    """A decision that changed nothing, or that new evidence puts in question, and why."""

    kind: DecisionKind
    about: tuple[str, ...]
    answer: bool
    place: str  # name of the file and line, without folders
    why: str


@dataclass(frozen=True, slots=True)
class ReviewOutcome:
    """What a build did with the decisions of people; each sequence is sorted.

    `unmatched` are in force for nothing in the graph. `reconsider` were applied, though there is
    evidence now that the person did not see.
    """

    applied: int = 0
    turned_down: int = 0  # facts left out
    unmatched: tuple[Unmatched, ...] = ()
    reconsider: tuple[Unmatched, ...] = ()


def digest_of_decisions(decisions: Iterable[Decision]) -> str:
    """A hash of what was decided, the same for any order, file and line."""
    return short_hash(*sorted(repr((str(d.kind), d.about, d.answer)) for d in decisions))
