"""A triple that a learned model proposes."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.learned.candidates import Candidate

__all__ = ["Proposal"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A triple that a model proposes: its mentions, the relation's name, a probability."""

    subject: Candidate
    relation: str
    object: Candidate
    probability: float
