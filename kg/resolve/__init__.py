"""Statements of many articles to one graph."""
