"""Work beside one's own, in a copy of this process: nothing is pickled on the way there."""

from __future__ import annotations

import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from kg.workers.answers import answer, result_of

__all__ = ["beside", "is_copied"]

Result = TypeVar("Result")


@contextmanager
def beside(work: Callable[[], Result], *, processes: int = 2) -> Iterator[Callable[[], Result]]:
    """Begins `work`; what is given waits for its result, or raises what it raised.

    With one process, and where this one cannot be copied (other threads run in it, or the system is
    not Linux), the work is done when its result is asked for. A copy that nobody asks ends with the
    block. Raises RuntimeError where the copy died.
    """
    if not is_copied(processes):
        yield work
        return
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_tell, args=(work, theirs), daemon=True)
    with warnings.catch_warnings():  # Python 3.12 counts the idle threads of numpy's BLAS as well
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    theirs.close()
    try:
        yield lambda: _heard(ours)
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()


def is_copied(processes: int = 2) -> bool:
    """Whether `beside` would work in a copy of this process."""
    return processes > 1 and sys.platform == "linux" and threading.active_count() == 1


def _tell(work: Callable[[], object], theirs: Connection[Any, Any]) -> None:
    """The life of the copy. Ctrl-C reaches it too; whoever made it says so, and it says nothing."""
    with suppress(KeyboardInterrupt, BrokenPipeError):
        theirs.send_bytes(answer(work))


def _heard(pipe: Connection[Any, Any]) -> Any:
    try:
        told = pipe.recv()
    except EOFError:
        raise RuntimeError("a process of the build died (out of memory?)") from None
    return result_of(told)
