"""Statements of many articles to one graph."""

from kg.resolve.decided import unmatched_decisions
from kg.resolve.resolution import resolve

__all__ = ["resolve", "unmatched_decisions"]
