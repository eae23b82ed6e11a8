"""read → clean → annotate → extract for each article, unless its reading is known.

One article is seen at a time, in several processes where asked for; results are put back in the
order of names, so that neither the order of inputs nor the number of processes shows.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from kg.errors import InputError
from kg.pipeline.settings import Settings
from kg.pipeline.stages import Cleaned, Read, clean_one, prepare, read_cleaned, read_one
from kg.report import FAILED, TOO_LATE, Skipped
from kg.state.reading import named
from kg.state.readings import Readings
from kg.workers import Lost, Processes, in_processes

if TYPE_CHECKING:
    from kg.llm.extractor import ModelReader, Told
    from kg.read.load import Inputs, RawPage, Source, Unreadable

__all__ = ["Progress", "ReadArticles", "keys_of", "known_read", "read_all", "read_by", "readers"]

# Called after each article with: articles done, articles in all, name of the article.
Progress = Callable[[int, int, str], None]

_DIED = "the process that read it died (out of memory?); split the file"
_LATE = "reading it took longer than {:g} seconds; raise --timeout, or split the file"


@dataclass(frozen=True, slots=True)
class ReadArticles:
    """What became of all inputs; both by name."""

    read: tuple[Read, ...]
    skipped: tuple[Skipped, ...]
    files: frozenset[str]  # names of the inputs that are one file each
    wanted: Mapping[str, str]  # name that another article had taken, by name
    unread: Mapping[str, str | None]  # `input_digest` of what was skipped, by name
    anew: int  # how many were not known before
    total: int  # inputs, read or skipped


_Input: TypeAlias = "Source | RawPage | Unreadable"
_Result: TypeAlias = "Read | Skipped"
_Told: TypeAlias = "tuple[_Input, Cleaned, Told]"


def read_all(
    inputs: Inputs,
    settings: Settings,
    digest: str,
    known: Readings,
    *,
    llm: ModelReader | None = None,
    processes: int = 1,
    progress: Progress | None = None,
) -> ReadArticles:
    """Every article, from what is known where it is.

    `digest` is what readings depend on besides the articles (`kg.state.keys.reading_digest`).
    With `llm` they are asked about in their order: its budget is one for all of them.
    """
    from kg.read.load import RawPage, Source
    from kg.state.keys import input_digest

    read: list[Read] = []
    skipped: list[Skipped] = []
    files: set[str] = set()
    wanted: dict[str, str] = {}
    unread: dict[str, str | None] = {}
    anew = total = 0
    results = _results(inputs, settings, digest, known, processes, llm)
    for done, (item, result, is_new) in enumerate(results, start=1):
        if isinstance(item, Source):
            files.add(item.name)
        elif isinstance(item, RawPage) and item.wanted is not None:
            wanted[item.name] = item.wanted
        if isinstance(result, Skipped):
            skipped.append(result)
            unread[item.name] = input_digest(item, settings.max_chars)
        else:
            anew += is_new
            read.append(replace(result, reading=named(result.reading, item.name)))
        total = done
        if progress is not None:
            progress(done, inputs.total, item.name)
    read.sort(key=lambda r: r.reading.article.name)
    skipped.sort(key=lambda s: s.name)
    return ReadArticles(tuple(read), tuple(skipped), frozenset(files), wanted, unread, anew, total)


def _results(
    inputs: Iterable[_Input],
    settings: Settings,
    digest: str,
    known: Readings,
    processes: int,
    llm: ModelReader | None = None,
) -> Iterator[tuple[_Input, _Result, bool]]:
    """Each input, what became of it, and whether it was read anew; in the order they finish in."""
    found: deque[tuple[_Input, Read]] = deque()

    def unknown() -> Iterator[_Input]:
        for item in inputs:
            read = known_read(item, settings, digest, known)
            if read is None:
                yield item
            else:
                found.append((item, read))

    def drained() -> Iterator[tuple[_Input, _Result, bool]]:
        while found:
            yield (*found.popleft(), False)

    for item, result in _fresh(unknown(), settings, digest, processes, llm):
        yield from drained()
        if isinstance(result, Read):
            known.add(result.key, result.reading, result.content)
            result = replace(result, content=None)
        yield item, result, True
    yield from drained()


def _fresh(
    items: Iterable[_Input],
    settings: Settings,
    digest: str,
    processes: int,
    llm: ModelReader | None,
) -> Iterator[tuple[_Input, _Result]]:
    """Each input read anew; in several processes, in the order they finish in."""
    timeout = settings.timeout
    if processes <= 1 and timeout is None:
        for item in items:
            yield item, read_one(item, settings, digest, llm)
    elif llm is not None:
        yield from _fresh_and_told(items, settings, digest, processes, llm)
    else:
        with readers(settings, digest, processes) as pool:
            yield from read_by(pool, items, timeout)


def readers(settings: Settings, digest: str, processes: int) -> Processes[_Input, _Result]:
    """Processes that read; whoever has them stops them. `digest` as of `read_all`."""
    return Processes(
        partial(read_one, settings=settings, digest=digest),
        processes,
        timeout=settings.timeout,
        prepare=partial(prepare, settings, digest),
    )


def read_by(
    pool: Processes[_Input, _Result], items: Iterable[_Input], timeout: float | None
) -> Iterator[tuple[_Input, _Result]]:
    """Each input read in these processes, in the order they finish in.

    One that takes longer than `timeout` seconds, or whose process dies, is skipped.
    """
    for item, result in pool.each(items):
        yield item, _lost(item, result, timeout) if isinstance(result, Lost) else result


def _fresh_and_told(
    items: Iterable[_Input], settings: Settings, digest: str, processes: int, llm: ModelReader
) -> Iterator[tuple[_Input, _Result]]:
    """As `_fresh`, the model asked from here, as one budget holds for all processes.

    Inputs are cleaned in a process of their own, one after another, so that they are asked about in
    their order whatever the others do.
    """
    timeout = settings.timeout
    done: deque[tuple[_Input, Skipped]] = deque()

    def told() -> Iterator[_Told]:
        work = partial(clean_one, settings=settings, digest=digest)
        for item, found in in_processes(work, items, 1, timeout=timeout):
            if isinstance(found, Cleaned):
                yield item, found, llm.told(found.article)
            else:
                gone = _lost(item, found, timeout) if isinstance(found, Lost) else found
                done.append((item, gone))

    work = partial(_read_told, settings=settings, digest=digest)
    ready = partial(prepare, settings, digest)
    for (item, *_), result in in_processes(work, told(), processes, timeout=timeout, prepare=ready):
        while done:
            yield done.popleft()
        yield item, _lost(item, result, timeout) if isinstance(result, Lost) else result
    yield from done


def _read_told(asked: _Told, settings: Settings, digest: str) -> _Result:
    item, found, told = asked
    return read_cleaned(found, item.name, settings, digest, told)


def _lost(item: _Input, how: Lost, timeout: float | None) -> Skipped:
    if how is Lost.LATE:
        return Skipped(item.name, _LATE.format(timeout), TOO_LATE)
    return Skipped(item.name, _DIED, FAILED)


def keys_of(item: _Input, max_chars: int, digest: str) -> tuple[tuple[str, ...], bytes | None]:
    """The keys that the reading of an input may have, and the bytes of a file.

    No key for what cannot be read: whoever reads it says why.
    """
    from kg.read.load import Source, Unreadable, source_bytes
    from kg.state.keys import file_key, odd_key, page_key

    if isinstance(item, Unreadable):
        return (), None
    if not isinstance(item, Source):
        return (page_key(item, digest),), None
    try:
        data = source_bytes(item, max_chars)
    except InputError:
        return (), None
    key = file_key(item, data, digest)
    return (key, odd_key(key, item)), data


def known_read(item: _Input, settings: Settings, digest: str, known: Readings) -> Read | None:
    """The reading of an input that was read before with the same settings, code and model."""
    from kg.state.keys import input_digest

    keys, data = keys_of(item, settings.max_chars, digest)
    for key in keys:
        reading = known.get(key)
        # one that a language model had not answered all of is tried again, once a build
        if reading is not None and (reading.is_complete or not known.is_written(key)):
            return Read(key, reading, input_digest(item, settings.max_chars, data))
    return None
