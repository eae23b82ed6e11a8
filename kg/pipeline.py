"""build(): read → clean → annotate → extract for each article, then resolve → validate → write.

The first four stages see one article each and may run in several processes; results are put back in
the order of names, so that neither the order of inputs nor the number of processes shows.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kg.errors import InputError
from kg.model.graph import KnowledgeGraph
from kg.model.text import Article
from kg.ontology.domain import DEFAULT_BASE_IRI, DEFAULT_DOMAIN, Ontology, load_ontology
from kg.read.page import MAX_CHARS
from kg.report import BuildReport, Skipped, report_article, report_build
from kg.workers import in_processes

if TYPE_CHECKING:
    from kg.extract import Extraction
    from kg.read.annotate import Annotator
    from kg.read.load import Inputs, RawPage, Source, Unreadable

__all__ = ["Progress", "Settings", "build", "build_with_report"]

# Called after each article with: articles done, articles in all, name of the article.
Progress = Callable[[int, int, str], None]

_LANGUAGE = "en"  # of the frames and word lists of the packaged domains
_REASONS_SHOWN = 5
_DIED = "the process that read it died (out of memory?); split the file"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a build depends on besides its articles."""

    domain: str | Path = DEFAULT_DOMAIN
    base_iri: str = DEFAULT_BASE_IRI
    model: str | None = None  # None: the packaged small English one
    max_chars: int = MAX_CHARS  # of one article
    allow_private: bool = False  # whether addresses of this machine and network may be fetched
    min_confidence: float = 0.0  # facts of less are left out, and counted as rejected


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the first four stages give for one article."""

    article: Article
    extraction: Extraction
    warnings: tuple[str, ...]
    model: str  # name and version
    verbatim: bool  # its text is the file that was read


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
    processes: int = 1,
    progress: Progress | None = None,
) -> KnowledgeGraph:
    """The graph of the articles in `paths` and at `urls`, also written to `out` if given.

    Paths are files, folders, patterns or "-": docs/formats.md. Only `urls` are fetched.

    An article that cannot be read is left out with a warning (UserWarning); `build_with_report`
    returns the reasons as data. Raises InputError when no article can be read or `out` cannot be
    written, OntologyError or UnknownNameError for a bad domain, ModelMissingError for a model that
    is not installed. With `processes` above 1, call it under `if __name__ == "__main__":`.
    """
    graph, report = build_with_report(
        paths,
        Settings(domain, base_iri, model, max_chars, allow_private, min_confidence),
        urls=urls,
        out=out,
        processes=processes,
        progress=progress,
    )
    if report.skipped:
        reasons = "; ".join(f"{s.name}: {s.reason}" for s in report.skipped)
        warnings.warn(f"left out of the graph: {reasons}", stacklevel=2)
    return graph


def build_with_report(
    paths: Iterable[str | Path] | str | Path,
    settings: Settings = Settings(),
    *,
    urls: Iterable[str] = (),
    out: str | Path | None = None,
    processes: int = 1,
    progress: Progress | None = None,
) -> tuple[KnowledgeGraph, BuildReport]:
    """As `build`, with the report; a graph that breaks its shapes is returned and reported."""
    from kg.rdf.terms import checked_base_iri
    from kg.rdf.validate import validate
    from kg.read.load import Inputs, find_sources
    from kg.reason import reason
    from kg.resolve import resolve

    checked_base_iri(settings.base_iri)
    ontology = load_ontology(settings.domain, base_iri=settings.base_iri)
    inputs = (paths,) if isinstance(paths, (str, Path)) else tuple(paths)
    sources = find_sources(map(Path, inputs), urls)
    articles = Inputs(sources, max_chars=settings.max_chars, allow_private=settings.allow_private)
    readings, skipped = _read_all(articles, settings, processes, progress)
    if not readings:
        raise InputError(_nothing_read(skipped))
    graph = resolve(
        [r.article for r in readings],
        [r.extraction for r in readings],
        ontology,
        _recorded(ontology, readings) | _asked(settings),
    )
    rejected = sum((Counter(r.extraction.rejected) for r in readings), Counter[str]())
    sure = tuple(f for f in graph.facts if f.confidence >= settings.min_confidence)
    rejected += Counter({"less confident than asked for": len(graph.facts) - len(sure)})
    graph = reason(replace(graph, facts=sure), ontology)
    report = report_build(
        graph,
        articles=(report_article(r.article, r.warnings, verbatim=r.verbatim) for r in readings),
        skipped=skipped,
        rejected=rejected,
        violations=validate(graph, ontology).violations,
    )
    if out is not None:
        _write(graph, ontology, report, Path(out))
    return graph, report


def _asked(settings: Settings) -> dict[str, str]:
    """What changes the graph only where it is asked for."""
    least = settings.min_confidence
    return {"min_confidence": f"{least:g}"} if least else {}


def _write(graph: KnowledgeGraph, ontology: Ontology, report: BuildReport, out: Path) -> None:
    """All outputs at once, with the text that evidence cites where no plain file holds it."""
    from kg.export import EXPORTERS, write_files

    texts = {exporter.file_name: exporter.render(graph, ontology) for exporter in EXPORTERS}
    texts["report.json"] = report.to_json()
    by_name = {article.name: article.text for article in graph.articles}
    texts.update({a.text: by_name[a.name] for a in report.articles if a.text is not None})
    write_files(out, texts)


def _recorded(ontology: Ontology, readings: Iterable[_Reading]) -> dict[str, str]:
    """What the graph says it was built with."""
    return {
        "base_iri": ontology.base_iri,
        "domain": ontology.name,
        "kg": version("newskg"),
        "model": ", ".join(sorted({r.model for r in readings})),
    }


def _nothing_read(skipped: Iterable[Skipped]) -> str:
    reasons = [f"{s.name}: {s.reason}" for s in skipped]
    shown = "; ".join(reasons[:_REASONS_SHOWN]) or "no input was given"
    more = f"; and {len(reasons) - _REASONS_SHOWN} more" if reasons[_REASONS_SHOWN:] else ""
    return f"no article could be read, so nothing was written ({shown}{more})"


def _read_all(
    inputs: Inputs, settings: Settings, processes: int, progress: Progress | None
) -> tuple[list[_Reading], list[Skipped]]:
    """Results by name, whatever the order in which they came."""
    readings: list[_Reading] = []
    skipped: list[Skipped] = []
    results = _results(inputs, settings, processes)
    for done, (name, result) in enumerate(results, start=1):
        if isinstance(result, Skipped):
            skipped.append(result)
        else:
            readings.append(result)
        if progress is not None:
            progress(done, inputs.total, name)
    readings.sort(key=lambda r: r.article.name)
    skipped.sort(key=lambda s: s.name)
    return readings, skipped


_Input: TypeAlias = "Source | RawPage | Unreadable"
_Results = Iterator[tuple[str, _Reading | Skipped]]


def _results(inputs: Iterable[_Input], settings: Settings, processes: int) -> _Results:
    """Each input with what became of it; in several processes, in the order they finish in."""
    if processes <= 1:
        for item in inputs:
            yield item.name, _read(item, settings)
        return
    for item, result in in_processes(partial(_read, settings=settings), inputs, processes):
        yield item.name, Skipped(item.name, _DIED) if result is None else result


@cache
def _loaded(settings: Settings) -> tuple[Annotator, Ontology]:
    """Model and ontology, once for each process."""
    from kg.read.annotate import load_annotator

    ontology = load_ontology(settings.domain, base_iri=settings.base_iri)
    return load_annotator(settings.model), ontology


def _read(item: _Input, settings: Settings) -> _Reading | Skipped:
    """One article through the first four stages; what goes wrong in them skips this article only.

    A wrong setting (a model that is missing, a broken domain) is raised: it stops the build.
    """
    from kg.read.load import Unreadable

    if isinstance(item, Unreadable):
        return Skipped(item.name, item.reason)
    annotator, ontology = _loaded(settings)
    try:
        return _read_with(annotator, ontology, item, settings.max_chars)
    except InputError as error:
        return Skipped(item.name, str(error))
    except Exception as error:  # a parser's ValueError, RecursionError ...: the others go on
        return Skipped(item.name, f"cannot be processed: {type(error).__name__}: {error}")


def _read_with(
    annotator: Annotator, ontology: Ontology, item: Source | RawPage, max_chars: int
) -> _Reading | Skipped:
    from kg.extract import extract
    from kg.read.clean import clean
    from kg.read.load import Source, read_source
    from kg.read.metadata import language_to_read

    page = read_source(item, max_chars=max_chars) if isinstance(item, Source) else item
    article = clean(page)
    if len(article.text) > max_chars:  # of HTML only now is it known
        return Skipped(item.name, f"its text exceeds {max_chars:,} characters; raise --max-chars")
    language, notes = language_to_read(article)
    if language != _LANGUAGE:
        reason = f"its language is {language!r}; only English ({_LANGUAGE!r}) is read"
        return Skipped(item.name, reason)
    return _Reading(
        article=article,
        extraction=extract(annotator.annotate(article), ontology),
        warnings=(*page.warnings, *notes),
        model=f"{Path(annotator.name).name} {annotator.version}".strip(),
        verbatim=page.verbatim,
    )
