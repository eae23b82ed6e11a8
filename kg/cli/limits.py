"""The time limit of verbs that ask queries."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from kg.cli.group import emit

__all__ = ["ended_after", "timed"]

FC = TypeVar("FC", bound=Callable[..., Any] | click.Command)

_SECONDS = 60.0


def timed(verb: FC) -> FC:
    """Adds the option --timeout, given to the verb as `timeout` in seconds."""
    return click.option(
        "--timeout",
        type=click.FloatRange(min=0),
        default=_SECONDS,
        show_default=True,
        metavar="SECONDS",
        help="End a query that takes longer; 0: never.",
    )(verb)


@contextmanager
def ended_after(seconds: float) -> Iterator[None]:
    """Ends this process with a message should the block take longer; 0: never.

    The engine cannot be asked to stop, neither by a limit nor by Ctrl-C, so the process ends where
    it stands: nothing but reading and printing may be in the block. It costs a thread, not a
    process.
    """

    def end() -> None:
        emit(
            f"Error: the query ran into its limit of {seconds:g} s and was ended; ask for less, or "
            "give it more with --timeout SECONDS",
            err=True,
        )
        os._exit(1)

    in_main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, signal.SIG_DFL) if in_main else None
    timer = threading.Timer(seconds, end)
    timer.daemon = True
    if seconds:
        timer.start()
    try:
        yield
    finally:
        timer.cancel()
        if in_main:
            signal.signal(signal.SIGINT, before)
