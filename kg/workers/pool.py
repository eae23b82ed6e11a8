"""Work on items in processes that can be stopped: one that dies or hangs takes no other along."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from enum import Enum, auto
from functools import partial
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Generic, TypeVar

from kg.workers.answers import answer, result_of

__all__ = ["Lost", "Processes", "end_with_parent", "in_processes"]


Item = TypeVar("Item")
Result = TypeVar("Result")

# spawn: the same on every platform, and no lock of a parent's thread is copied
_CONTEXT = get_context("spawn")
_READY = "ready"


class Lost(Enum):
    """Why an item has no result."""

    DIED = auto()  # its process did: out of memory, or a fault in a library
    LATE = auto()  # it took longer than allowed and was stopped


def in_processes(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    processes: int,
    *,
    timeout: float | None = None,
    prepare: Callable[[], object] | None = None,
) -> Iterator[tuple[Item, Result | Lost]]:
    """Each item with its result as it is finished, or with why it has none.

    `work`, `prepare` and the items are pickled. An item may take `timeout` seconds; what `prepare`
    does in each process before its first item does not count. Items are taken as they are needed, a
    few for each process. An exception of `work` is raised here, and ends the others.
    """
    with Processes(work, processes, timeout=timeout, prepare=prepare) as pool:
        yield from pool.each(items)


class Processes(Generic[Item, Result]):
    """Processes that are started as there is work, replaced when they end, and kept until `stop`.

    Parameters as of `in_processes`. As a context they are stopped at its end.
    """

    def __init__(
        self,
        work: Callable[[Item], Result],
        processes: int,
        *,
        timeout: float | None = None,
        prepare: Callable[[], object] | None = None,
    ) -> None:
        self._make: Callable[[], _Worker[Item, Result]] = partial(_Worker, work, prepare)
        self._processes = processes
        self._timeout = timeout
        self._workers: list[_Worker[Item, Result]] = []

    def __enter__(self) -> Processes[Item, Result]:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def each(self, items: Iterable[Item]) -> Iterator[tuple[Item, Result | Lost]]:
        """As `in_processes`; with one process in the order of the items.

        Whoever leaves it before its end stops the processes, as they still work.
        """
        waiting: deque[Item] = deque()
        more = iter(items)
        while True:
            # beside those at work one for each process lies ready, so that none waits for it
            while len(waiting) <= self._processes and (taken := list(islice(more, 1))):
                waiting += taken
                self._begin(waiting)
            self._begin(waiting)
            if not self._is_busy:
                return
            yield from self._finished()

    @property
    def _has_room(self) -> bool:
        """Whether an item would be begun at once."""
        return len(self._workers) < self._processes or any(w.is_idle for w in self._workers)

    @property
    def _is_busy(self) -> bool:
        """Whether an item is being worked on."""
        return any(worker.task for worker in self._workers)

    def _begin(self, waiting: deque[Item]) -> None:
        """Gives waiting items, first come first, to whoever is free."""
        while waiting and self._has_room:
            worker = next((w for w in self._workers if w.is_idle), None)
            if worker is None:
                worker = self._make()
                self._workers.append(worker)
            worker.give(waiting.popleft())

    def _finished(self) -> Iterator[tuple[Item, Result | Lost]]:
        """What is finished, after something has happened."""
        ready = set(wait([w.pipe for w in self._workers if w.task], self._patience()))
        for worker in [w for w in self._workers if w.pipe in ready]:
            yield from self._heard(worker)
        now = time.monotonic()
        for worker in [w for w in self._workers if w.task and now >= self._deadline(w)]:
            if worker.pipe.poll():  # it is done after all; this process was slow to look
                continue
            self._workers.remove(worker)
            worker.stop()
            yield worker.task[0], Lost.LATE

    def stop(self) -> None:
        """Ends all processes, whatever they do."""
        for worker in self._workers:
            worker.stop()
        self._workers.clear()

    def _heard(self, worker: _Worker[Item, Result]) -> Iterator[tuple[Item, Result | Lost]]:
        item = worker.task[0]
        try:
            heard = worker.hear()
        except (EOFError, OSError):
            self._workers.remove(worker)
            worker.stop()
            yield item, Lost.DIED
            return
        if heard is not None:
            yield item, heard[0]

    def _deadline(self, worker: _Worker[Item, Result]) -> float:
        if self._timeout is None or worker.since is None:
            return float("inf")
        return worker.since + self._timeout

    def _patience(self) -> float | None:
        """Seconds until the first deadline; None where there is none."""
        first = min((self._deadline(w) for w in self._workers if w.task), default=float("inf"))
        return None if first == float("inf") else max(0.0, first - time.monotonic())


class _Worker(Generic[Item, Result]):
    """One process. It says when it is ready, and answers each item with a result or an error."""

    def __init__(
        self, work: Callable[[Item], Result], prepare: Callable[[], object] | None
    ) -> None:
        self.pipe, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=_serve, args=(theirs, work, prepare), daemon=True)
        self._process.start()
        theirs.close()
        self._is_ready = False
        self.task: tuple[Item, ...] = ()  # the item at work, if any
        self.since: float | None = None  # when it was begun

    @property
    def is_idle(self) -> bool:
        """Whether it has nothing to do."""
        return not self.task

    def give(self, item: Item) -> None:
        """Begins an item, at once or as soon as the process is ready."""
        self.task = (item,)
        if self._is_ready:
            self._send()

    def hear(self) -> tuple[Result] | None:
        """What the process has to say: a result; None for being ready.

        Raises what `work` raised, and EOFError or OSError for a process that is gone.
        """
        told = self.pipe.recv()
        if told == _READY:
            self._is_ready = True
            self._send()
            return None
        self.task, self.since = (), None
        return (result_of(told),)

    def stop(self) -> None:
        """Ends the process, whatever it does."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self.pipe.close()

    def _send(self) -> None:
        self.since = time.monotonic()
        # a process that is gone is found out when its answer is asked for
        with contextlib.suppress(OSError):
            self.pipe.send(self.task[0])


def _serve(
    pipe: Connection[Any, Any],
    work: Callable[[Any], Any],
    prepare: Callable[[], object] | None,
) -> None:
    """The life of a process: it ends with the one that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the parent ends its children
    with contextlib.suppress(OSError):  # Linux: where memory runs out, this goes before the parent
        Path("/proc/self/oom_score_adj").write_text("500")
    end_with_parent()
    if prepare is not None:
        with contextlib.suppress(Exception):  # what is wrong is raised again by the first item
            prepare()
    try:
        pipe.send(_READY)
        while True:
            pipe.send_bytes(answer(partial(work, pipe.recv())))
    except (EOFError, OSError):  # nobody listens any more
        return


def end_with_parent() -> None:
    """Has this process, one that multiprocessing started, end with the one that started it."""
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
