"""All files of a build: written whole, then what an earlier build left is removed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePath

from kg.errors import InputError
from kg.export import Content
from kg.model.decision import Decision
from kg.model.graph import KnowledgeGraph
from kg.model.violation import Violation
from kg.ontology.domain import Ontology
from kg.pipeline.reading import ReadArticles
from kg.pipeline.settings import Settings, recorded_domain
from kg.pipeline.stages import Read
from kg.read.annotate import DEFAULT_MODEL
from kg.report import BuildReport, Skipped
from kg.state.answers import prune_answers
from kg.state.keys import code_digest, domain_digest, model_digest
from kg.state.manifest import MANIFEST, manifest_file, manifest_of
from kg.state.prune import PAGES, written_before
from kg.state.readings import Readings, reading_path
from kg.state.record import RECORD, BuildRecord, Left, Used, record_file
from kg.workers import beside, is_copied

__all__ = ["check_and_render", "record_of", "render", "write_build"]

_BESIDE = frozenset(("graphml", "html"))  # exporters that run beside the others, with the check

Files = Mapping[str, Content]
"""What files hold, by their names."""


def record_of(
    settings: Settings,
    ontology: Ontology,
    found: ReadArticles,
    decisions: tuple[Decision, ...] = (),
) -> BuildRecord:
    """What is kept of a build so that it can be loaded again and articles be taken out of it.

    `decisions` are those that do not lie with the outputs.
    """
    return BuildRecord(
        domain=recorded_domain(settings),
        base_iri=settings.base_iri,
        model=settings.model,
        max_chars=settings.max_chars,
        min_confidence=settings.min_confidence,
        built_at=settings.built_at,
        page_text=settings.page_text,
        extractors=settings.extractors,
        llm_model=settings.llm.model if settings.llm is not None else None,
        llm_price=settings.llm.price if settings.llm is not None else None,
        model_digest=model_digest(settings.model or DEFAULT_MODEL),
        code=code_digest(),
        domain_digest=domain_digest(ontology),
        articles=tuple(sorted(_used(r, found) for r in found.read)),
        skipped=tuple(sorted(_left(s, found) for s in found.skipped)),
        decisions=tuple(sorted(replace(d, place=PurePath(d.place).name) for d in decisions)),
    )


def _used(read: Read, found: ReadArticles) -> Used:
    name = read.reading.article.name
    return Used(name, read.key, name in found.files, found.wanted.get(name), read.sha256)


def _left(skipped: Skipped, found: ReadArticles) -> Left:
    name = skipped.name
    digest = found.unread.get(name)
    return Left(name, skipped.reason, name in found.files, skipped.kind, digest)


def check_and_render(
    graph: KnowledgeGraph, ontology: Ontology, *, processes: int = 1
) -> tuple[tuple[Violation, ...], Files]:
    """What of the graph breaks the shapes of its domain, and the files of it, by name.

    The triples are made once; with two processes, of which one checks the shapes, by each.
    """
    from kg.export import EXPORTERS
    from kg.rdf.pieces import pieces_made_once
    from kg.rdf.validate import validate

    here = {exporter.name for exporter in EXPORTERS} - _BESIDE
    if not is_copied(processes):
        with pieces_made_once():
            violations = validate(graph, ontology).violations
            files = render(graph, ontology, here)
        return violations, {**files, **render(graph, ontology, _BESIDE)}
    with beside(partial(_check_and_render_rest, graph, ontology), processes=processes) as rest:
        with pieces_made_once():
            files = render(graph, ontology, here)
        violations, others = rest()
    return violations, {**files, **others}


def _check_and_render_rest(
    graph: KnowledgeGraph, ontology: Ontology
) -> tuple[tuple[Violation, ...], Files]:
    from kg.rdf.validate import validate

    return validate(graph, ontology).violations, render(graph, ontology, _BESIDE)


def render(graph: KnowledgeGraph, ontology: Ontology, names: Collection[str]) -> Files:
    """The files of these exporters, by their own names."""
    from kg.export import EXPORTERS

    return {e.file_name: e.render(graph, ontology) for e in EXPORTERS if e.name in names}


def write_build(
    out: Path,
    graph: KnowledgeGraph,
    files: Files,
    ontology: Ontology,
    report: BuildReport,
    record: BuildRecord,
    known: Readings,
) -> None:
    """Writes every output, with the text that evidence cites where no plain file holds it.

    `files` are those of the graph, as `check_and_render` makes them; `known` holds the readings of
    the record. To be called within `alone_in` of the folder. A run that is killed leaves what was
    there, or the next one finishes the change. Raises InputError where that cannot be done, or a
    text of a person would be replaced.
    """
    from kg.export.changes import change_files

    texts: dict[str, Content] = {**files}
    texts["report.json"] = report.to_json()
    by_name = {article.name: article.text for article in graph.articles}
    texts.update({a.text: by_name[a.name] for a in report.articles if a.text is not None})
    keys = {used.key for used in record.articles}
    digests = {name: _digest(text) for name, text in sorted(texts.items())}
    manifest = manifest_of(record, ontology, graph.settings, digests)
    kept = {*texts, *map(reading_path, keys), MANIFEST, RECORD}
    earlier = written_before(out)
    _check_pages(out, texts, earlier)
    texts.update((reading_path(k), known.file(k)) for k in keys if not known.is_written(k))
    texts[MANIFEST] = manifest_file(manifest)
    texts[RECORD] = record_file(record, tuple(kept - {RECORD}))
    change_files(out, texts, earlier - kept)
    prune_answers(out, {article.sha256 for article in graph.articles})


def _digest(content: Content) -> str:
    """SHA-256 of the file of a text; of one that no file can hold, which writing it will tell."""
    digest = hashlib.sha256()
    for chunk in (content,) if isinstance(content, str | bytes) else content:
        digest.update(chunk if isinstance(chunk, bytes) else _utf8(chunk))
    return digest.hexdigest()


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _check_pages(out: Path, texts: Files, earlier: Collection[str]) -> None:
    """Raises InputError where a text would replace a file that no build wrote.

    The articles may lie in `articles` themselves, with a text of a person beside each page.
    """
    for name, text in texts.items():
        is_there = name.startswith(PAGES) and name not in earlier and (out / name).exists()
        if is_there and _digest((out / name).read_bytes()) != _digest(text):
            raise InputError(
                f"{out / name} is no file of a build and would be replaced; "
                "move it or choose another --out"
            )
