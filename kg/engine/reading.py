"""Sources to readings, each article within the time it may take, unless its reading is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from kg.engine.kept import keep, kept_read
from kg.engine.packing import pack
from kg.engine.setup import Setup
from kg.engine.stores import local_copy
from kg.errors import InputError
from kg.pipeline.reading import read_by, readers
from kg.pipeline.settings import Settings
from kg.pipeline.stages import Read, read_one
from kg.read.load import RawPage, Source, Unreadable, read_pages
from kg.report import Skipped
from kg.state.keys import input_digest
from kg.state.reading import Reading
from kg.workers import Processes

__all__ = ["Found", "SourceStep", "read_sources", "stop_reading"]

Outputs: TypeAlias = Iterator[tuple[str, Any]]
_Item: TypeAlias = Source | RawPage | Unreadable  # as of `kg.pipeline.reading`; not the last
_Result: TypeAlias = Read | Skipped
_Pool: TypeAlias = Processes[_Item, _Result]

SourceStep: TypeAlias = Any
"""A step as `read_sources`, for which one with recorded readings may stand in."""

_pools: dict[tuple[Settings, str], _Pool] = {}
"""The process that reads for this one: it loads the model once, however many parts it reads."""


@dataclass(frozen=True, slots=True)
class Found:
    """One article that was read or skipped, and what decides its name."""

    order: tuple[int, int]  # of its source, and in it
    is_file: bool
    place: str
    reading: Reading | None
    skipped: Skipped | None = None
    sha256: str | None = None  # of the input: `kg.state.keys.input_digest`


def read_sources(sources: Iterator[tuple[int, Source]], *, setup: Setup) -> Outputs:
    """(name that it asks for, what was read), for each article of numbered sources.

    `kept` is, of each reading that is kept, its key and whether it was read anew. With a timeout in
    the settings articles are read in another process, which `stop_reading` ends.
    """
    for number, source in sources:
        with ExitStack() as copy:
            try:
                file = copy.enter_context(local_copy(source))
            except InputError as error:  # of a store; what is wrong with a file is told as its skip
                yield "skipped", Skipped(source.name, str(error))
                continue
            for at, item in enumerate(_items(file, setup)):
                if isinstance(item, Unreadable):
                    skipped = Skipped(item.name, item.reason)
                    yield "skipped", _of_source(skipped, source, file)
                    continue
                result, is_new = _read(item, setup)
                if isinstance(result, Read) and setup.kept is not None:
                    yield "kept", (result.key, is_new)
                if isinstance(result, Skipped):
                    result = _of_source(result, source, file)
                yield "found", (item.name, _found((number, at), item, result, setup))


def stop_reading() -> None:
    """Ends the process that reads for this one, if there is any."""
    while _pools:
        _pools.popitem()[1].stop()


def _items(file: Source, setup: Setup) -> Iterable[_Item]:
    return read_pages(file, max_chars=setup.settings.max_chars) if file.is_stream else (file,)


def _read(item: Source | RawPage, setup: Setup) -> tuple[_Result, bool]:
    """What became of an article, and whether it was read anew."""
    known = kept_read(item, setup)
    if known is not None:
        return known, False
    result = _read_anew(item, setup)
    if isinstance(result, Read):
        keep(result, setup)
    return result, True


def _read_anew(item: Source | RawPage, setup: Setup) -> _Result:
    settings, digest = setup.settings, setup.digest
    if settings.timeout is None:
        return read_one(item, settings, digest)
    key = (settings, digest)
    if key not in _pools:
        stop_reading()
        _pools[key] = readers(settings, digest, 1)
    try:
        [(_, result)] = read_by(_pools[key], (item,), settings.timeout)
    except BaseException:
        stop_reading()
        raise
    return result


def _found(order: tuple[int, int], item: Source | RawPage, result: _Result, setup: Setup) -> Found:
    is_file, place = isinstance(item, Source), getattr(item, "place", "")
    if isinstance(result, Read):
        return Found(order, is_file, place, result.reading, sha256=result.sha256)
    digest = input_digest(item, setup.settings.max_chars)
    return Found(order, is_file, place, None, result, digest)


def _of_source(skipped: Skipped, source: Source, file: Source) -> Skipped:
    """With the reason as it is without a copy of the source."""
    if file == source:
        return skipped
    return replace(skipped, reason=skipped.reason.replace(str(file.path), source.url))


pack(Found)
