"""Sources to readings under the names that the build in memory gives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeAlias

from kg.engine.flow import Data, Flow
from kg.engine.packing import pack
from kg.engine.report import count_read
from kg.engine.setup import Setup
from kg.engine.stores import local_copy
from kg.errors import InputError
from kg.model.statement import ArticleEntity, Evidence, Mention, MentionKind, Statement, Voice
from kg.model.text import Span
from kg.pipeline.stages import Read, read_one
from kg.read.load import Source, Unreadable, read_pages
from kg.report import Skipped
from kg.resolve.corpus import Rank, rank_of
from kg.state.reading import Reading, named

__all__ = [
    "NOWHERE",
    "Articles",
    "Found",
    "Skeleton",
    "SourceStep",
    "read_articles",
    "read_sources",
]

NOWHERE = Span("", 0, 0)
"""The place of what is counted and compared, and not cited."""

_NO_EVIDENCE = Evidence(NOWHERE, "", Voice.NARRATOR, "")

Outputs: TypeAlias = Iterator[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Skeleton:
    """What resolution compares of one article: entities with their names, claims without places."""

    name: str
    rank: Rank
    entities: tuple[ArticleEntity, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Articles:
    """All articles by name: their readings, and what resolution compares of them."""

    readings: Data  # (name, Reading)
    skeletons: Data  # (name, Skeleton)
    skipped: Data  # Skipped
    read: Data  # how many inputs, for each part


@dataclass(frozen=True, slots=True)
class Found:
    """One article that was read or skipped, and what decides its name."""

    order: tuple[int, int]  # of its source, and in it
    is_file: bool
    place: str
    reading: Reading | None
    skipped: Skipped | None = None


def read_sources(sources: Iterator[tuple[int, Source]], *, setup: Setup) -> Outputs:
    """(name that it asks for, what was read), for each article of numbered sources."""
    for number, source in sources:
        try:
            with local_copy(source) as file:
                yield from _read_file(number, file, setup)
        except InputError as error:  # of a store; what is wrong with a file is told as its skip
            yield "skipped", Skipped(source.name, str(error))


def _read_file(number: int, source: Source, setup: Setup) -> Outputs:
    if not source.is_stream:
        yield "found", _found((number, 0), source, source.name, "", setup)
        return
    for at, page in enumerate(read_pages(source, max_chars=setup.settings.max_chars)):
        if isinstance(page, Unreadable):
            yield "skipped", Skipped(page.name, page.reason)
        else:
            yield "found", _found((number, at), page, page.name, page.place, setup)


SourceStep: TypeAlias = Any
"""A step as `read_sources`, for which one with recorded readings may stand in."""


def _found(
    order: tuple[int, int], item: Any, name: str, place: str, setup: Setup
) -> tuple[str, Found]:
    result = read_one(item, setup.settings, setup.digest)
    is_file = isinstance(item, Source)
    if isinstance(result, Read):
        return name, Found(order, is_file, place, result.reading)
    return name, Found(order, is_file, place, None, result)


def read_articles(
    flow: Flow, sources: Iterable[Source], setup: Setup, step: SourceStep = read_sources
) -> Articles:
    """Every article of the sources, read where its part of the data is.

    Raises InputError where two pages of corpora would need more than the file and number of one
    of them to be told apart.
    """
    found = flow.mapped(
        partial(count_read, partial(step, setup=setup)), flow.made(enumerate(sources))
    )
    first = flow.grouped(_first_named, found["found"])
    readings, skeletons, skipped = (
        [first["reading"]],
        [first["skeleton"]],
        [found["skipped"], first["skipped"]],
    )
    if next(flow.records(first["again"]), None) is not None:
        second = flow.grouped(_named_by_place, first["again"], first["taken"])
        clash = next(flow.records(second["clash"]), None)
        if clash is not None:
            raise InputError(
                f"several pages ask for the name {clash!r}; give each an id of its own, "
                "or build without --engine"
            )
        readings.append(second["reading"])
        skeletons.append(second["skeleton"])
        skipped.append(second["skipped"])
    return Articles(
        flow.joined(*readings), flow.joined(*skeletons), flow.joined(*skipped), found["read"]
    )


def _first_named(name: str, values: Sequence[list[Found]]) -> Outputs:
    """A file keeps its name; of pages of one name it is that of the first."""
    first, *others = sorted(values[0], key=lambda f: (not f.is_file, f.order))
    yield "taken", (name, None)
    yield from _told(name, first)
    for other in others:
        yield "again", (other.place, other)


def _named_by_place(name: str, values: Sequence[list[Any]]) -> Outputs:
    asking, taken = values
    if asking and (taken or len(asking) > 1):
        yield "clash", name
    elif asking:
        yield from _told(name, asking[0])


def _told(name: str, found: Found) -> Outputs:
    if found.reading is None:
        if found.skipped is not None:
            yield "skipped", replace(found.skipped, name=name)
        return
    reading = named(found.reading, name)
    yield "reading", (name, reading)
    yield "skeleton", (name, _skeleton(reading))


def _skeleton(reading: Reading) -> Skeleton:
    article, extraction = reading.article, reading.extraction
    return Skeleton(
        article.name,
        rank_of(article),
        tuple(replace(e, mentions=_names(e.mentions)) for e in extraction.entities),
        tuple(replace(s, evidence=_NO_EVIDENCE) for s in extraction.statements),
    )


def _names(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Each name once."""
    names = {m.text for m in mentions if m.kind is MentionKind.NAME}
    return tuple(Mention(NOWHERE, name) for name in sorted(names))


pack(Found, Skeleton)
