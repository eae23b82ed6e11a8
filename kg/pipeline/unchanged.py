"""Whether a build would write what lies in its folder already: digests tell, nothing is made.

Only the plain case is known here: files, every one of them read, no answers of people and no
language model. Of any other a build is made, which comes to the same outputs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Protocol, TypeVar

from kg.errors import InputError
from kg.ontology.domain import Ontology, load_ontology
from kg.pipeline.decisions import all_decisions
from kg.pipeline.outputs import record_of
from kg.pipeline.reading import Progress, ReadArticles, keys_of
from kg.pipeline.settings import Settings, settled
from kg.report import BuildReport
from kg.state.codec import decode
from kg.state.keys import input_digest, package_digest, reading_digest
from kg.state.manifest import MANIFEST, Manifest, digest_of_file, load_manifest
from kg.state.prune import written_before
from kg.state.readings import is_whole
from kg.state.record import RECORD, BuildRecord, Used, load_record

__all__ = ["is_as_asked", "report_if_unchanged", "written_report"]


class _HasText(Protocol):
    def to_json(self) -> str: ...


_Report = TypeVar("_Report", bound=_HasText)
_NONE_READ = ReadArticles((), (), frozenset(), {}, {}, 0, 0)


def report_if_unchanged(
    paths: Iterable[str | Path],
    settings: Settings,
    out: Path,
    *,
    progress: Progress | None = None,
) -> BuildReport | None:
    """The report of the build that lies in `out`, where another would not change a byte; else None.

    `paths` are files and folders, not standard input.
    """
    if settings.llm is not None or not (out / MANIFEST).is_file():
        return None
    settings = settled(settings)
    ontology = load_ontology(settings.domain, base_iri=settings.base_iri)
    try:
        record, (manifest, _) = load_record(out), load_manifest(out)
        same = (
            is_as_asked(record, manifest, settings, ontology)
            and not all_decisions(out)
            and _reads_the_same(paths, settings, ontology, record, out)
            and written_before(out) <= {*record.files, RECORD}
            and all(digest_of_file(out / n) == d for n, d in manifest.outputs.items())
        )
        unwritten = {"anew": 0, "forgotten": 0, "llm_run": None, "llm": None}
        report = written_report(out, BuildReport, unwritten, ("conforms",)) if same else None
    except InputError:  # something is missing or damaged: a build puts it right, or says so
        return None
    if report is not None and progress is not None:
        for done, article in enumerate(report.articles, start=1):
            progress(done, len(report.articles), article.name)
    return report


def is_as_asked(
    record: BuildRecord, manifest: Manifest, settings: Settings, ontology: Ontology
) -> bool:
    """Whether settings, domain, model and code are those of the build; `settings` are settled."""
    asked = record_of(settings, ontology, _NONE_READ)
    return (
        replace(record, articles=(), files=()) == asked
        and manifest.newskg.sha256 == package_digest()
        and "review" not in manifest.options
    )


def _reads_the_same(
    paths: Iterable[str | Path],
    settings: Settings,
    ontology: Ontology,
    record: BuildRecord,
    out: Path,
) -> bool:
    """Whether the inputs are those of the build, and what was read of them is kept whole."""
    from kg.read.annotate import DEFAULT_MODEL
    from kg.read.load import Inputs, RawPage, Source, find_sources

    model = settings.model or DEFAULT_MODEL
    digest = reading_digest(ontology, model, settings.max_chars, settings.extractors)
    left = {used.name: used for used in record.articles}
    inputs = Inputs(find_sources(map(Path, paths), ()), max_chars=settings.max_chars)
    for item in inputs:
        used = left.pop(item.name, None)
        keys, data = keys_of(item, settings.max_chars, digest)
        if used is None or used.key not in keys or not is_whole(out, used.key):
            return False
        wanted = item.wanted if isinstance(item, RawPage) else None
        read = input_digest(item, settings.max_chars, data)
        if used != Used(item.name, used.key, isinstance(item, Source), wanted, read):
            return False
    return not left


def written_report(
    out: Path, kind: type[_Report], unwritten: Mapping[str, object], derived: Iterable[str] = ()
) -> _Report | None:
    """The report in `out` as it was written; None where it is not one of this version.

    `unwritten` are fields that report.json leaves out, `derived` names in it that are no fields.
    """
    text = (out / "report.json").read_text(encoding="utf-8")
    try:
        found = json.loads(text)
        for name in derived:
            del found[name]
        report: _Report = decode(found | unwritten, kind)
    except (ValueError, KeyError, TypeError):
        return None
    return report if report.to_json() == text else None
