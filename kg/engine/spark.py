"""The engine of many machines: Apache Spark."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any
from zipimport import zipimporter

from kg.engine.flow import GroupStep, Step, bucket_of
from kg.engine.setup import loaded

__all__ = ["SparkFlow"]


class _Outputs(Mapping[str, Any]):
    """One RDD of (output, record), and what is chosen of it."""

    def __init__(self, rdd: Any) -> None:
        self._rdd = rdd

    def __getitem__(self, name: str) -> Any:
        return _mapped(self._rdd, partial(_chosen, name))

    def __iter__(self) -> Iterator[str]:
        raise TypeError("the outputs of a step are known when it has run")

    def __len__(self) -> int:
        raise TypeError("the outputs of a step are known when it has run")


class SparkFlow:
    """Data as RDDs. What a step gave is kept on the disks of the executors: it is read often."""

    def __init__(self, context: Any, *, parts: int = 0) -> None:
        from pyspark import StorageLevel

        self._context = context
        self._parts = parts or max(2 * context.defaultParallelism, 4)
        self._level = StorageLevel.DISK_ONLY

    def made(self, records: Iterable[Any]) -> Any:
        """As `Flow`."""
        return self._context.parallelize(list(records), self._parts)

    def mapped(self, step: Step, *data: Any) -> _Outputs:
        """As `Flow`."""
        return self._kept(_mapped(self.joined(*data), step))

    def grouped(self, step: GroupStep, *data: Any) -> _Outputs:
        """As `Flow`."""
        sides = [_mapped(rdd, partial(_marked, side)) for side, rdd in enumerate(data)]
        together = self.joined(*sides).groupByKey(self._parts, partitionFunc=_hash)
        return self._kept(_mapped(together, partial(_each, step, len(data))))

    def joined(self, *data: Any) -> Any:
        """As `Flow`."""
        if len(data) == 1:
            return data[0]
        # a union has the parts of all: some unions on, most of the time would be starting tasks
        return self._context.union(list(data)).coalesce(self._parts)

    def gathered(self, data: Any) -> Any:
        """As `Flow`."""
        return data.coalesce(1)

    def records(self, data: Any) -> Iterator[Any]:
        """As `Flow`."""
        yield from data.toLocalIterator()

    def drop(self, *data: Any) -> None:
        """Nothing: Spark frees what nobody holds any more."""

    def _kept(self, rdd: Any) -> _Outputs:
        return _Outputs(rdd.persist(self._level))


def _mapped(rdd: Any, function: Callable[[Iterator[Any]], Iterable[Any]]) -> Any:
    return rdd.mapPartitions(partial(_in_executor, function))


def _in_executor(
    function: Callable[[Iterator[Any]], Iterable[Any]], records: Iterator[Any]
) -> Iterator[Any]:
    """What the function gives, in a process that from then on starts its tasks at once."""
    _keep_archives()
    yield from function(records)
    _keep_loaded(loaded())


@cache
def _keep_archives() -> None:
    """Makes this process, one of an executor, look into the archives on its path only once.

    Before each task PySpark has Python forget what it knows of its path, and Spark's own modules
    come from an archive: up to Python 3.12 its directory, thousands of names, is read again for
    every package in it, which takes longer than most tasks. Archives do not change during a run.
    """
    zipimporter.invalidate_caches = lambda self: None  # type: ignore[method-assign]


@cache
def _keep_loaded(_: int) -> None:
    """Spares what this process has loaded from the search for garbage after each task.

    The search, which PySpark starts, looks at everything, a domain with all its names included.
    """
    gc.collect()
    gc.freeze()


def _hash(key: str) -> int:
    return bucket_of(key, 1 << 31)


def _chosen(name: str, records: Iterator[tuple[str, Any]]) -> Iterator[Any]:
    return (record for output, record in records if output == name)


def _marked(side: int, records: Iterator[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    return ((key, (side, value)) for key, value in records)


def _each(
    step: GroupStep, sides: int, groups: Iterator[tuple[str, Iterable[tuple[int, Any]]]]
) -> Iterator[tuple[str, Any]]:
    for key, marked in groups:
        values: Sequence[list[Any]] = [[] for _ in range(sides)]
        for side, value in marked:
            values[side].append(value)
        yield from step(key, values)
