"""build(): every article read, or known from an earlier build, and one graph made of them."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.llm.settings import LlmSettings
from kg.model.decision import Decision
from kg.model.graph import KnowledgeGraph
from kg.ontology.domain import DEFAULT_BASE_IRI, DEFAULT_DOMAIN, Ontology, load_ontology
from kg.pipeline.assembly import assemble, report_on
from kg.pipeline.collector import collecting_seldom, not_collecting
from kg.pipeline.decisions import all_decisions, decisions_in
from kg.pipeline.outputs import check_and_render, record_of, write_build
from kg.pipeline.reading import Progress, read_all
from kg.pipeline.settings import Settings, extractor_names, settled
from kg.read.page import MAX_CHARS
from kg.read.sources import PARTS_RECORD
from kg.report import BuildReport, Skipped
from kg.state.answers import FOLDER
from kg.state.keys import reading_digest
from kg.state.readings import Readings
from kg.state.record import load_record

if TYPE_CHECKING:
    from kg.llm.extractor import ModelReader

__all__ = ["build", "build_as_decided", "build_files", "build_with_report"]

_AS_USUAL = Settings()
_REASONS_SHOWN = 5


def build(
    paths: Iterable[str | Path] | str | Path = (),
    *,
    urls: Iterable[str] = (),
    domain: str | Path = DEFAULT_DOMAIN,
    out: str | Path | None = None,
    base_iri: str = DEFAULT_BASE_IRI,
    model: str | None = None,
    max_chars: int = MAX_CHARS,
    allow_private: bool = False,
    min_confidence: float = 0.0,
    page_text: bool = True,
    review: Iterable[str | Path] = (),
    processes: int = 1,
    timeout: float | None = None,
    progress: Progress | None = None,
    extractors: Iterable[str] | str = (),
    llm: LlmSettings | None = None,
) -> KnowledgeGraph:
    """The graph of the articles in `paths` and at `urls`, also written to `out` if given.

    Paths are files, folders, patterns or "-": docs/formats.md. Only `urls` are fetched. What an
    earlier build wrote to `out` is used for the articles that are the same: docs/incremental.md.
    Without `page_text` the page holds no more of the articles than the quotes of their facts.
    The answers in `review.yaml` of `out` and in the files of `review` are heeded: docs/review.md.
    With `llm` a language model is asked too: docs/language-model.md. `extractors` are those that
    run, names or one string with commas; none: all that can.

    An article that cannot be read is left out with a warning (UserWarning), and so is told which
    answers are in force for nothing and what the model did not read; `build_with_report` returns
    these as data. Raises InputError when no article can be read, `out` cannot be written, a review
    file cannot be used, or `extractors` and `llm` do not fit together,
    OntologyError or UnknownNameError for a bad domain, ModelMissingError for a model that is not
    installed. An article that takes more than `timeout` seconds is left out as well. With it, or
    with `processes` above 1, call this under `if __name__ == "__main__":`.
    """
    graph, report = build_with_report(
        paths,
        Settings(
            domain,
            base_iri,
            model,
            max_chars,
            allow_private,
            min_confidence,
            page_text=page_text,
            timeout=timeout,
            extractors=extractor_names(extractors),
            llm=llm,
        ),
        urls=urls,
        out=out,
        review=review,
        processes=processes,
        progress=progress,
    )
    if report.skipped:
        reasons = "; ".join(f"{s.name}: {s.reason}" for s in report.skipped)
        warnings.warn(f"left out of the graph: {reasons}", stacklevel=2)
    for subject, remark in report.remarks():
        warnings.warn(f"{subject}: {remark}", stacklevel=2)
    return graph


def build_with_report(
    paths: Iterable[str | Path] | str | Path,
    settings: Settings = _AS_USUAL,
    *,
    urls: Iterable[str] = (),
    out: str | Path | None = None,
    review: Iterable[str | Path] = (),
    fresh: bool = False,
    processes: int = 1,
    progress: Progress | None = None,
) -> tuple[KnowledgeGraph, BuildReport]:
    """As `build`, with the report; a graph that breaks its shapes is returned and reported.

    With `fresh` every article is read, whatever an earlier build left in `out`.
    """
    return build_as_decided(
        paths,
        settings,
        decisions_in(review),
        urls=urls,
        out=out,
        fresh=fresh,
        processes=processes,
        progress=progress,
    )


def build_files(
    paths: Iterable[str | Path],
    settings: Settings,
    *,
    out: str | Path,
    urls: Iterable[str] = (),
    review: Iterable[str | Path] = (),
    fresh: bool = False,
    processes: int = 1,
    progress: Progress | None = None,
) -> BuildReport:
    """As `build_with_report`, for whoever wants the outputs and not the graph.

    Where nothing has changed since the build that lies in `out`, nothing is made anew.
    """
    from kg.pipeline.unchanged import report_if_unchanged

    inputs, addresses, reviews = tuple(paths), tuple(urls), tuple(review)
    if not (fresh or addresses or reviews) and "-" not in map(str, inputs):
        report = report_if_unchanged(inputs, settings, Path(out), progress=progress)
        if report is not None:
            return report
    return build_with_report(
        inputs,
        settings,
        urls=addresses,
        out=out,
        review=reviews,
        fresh=fresh,
        processes=processes,
        progress=progress,
    )[1]


def build_as_decided(
    paths: Iterable[str | Path] | str | Path,
    settings: Settings,
    given: tuple[Decision, ...],
    *,
    urls: Iterable[str] = (),
    out: str | Path | None = None,
    fresh: bool = False,
    processes: int = 1,
    progress: Progress | None = None,
) -> tuple[KnowledgeGraph, BuildReport]:
    """As `build_with_report`, under decisions that are read already."""
    if out is None:
        return _build(paths, settings, given, urls, None, fresh, processes, progress)
    from kg.export.changes import alone_in

    if Path(out, PARTS_RECORD).exists():
        raise InputError(f"{out}: a build with --engine wrote there; choose another --out")
    with alone_in(Path(out)):
        return _build(paths, settings, given, urls, Path(out), fresh, processes, progress)


def _build(
    paths: Iterable[str | Path] | str | Path,
    settings: Settings,
    given: tuple[Decision, ...],
    urls: Iterable[str],
    folder: Path | None,
    fresh: bool,
    processes: int,
    progress: Progress | None,
) -> tuple[KnowledgeGraph, BuildReport]:
    from kg.rdf.terms import checked_base_iri
    from kg.rdf.validate import validate
    from kg.read.annotate import DEFAULT_MODEL
    from kg.read.load import Inputs, find_sources

    checked_base_iri(settings.base_iri)
    settings = settled(settings)
    ontology = load_ontology(settings.domain, base_iri=settings.base_iri)
    inputs = (paths,) if isinstance(paths, (str, Path)) else tuple(paths)
    sources = find_sources(map(Path, inputs), urls)
    articles = Inputs(sources, max_chars=settings.max_chars, allow_private=settings.allow_private)
    decisions = all_decisions(folder, given)
    forgotten = _forgotten(folder, decisions)
    known = Readings(None if fresh else folder)
    llm, llm_parts = _language_model(settings, ontology, folder)
    digest = reading_digest(
        ontology,
        settings.model or DEFAULT_MODEL,
        settings.max_chars,
        settings.extractors,
        llm_parts,
    )
    with collecting_seldom():
        found = read_all(
            articles, settings, digest, known, llm=llm, processes=processes, progress=progress
        )
    if not found.read:
        raise InputError(_nothing_read(found.skipped))
    readings = [r.reading for r in found.read]
    with not_collecting():
        assembled = assemble(readings, ontology, settings, decisions)
        graph = assembled.graph
        if folder is None:
            violations = validate(graph, ontology).violations
        else:
            violations, files = check_and_render(graph, ontology, processes=processes)
        report = report_on(settings, readings, found.skipped, assembled, violations, found.total)
        if folder is not None:
            record = record_of(settings, ontology, found, given)
            write_build(folder, graph, files, ontology, report, record, known)
    run = None if llm is None else llm.asker.run
    return graph, replace(report, anew=found.anew, forgotten=forgotten, llm_run=run)


def _language_model(
    settings: Settings, ontology: Ontology, folder: Path | None
) -> tuple[ModelReader | None, tuple[str, ...]]:
    """The language model that is to be asked, and what readings depend on of it."""
    if settings.llm is None:
        return None, ()
    from kg.llm.extractor import ModelReader, reading_parts

    answers = None if folder is None else folder / FOLDER
    return ModelReader.of(settings.llm, ontology, answers), reading_parts(settings.llm)


def _forgotten(folder: Path | None, decisions: Iterable[Decision]) -> int:
    """How many decisions the last build to the folder was given and this one is not."""
    if folder is None:
        return 0
    try:
        before = load_record(folder).decisions
    except InputError:  # no build, or one that cannot be read: nothing to go on with
        return 0
    now = {(d.kind, d.about) for d in decisions}
    return sum((d.kind, d.about) not in now for d in before)


def _nothing_read(skipped: Iterable[Skipped]) -> str:
    reasons = [f"{s.name}: {s.reason}" for s in skipped]
    shown = "; ".join(reasons[:_REASONS_SHOWN]) or "no input was given"
    more = f"; and {len(reasons) - _REASONS_SHOWN} more" if reasons[_REASONS_SHOWN:] else ""
    return f"no article could be read, so nothing was written ({shown}{more})"
