"""What does not fit together, with both sides and the words of each; nothing is deleted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.model.statement import Evidence

__all__ = ["Discrepancy", "DiscrepancyKind", "Side"]


class DiscrepancyKind(StrEnum):
    """Why two sides do not fit together."""

    TYPO = "typo"  # a name that is nearly a right one
    SLIP = "slip"  # a value that the reference data of the domain contradicts
    CONFLICT = "conflict"  # two values of a property that has one
    DENIAL = "denial"  # one states or plans what another denies
    TYPE = "type"  # one name with classes that exclude each other
    TIME = "time"  # an end before a start, a deed before the founding of who did it


@dataclass(frozen=True, slots=True)
class Side:
    """One side: what it says, and where.

    A side of the articles has evidence, and the id of the fact where there is one; a side of the
    domain has the IRI of the reference entity.
    """

    says: str
    evidence: tuple[Evidence, ...] = ()  # sorted by place
    fact: str | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Two or more sides that cannot all be right. `id` depends on all of it."""

    id: str
    kind: DiscrepancyKind
    subject: str  # IRI of the entity
    predicate: str | None  # local name of the relation at issue; None: the name or class itself
    message: str  # one sentence in English
    sides: tuple[Side, ...]  # at least two; the domain's last
