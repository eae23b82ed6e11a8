"""Taking articles out of a graph, without the others being read again."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from kg.errors import InputError, UnknownNameError
from kg.model.graph import KnowledgeGraph
from kg.model.wording import close_names
from kg.pipeline.assembly import assemble, report_on
from kg.pipeline.decisions import all_decisions
from kg.pipeline.outputs import check_and_render, write_build
from kg.pipeline.stored import load_stored
from kg.read.sources import shortest_names
from kg.report import BuildReport, Skipped
from kg.state.reading import named
from kg.state.record import RECORD, BuildRecord, load_record

__all__ = ["remove_articles", "still_naming"]


def remove_articles(out: str | Path, names: Iterable[str]) -> tuple[KnowledgeGraph, BuildReport]:
    """Makes the outputs in `out` what a build without these articles would have written.

    Neither sources nor model are needed. An input that the build skipped can be removed as well.
    Raises UnknownNameError, with close names, for an article that is not in the graph; InputError
    where no article would be left, where no build wrote to `out`, or where what it kept no longer
    holds. Nothing is changed then.
    """
    from kg.export.changes import alone_in

    folder = Path(out)
    load_record(folder)  # before a folder is made where there is none
    with alone_in(folder):
        return _removed(folder, names)


def _removed(folder: Path, names: Iterable[str]) -> tuple[KnowledgeGraph, BuildReport]:
    stored = load_stored(folder)
    gone = frozenset(names)
    _check(stored.record, gone)
    record = _without(stored.record, gone)
    new_names = _new_names(record)
    _check_names(stored.record, gone, new_names)
    record = replace(
        record,
        articles=tuple(sorted(replace(a, name=new_names[a.name]) for a in record.articles)),
        skipped=tuple(sorted(replace(s, name=new_names[s.name]) for s in record.skipped)),
    )
    readings = [named(stored.readings[used.key], used.name) for used in record.articles]
    skipped = [Skipped(s.name, s.reason, s.kind) for s in record.skipped]
    decisions = all_decisions(folder, record.decisions)
    ontology = stored.ontology
    assembled = assemble(readings, ontology, stored.settings, decisions)
    graph = assembled.graph
    total = len(record.articles) + len(record.skipped)
    violations, files = check_and_render(graph, ontology)
    report = report_on(stored.settings, readings, skipped, assembled, violations, total)
    write_build(folder, graph, files, ontology, report, record, stored.known)
    return graph, report


def still_naming(out: str | Path, names: Sequence[str]) -> tuple[str, ...]:
    """Files in `out` that no build wrote and that hold one of the names, sorted.

    They are a person's own (decisions, notes), so that nothing removes or changes them.
    """
    folder = Path(out)
    written = {*load_record(folder).files, RECORD}
    wanted = [name.encode("utf-8", "surrogatepass") for name in names]
    found: list[str] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if name not in written:
            with contextlib.suppress(OSError):
                data = path.read_bytes()
                found += [name] if any(item in data for item in wanted) else []
    return tuple(found)


def _check(record: BuildRecord, gone: frozenset[str]) -> None:
    articles = {a.name for a in record.articles}
    known = articles | {s.name for s in record.skipped}
    for name in sorted(gone - known):
        raise UnknownNameError("article", name, close_names(name, known))
    if gone >= articles:
        raise InputError(
            "no article would be left, and a graph of none is not written; "
            "delete the folder, or build it again from other articles"
        )


def _without(record: BuildRecord, gone: frozenset[str]) -> BuildRecord:
    return replace(
        record,
        articles=tuple(a for a in record.articles if a.name not in gone),
        skipped=tuple(s for s in record.skipped if s.name not in gone),
    )


def _new_names(record: BuildRecord) -> dict[str, str]:
    """What the inputs that are left are called: two files of one name may have become one."""
    names = [*(a.name for a in record.articles), *(s.name for s in record.skipped)]
    files = {
        *(a.name for a in record.articles if a.is_file),
        *(s.name for s in record.skipped if s.is_file),
    }
    return {name: name for name in names} | shortest_names(
        {name: tuple(name.split("/")) for name in sorted(files)}
    )


def _check_names(record: BuildRecord, gone: frozenset[str], names: dict[str, str]) -> None:
    """Raises InputError where a page of a corpus would be called otherwise without the removed."""
    new = set(names.values()) - names.keys()
    for article in record.articles:
        if article.name not in gone and (
            article.wanted in gone or (not article.is_file and article.name in new)
        ):
            raise InputError(
                f"{article.name} would have another name without what is to be removed; "
                "take that out of the sources and run `kg build` again"
            )
