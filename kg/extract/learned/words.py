"""Word lists and sorts of class labels (`words.toml`)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["recognised_sorts", "sorts_of_words", "words"]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))


@cache
def words(name: str) -> tuple[str, ...]:
    """A list of words, in its order."""
    return tuple(_table()["lists"][name])


@cache
def sorts_of_words() -> dict[str, frozenset[str]]:
    """Words of class labels and datatypes to the sorts they speak for."""
    found: dict[str, set[str]] = {}
    for sort, labels in _table()["classes"].items():
        for label in labels:
            found.setdefault(label, set()).add(sort)
    return {label: frozenset(sorts) for label, sorts in found.items()}


@cache
def recognised_sorts() -> dict[str, str]:
    """Label of the statistical recogniser to sort."""
    table = _table()["recognised"]
    return {label: sort for sort, labels in table.items() for label in labels}
