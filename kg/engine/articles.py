"""Sources to readings under the names that the build in memory gives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeAlias

from kg.engine.flow import Data, Flow
from kg.engine.packing import pack
from kg.engine.reading import Found, SourceStep, read_sources, stop_reading
from kg.engine.setup import Setup
from kg.errors import InputError
from kg.model.statement import ArticleEntity, Evidence, Mention, MentionKind, Statement, Voice
from kg.model.text import Span
from kg.read.load import Source
from kg.resolve.corpus import Rank, rank_of
from kg.state.manifest import InputDigest
from kg.state.reading import Reading, named

__all__ = [
    "NOWHERE",
    "Articles",
    "Skeleton",
    "read_articles",
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
    inputs: Data  # InputDigest, of all of them
    kept: Data  # (key of a reading that is kept, whether it was read anew)


def read_articles(
    flow: Flow, sources: Iterable[Source], setup: Setup, step: SourceStep = read_sources
) -> Articles:
    """Every article of the sources, read where its part of the data is.

    Raises InputError where two pages of corpora would need more than the file and number of one
    of them to be told apart.
    """
    found = flow.mapped(partial(_read, step=step, setup=setup), flow.made(enumerate(sources)))
    first = flow.grouped(_first_named, found["found"])
    given = [first]
    if next(flow.records(first["again"]), None) is not None:
        second = flow.grouped(_named_by_place, first["again"], first["taken"])
        clash = next(flow.records(second["clash"]), None)
        if clash is not None:
            raise InputError(
                f"several pages ask for the name {clash!r}; give each an id of its own, "
                "or build without --engine"
            )
        given.append(second)
    return Articles(
        flow.joined(*(outputs["reading"] for outputs in given)),
        flow.joined(*(outputs["skeleton"] for outputs in given)),
        flow.joined(*(outputs["skipped"] for outputs in (found, *given))),
        found["read"],
        flow.joined(*(outputs["input"] for outputs in (found, *given))),
        found["kept"],
    )


def _read(sources: Iterator[Any], *, step: SourceStep, setup: Setup) -> Outputs:
    """What the step gives; how many inputs it was, and which it has nothing to name by."""
    read = 0
    for output, record in step(sources, setup=setup):
        read += output in ("found", "skipped")
        yield output, record
        if output == "skipped":
            yield "input", InputDigest(record.name, None, record.kind)
    yield "read", read


def _first_named(name: str, values: Sequence[list[Found]]) -> Outputs:
    """A file keeps its name; of pages of one name it is that of the first."""
    stop_reading()  # all has been read
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
    kind = None if found.skipped is None else found.skipped.kind
    yield "input", InputDigest(name, found.sha256, kind)
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


pack(InputDigest, Skeleton)
