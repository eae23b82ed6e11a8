"""A partnership as a thing of its own: who, in which role, when, at which level, for what."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model.graph import Entity
from kg.model.statement import Literal

__all__ = ["Partnership"]


@dataclass(frozen=True, slots=True)
class Partnership:
    """A view of the plain facts about one pair of partners; `facts` are their ids, sorted.

    Only what an article states in its own voice is here, and, in `derived`, what a rule draws from
    it. A hedged value stays a statement.
    """

    id: str  # IRI
    label: str
    partners: tuple[Entity, ...]  # sorted by id
    sponsors: tuple[Entity, ...] = ()
    rights_holders: tuple[Entity, ...] = ()
    covers: tuple[Entity, ...] = ()  # events, sorted by id
    period: dict[str, Literal] = field(default_factory=dict)  # qualifier to value: start ...
    derived: dict[str, Literal] = field(default_factory=dict)  # likewise, where no article says it
    level: Literal | None = None
    value: str | None = None  # id of the plain fact that states it
    facts: tuple[str, ...] = ()
    inferred: tuple[str, ...] = ()  # ids of the inferred facts that `derived` is from
