"""What an engine can do: steps over parts of the data, and groups of it by key.

A step is a function of a module (bound arguments by `functools.partial`), so that it can be sent to
another process or machine. It yields `(output, record)`; each output becomes data of its own.
Records of data that is grouped are `(key, value)` with a string as key.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeAlias

__all__ = ["Data", "Flow", "GroupStep", "Step", "bucket_of", "key_of"]

Data: TypeAlias = Any
"""Records in parts, as an engine keeps them; nothing but a `Flow` looks into it."""

Step: TypeAlias = Callable[[Iterator[Any]], Iterable[tuple[str, Any]]]
"""From the records of one part, read as they are asked for."""

GroupStep: TypeAlias = Callable[[str, Sequence[list[Any]]], Iterable[tuple[str, Any]]]
"""From a key and its values, a list for each of the data that are grouped; in no certain order."""


class Flow(Protocol):
    """An engine."""

    def made(self, records: Iterable[Any]) -> Data:
        """Data of the records, which may be read later, or in another process."""

    def mapped(self, step: Step, *data: Data) -> Mapping[str, Data]:
        """What the step gives for each part of the data, by output."""

    def grouped(self, step: GroupStep, *data: Data) -> Mapping[str, Data]:
        """What the step gives for each key that any of the data has, by output."""

    def joined(self, *data: Data) -> Data:
        """All of the data as one."""

    def gathered(self, data: Data) -> Data:
        """The same in one part: for what one process can hold."""

    def records(self, data: Data) -> Iterator[Any]:
        """The records, one part after the other: for few of them, or to be read as a stream."""

    def drop(self, *data: Data) -> None:
        """Frees what the data takes; it is not asked for again."""


def key_of(*parts: str) -> str:
    """One key of several parts, which hold no U+001F."""
    return "\x1f".join(parts)


def bucket_of(key: str, buckets: int) -> int:
    """Which of so many buckets a key falls into: the same in every process."""
    return zlib.crc32(key.encode("utf-8", "surrogatepass")) % buckets
