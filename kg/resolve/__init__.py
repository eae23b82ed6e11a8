"""Statements of many articles to one graph."""

from kg.resolve.resolution import resolve

__all__ = ["resolve"]
