"""How far a long verb has come, on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from kg.cli.group import tell
from kg.model.wording import printable

__all__ = ["shown_progress"]


@contextmanager
def shown_progress(label: str, *, quiet: bool) -> Iterator[Callable[[int, int, str], None] | None]:
    """A bar on a terminal, a line for each item elsewhere, nothing when quiet.

    What it gives is told how many of how many items are done, and which one.
    """
    if quiet:
        yield None
    elif sys.stderr.isatty():
        with click.progressbar(
            length=1, label=label, file=sys.stderr, item_show_func=lambda name: name
        ) as bar:

            def advance(done: int, total: int, name: str) -> None:
                bar.length = total
                bar.update(done - bar.pos, printable(name))

            yield advance
    else:
        yield lambda done, total, name: tell(f"{done}/{total} {name}")
