"""Python's collector of garbage, called seldom while millions of records are made and kept."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["collecting_seldom", "not_collecting"]

_SELDOM = (50_000, 20, 100)  # objects, and collections of the generation before


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Within it garbage in circles is looked for a hundredth as often as usual."""
    before = gc.get_threshold()
    if before[0]:
        gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def not_collecting() -> Iterator[None]:
    """Within it no garbage in circles is looked for: nearly all that is made there is kept.

    Each search looks at all records of the graph again, which takes as long as making them.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
