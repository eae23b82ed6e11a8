"""Work on items in several processes, where one that dies takes no other along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import chain
from multiprocessing import get_context
from typing import Generic, TypeVar

__all__ = ["in_processes"]

_WAITING = 4  # items for each process, taken from their source and not yet begun


Item = TypeVar("Item")
Result = TypeVar("Result")


def in_processes(
    work: Callable[[Item], Result], items: Iterable[Item], processes: int
) -> Iterator[tuple[Item, Result | None]]:
    """Each item with its result as it is finished, None where it killed the process.

    `work` and the items are pickled. Items are taken as they are needed, a few for each process.
    An exception of `work` is raised here.
    """
    pool = _Pool(work)
    waiting = iter(items)
    with _executor(processes) as executor:
        for item in waiting:
            if not pool.submit(executor, item):
                break
            if len(pool.running) >= _WAITING * processes:
                yield from pool.finished()
        while pool.running:
            yield from pool.finished()
    yield from _one_at_a_time(work, chain(pool.unfinished, waiting))


class _Pool(Generic[Item, Result]):
    """What is being worked on, and what must be done again since its process died."""

    def __init__(self, work: Callable[[Item], Result]) -> None:
        self._work = work
        self.running: dict[Future[Result], Item] = {}
        self.unfinished: list[Item] = []

    def submit(self, executor: ProcessPoolExecutor, item: Item) -> bool:
        """False when the processes are gone."""
        try:
            self.running[executor.submit(self._work, item)] = item
        except BrokenProcessPool:
            self.unfinished.append(item)
            return False
        return True

    def finished(self) -> Iterator[tuple[Item, Result]]:
        """What is finished, after at least one item is."""
        for future in wait(self.running, return_when=FIRST_COMPLETED).done:
            item = self.running.pop(future)
            try:
                result = future.result()
            except BrokenProcessPool:
                self.unfinished.append(item)
            else:
                yield item, result


def _one_at_a_time(
    work: Callable[[Item], Result], items: Iterator[Item]
) -> Iterator[tuple[Item, Result | None]]:
    """Results from one process, replaced when it dies, so that the right item is blamed."""
    died = True
    while died:
        died = False
        with _executor(1) as executor:
            for item in items:
                try:
                    result = executor.submit(work, item).result()
                except BrokenProcessPool:
                    died = True
                    yield item, None
                    break
                yield item, result


def _executor(processes: int) -> ProcessPoolExecutor:
    # spawn: the same on every platform, and no lock of a parent's thread is copied
    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"))
