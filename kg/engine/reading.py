"""Sources to readings, each article within the time it may take."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

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

_kept: dict[tuple[Settings, str], _Pool] = {}
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


@dataclass(frozen=True, slots=True)
class _Asked:
    """An article that is being read."""

    order: tuple[int, int]
    place: str
    source: Source  # that it is in
    file: Source  # the same on this machine
    copy: ExitStack  # what keeps the file until it has been read


def read_sources(sources: Iterator[tuple[int, Source]], *, setup: Setup) -> Outputs:
    """(name that it asks for, what was read), for each article of numbered sources.

    With a timeout in the settings articles are read in another process, which `stop_reading` ends.
    """
    asked: deque[_Asked] = deque()
    skipped: deque[Skipped] = deque()
    try:
        for item, result in _results(_items(sources, setup, asked, skipped), setup):
            one = asked.popleft()
            with one.copy:
                found = _found(one, item, result, setup)
            yield "found", (item.name, found)
            while skipped:
                yield "skipped", skipped.popleft()
        yield from (("skipped", one) for one in skipped)
    finally:
        for one in asked:
            one.copy.close()


def stop_reading() -> None:
    """Ends the process that reads for this one, if there is any."""
    while _kept:
        _kept.popitem()[1].stop()


def _items(
    sources: Iterable[tuple[int, Source]],
    setup: Setup,
    asked: deque[_Asked],
    skipped: deque[Skipped],
) -> Iterator[Source | RawPage]:
    """Articles to be read, each put into `asked` too; what is none is put into `skipped`."""
    for number, source in sources:
        copy = ExitStack()
        try:
            file = copy.enter_context(local_copy(source))
        except InputError as error:  # of a store; what is wrong with a file is told as its skip
            skipped.append(Skipped(source.name, str(error)))
            continue
        if not file.is_stream:
            asked.append(_Asked((number, 0), "", source, file, copy))
            yield file
            continue
        with copy:
            for at, page in enumerate(read_pages(file, max_chars=setup.settings.max_chars)):
                if isinstance(page, Unreadable):
                    reason = _of_source(page.reason, source, file)
                    skipped.append(Skipped(page.name, reason))
                else:
                    asked.append(_Asked((number, at), page.place, source, file, ExitStack()))
                    yield page


def _results(items: Iterable[Source | RawPage], setup: Setup) -> Iterator[tuple[_Item, _Result]]:
    """Each item with what became of it, in the order of the items."""
    settings, digest = setup.settings, setup.digest
    if settings.timeout is None:
        yield from ((item, read_one(item, settings, digest)) for item in items)
        return
    key = (settings, digest)
    if key not in _kept:
        stop_reading()
        _kept[key] = readers(settings, digest, 1)
    try:
        yield from read_by(_kept[key], items, settings.timeout)
    except BaseException:
        stop_reading()
        raise


def _found(one: _Asked, item: _Item, result: _Result, setup: Setup) -> Found:
    is_file = isinstance(item, Source)
    if isinstance(result, Read):
        return Found(one.order, is_file, one.place, result.reading, sha256=result.sha256)
    digest = input_digest(item, setup.settings.max_chars)
    reason = _of_source(result.reason, one.source, one.file)
    return Found(one.order, is_file, one.place, None, replace(result, reason=reason), digest)


def _of_source(reason: str, source: Source, file: Source) -> str:
    """The reason as it is without a copy of the source."""
    return reason if file == source else reason.replace(str(file.path), source.url)


pack(Found)
