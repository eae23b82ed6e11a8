"""Review by people: `write_review` asks, `read_decisions` reads, `apply_decisions` obeys."""

from __future__ import annotations

from kg.review.apply import apply_decisions, unanswered_links
from kg.review.facts import CONFIRMED
from kg.review.items import joined, read_decisions
from kg.review.questions import (
    AT_MOST,
    BELOW,
    Question,
    ask_facts,
    ask_links,
    ask_merges,
    ask_parts,
)
from kg.review.write import Reasons, ReviewCounts, write_review

__all__ = [
    "AT_MOST",
    "BELOW",
    "CONFIRMED",
    "Question",
    "Reasons",
    "ReviewCounts",
    "apply_decisions",
    "ask_facts",
    "ask_links",
    "ask_merges",
    "ask_parts",
    "joined",
    "read_decisions",
    "unanswered_links",
    "write_review",
]
