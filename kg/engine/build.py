"""A whole build on an engine: sources in, parts of facts, quads and tables out."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from kg.engine.articles import Articles, read_articles
from kg.engine.copies import find_copies
from kg.engine.entities import found_entities
from kg.engine.facts import merged_facts
from kg.engine.flow import Flow
from kg.engine.kept import forget_all_but
from kg.engine.output import Parts, Wrote, write_parts
from kg.engine.passes import clusters_of
from kg.engine.reading import SourceStep, read_sources, stop_reading
from kg.engine.report import Counts, EngineReport, of_reading
from kg.engine.setup import Setup
from kg.engine.stores import (
    is_address,
    names_below,
    remove_file,
    stored_sources,
    write_file,
)
from kg.errors import InputError
from kg.export.files import is_leftover, remove_leftovers
from kg.link.proposals import LINKS_FILE
from kg.ontology.domain import load_ontology
from kg.pipeline.assembly import asked, recorded
from kg.pipeline.decisions import REVIEW_FILE
from kg.pipeline.outputs import record_of
from kg.pipeline.reading import ReadArticles
from kg.pipeline.settings import Settings, settled
from kg.rdf.terms import checked_base_iri, run_iri
from kg.read.annotate import DEFAULT_MODEL
from kg.read.extras import load_extra
from kg.read.sources import BUILD_RECORD, PARTS, PARTS_RECORD, STDIN, Source, find_sources
from kg.state.keys import reading_digest
from kg.state.manifest import MANIFEST, manifest_file, manifest_of
from kg.state.record import BuildRecord, record_file

__all__ = ["build_on", "sources_of"]

_ARTICLES_OF_FACTS = 2_000  # whose facts make a part
_ARTICLES_OF_QUADS = 100  # of quads there are some hundred times as many
_INPUTS_OF_LIST = 10_000
_REPORT = "report.json"
_PART = re.compile(r"(?:inferred-)?part-\d+\.(?:jsonl|nq\.gz|parquet)")
_NONE_READ = ReadArticles((), (), frozenset(), {}, {}, 0, 0)

Outputs: TypeAlias = Iterator[tuple[str, Any]]


def build_on(
    flow: Flow,
    paths: Iterable[str | Path],
    settings: Settings,
    out: str | Path,
    *,
    step: SourceStep = read_sources,
    keeps: bool = False,
    fresh: bool = False,
) -> EngineReport:
    """Reads, resolves and writes on an engine; facts are those of `kg.build`, byte for byte.

    `paths` are files, folders, patterns, and addresses of an object store; `out` is a folder or an
    address that every machine sees. With `keeps` readings are kept in `out`, a folder of this
    machine, and those that are there are used, unless `fresh`. What an engine cannot do is refused:
    see `docs/scale.md`.
    Raises InputError for what is refused, and as `kg.build`.
    """
    place = str(out)
    sources = sources_of(paths)
    _check(settings, place)
    checked_base_iri(settings.base_iri)
    settings = settled(settings)
    ontology = load_ontology(settings.domain, base_iri=settings.base_iri)
    model = settings.model or DEFAULT_MODEL
    digest = reading_digest(ontology, model, settings.max_chars, settings.extractors)
    setup = Setup(settings, digest, kept=place if keeps else None, fresh=fresh)
    try:
        articles = read_articles(flow, sources, setup, step)
        found = _summary(flow, articles)
    finally:
        stop_reading()
    skipped = tuple(sorted(flow.records(articles.skipped), key=lambda s: (s.name, s.reason)))
    if not found.articles:
        reasons = "; ".join(f"{s.name}: {s.reason}" for s in skipped[:5])
        raise InputError(f"no article could be read, so nothing was written ({reasons})")
    record = record_of(settings, ontology, _NONE_READ)
    _begin(place, record)
    said = recorded(ontology, found.models) | asked(settings, ())
    run = run_iri(ontology.base_iri, {**said, "articles": found.digest})
    setup = replace(setup, run=run)
    parts = Parts(
        place,
        tuple(sorted(said.items())),
        1 + found.articles // _ARTICLES_OF_FACTS,
        1 + found.articles // _ARTICLES_OF_QUADS,
        1 + found.counts["read", ""] // _INPUTS_OF_LIST,
    )
    wrote = _resolved(flow, articles, setup, parts, found.articles)
    report = EngineReport.of(found.counts + wrote.found, wrote.written, skipped, said)
    if keeps:
        forget_all_but({key for key, _ in flow.records(articles.kept)}, place)
        report = replace(report, anew=sum(is_new for _, is_new in flow.records(articles.kept)))
    data = report.to_json().encode("utf-8")
    write_file(place, _REPORT, data)
    digests = {**wrote.digests, _REPORT: hashlib.sha256(data).hexdigest()}
    write_file(place, MANIFEST, manifest_file(manifest_of(record, ontology, said, digests)))
    return report


def _resolved(flow: Flow, articles: Articles, setup: Setup, parts: Parts, size: int) -> Wrote:
    copies = find_copies(flow, articles.readings, 1 + size // _ARTICLES_OF_FACTS)
    clusters = clusters_of(flow, articles.skeletons, setup)
    flow.drop(articles.skeletons)
    entities = found_entities(flow, articles.readings, clusters, setup)
    claims = merged_facts(flow, articles.readings, entities.mentioned, copies, setup)
    return write_parts(flow, articles, entities, copies, claims, setup, parts)


def sources_of(paths: Iterable[str | Path]) -> Sequence[Source]:
    """The files and addresses that a build of these paths reads, in order.

    Raises InputError for standard input, and where two of them have one name.
    """
    given = [str(path) for path in paths]
    if str(STDIN) in given:
        raise InputError("--engine cannot read standard input; give files, folders or addresses")
    here = [path for path in given if not is_address(path)]
    found = [*find_sources(here)] if here else []
    for address in given:
        if is_address(address):
            found += stored_sources(address)
    twice = [name for name, count in Counter(s.name for s in found).items() if count > 1]
    if twice:
        raise InputError(f"two sources are called {min(twice)!r}; give their common folder instead")
    return sorted(found)


def _check(settings: Settings, out: str) -> None:
    """Raises InputError for what no engine does, and where tables could not be written."""
    load_extra("pyarrow", "parquet", "--engine")
    if settings.llm is not None:
        raise InputError("--engine asks no language model; build without --engine, or drop --llm")
    if is_address(out):
        return
    for name, what in (
        (BUILD_RECORD, "a build without --engine wrote there"),
        (REVIEW_FILE, "decisions of people lie there, which --engine does not heed"),
        (LINKS_FILE, "links of `kg link` lie there, which --engine does not heed"),
    ):
        if Path(out, name).exists():
            raise InputError(f"{out}: {what}; choose another --out, or build without --engine")


def _begin(out: str, record: BuildRecord) -> None:
    """Says that the folder is one of parts, and takes away those of an earlier build.

    Its manifest and report go first, so that none lies. What is not called as a part stays.
    """
    for name in (MANIFEST, _REPORT):
        remove_file(out, name)
    write_file(out, PARTS_RECORD, record_file(record, ()))
    if not is_address(out):
        for name in (MANIFEST, _REPORT, PARTS_RECORD):
            path = Path(out, name)
            remove_leftovers(path.parent, {path.name})
    for folder in PARTS:
        for name in names_below(out, folder):
            file = name.rpartition("/")[2]
            if _PART.fullmatch(file) or is_leftover(file):
                remove_file(out, name)


@dataclass(frozen=True, slots=True)
class _Summary:
    counts: Counts
    models: frozenset[str]
    digest: str  # of names and texts, in any order

    @property
    def articles(self) -> int:
        return self.counts["used", ""]


def _summary(flow: Flow, articles: Articles) -> _Summary:
    counts: Counts = Counter({("read", ""): sum(flow.records(articles.read))})
    total = 0
    models: set[str] = set()
    for more, sum_, names in flow.records(flow.mapped(_summed, articles.readings)["sum"]):
        counts.update(more)
        total += sum_
        models |= names
    return _Summary(counts, frozenset(models), f"{total % (1 << 256):064x}")


def _summed(readings: Iterator[tuple[str, Any]]) -> Outputs:
    counts: Counts = Counter()
    total = 0
    models: set[str] = set()
    for name, reading in readings:
        one = f"{name}\x1f{reading.article.sha256}".encode("utf-8", "surrogatepass")
        counts.update(of_reading(reading))
        total += int.from_bytes(hashlib.sha256(one).digest(), "big")
        models.add(reading.model)
    yield "sum", (counts, total, models)
