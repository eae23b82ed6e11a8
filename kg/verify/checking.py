"""Comparing a folder of outputs with its manifest, and with what the inputs give anew."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from kg.errors import InputError, KgError
from kg.ontology.domain import load_ontology
from kg.state.keys import domain_digest, input_digest, model_digest, package_digest
from kg.state.manifest import MANIFEST, Manifest, digest_of_file, load_manifest
from kg.state.readings import FOLDER, is_whole, reading_path
from kg.state.record import RECORD, BuildRecord, load_record
from kg.verify.findings import Finding, Verification

__all__ = ["verify_build"]

_PAGES = "articles/"
_OWN = (_PAGES, f"{FOLDER}/")  # folders that hold what builds write and nothing else
_OF_PERSONS = ("review.yaml", "links.jsonl")  # what a build heeds in the folder of its outputs
_ANSWERS = "state/llm"


def verify_build(
    out: str | Path,
    paths: Iterable[str | Path] = (),
    *,
    urls: Iterable[str] = (),
    rebuild: bool = False,
    processes: int = 1,
) -> Verification:
    """Whether the outputs in `out` are those that its manifest names, made of what it names.

    `paths` and `urls` are those that the build was given, in any order; without them the inputs are
    not compared. With `rebuild` the build is made again in a temporary folder, under the same
    settings and decisions and without asking any language model, and its bytes are compared.

    Raises InputError where there is no manifest, or it is damaged, or a build cannot be made again.
    """
    folder = Path(out)
    manifest, digest = load_manifest(folder)
    given, addresses = tuple(paths), tuple(urls)
    record = _record(folder)
    findings = [
        *_outputs(folder, manifest),
        *_kept(folder, manifest, record),
        *_made(manifest, record),
    ]
    inputs = rebuilt = None
    if given or addresses:
        inputs = len(manifest.inputs)
        findings += _inputs(manifest, given, addresses)
    if rebuild:
        rebuilt = len(manifest.outputs) + 1
        findings += _rebuilt(folder, manifest, record, given, addresses, processes)
    return Verification(
        outputs=len(manifest.outputs),
        inputs=inputs,
        rebuilt=rebuilt,
        made=(manifest.newskg, manifest.model, manifest.domain),
        manifest=digest,
        findings=tuple(sorted(set(findings))),
        others=sum(1 for _ in _others(folder, manifest, record)),
    )


def _record(out: Path) -> BuildRecord | None:
    try:
        return load_record(out)
    except InputError:
        return None


def _outputs(out: Path, manifest: Manifest) -> Iterator[Finding]:
    for name, digest in manifest.outputs.items():
        path = out / name
        if not path.is_file():
            yield Finding("output", "missing", name)
        elif digest_of_file(path) != digest:
            yield Finding("output", "altered", name)
    for name in _files(out):
        if name not in manifest.outputs and _looks_written(name, _PAGES):
            yield Finding("output", "extra", name)


def _kept(out: Path, manifest: Manifest, record: BuildRecord | None) -> Iterator[Finding]:
    """What is wrong with `state/`, which the next build, `kg remove` and `kg review` go by."""
    if record is None:
        yield Finding("kept", "altered" if (out / RECORD).exists() else "missing", RECORD)
        return
    read = {item.name: item.sha256 for item in manifest.inputs if item.skipped is None}
    if {used.name: used.sha256 for used in record.articles} != read:
        yield Finding("kept", "differs", RECORD)
    keys = {used.key for used in record.articles}
    for key in sorted(keys):
        if not is_whole(out, key):
            name = reading_path(key)
            yield Finding("kept", "altered" if (out / name).exists() else "missing", name)
    written = set(map(reading_path, keys))
    for name in _files(out):
        if name.startswith(f"{FOLDER}/") and name not in written:
            yield Finding("kept", "extra", name)


def _made(manifest: Manifest, record: BuildRecord | None) -> Iterator[Finding]:
    """What is installed here and is not what the outputs were made with."""
    package = (manifest.newskg.version, manifest.newskg.sha256)
    if package != (version("newskg"), package_digest()):
        yield Finding("made", "differs", f"newskg {manifest.newskg.version}")
    if model_digest(_model(record)) != manifest.model.sha256:
        made = manifest.model
        yield Finding("made", "differs", f"model {made.name} {made.version}".rstrip())
    domain = manifest.domain.name if record is None else record.domain
    base_iri = manifest.options.get("base_iri", "")
    try:
        digest = domain_digest(load_ontology(domain, base_iri=base_iri))
    except KgError:
        digest = ""
    if digest != manifest.domain.sha256:
        yield Finding("made", "differs", f"domain {manifest.domain.name}")


def _model(record: BuildRecord | None) -> str:
    from kg.read.annotate import DEFAULT_MODEL

    return (record.model if record is not None else None) or DEFAULT_MODEL


def _inputs(
    manifest: Manifest, paths: Iterable[str | Path], urls: Iterable[str]
) -> Iterator[Finding]:
    from kg.read.load import Inputs, find_sources

    most = int(manifest.options["max_chars"])
    found = {
        item.name: input_digest(item, most)
        for item in Inputs(find_sources(paths, urls), max_chars=most)
    }
    named = {item.name: item.sha256 for item in manifest.inputs}
    for name, digest in named.items():
        if name not in found or (found[name] is None and digest is not None):
            yield Finding("input", "missing", name)
        elif found[name] != digest:
            yield Finding("input", "altered", name)
    for name in found.keys() - named.keys():
        yield Finding("input", "extra", name)


def _rebuilt(
    out: Path,
    manifest: Manifest,
    record: BuildRecord | None,
    paths: tuple[str | Path, ...],
    urls: tuple[str, ...],
    processes: int,
) -> Iterator[Finding]:
    if record is None:
        raise InputError(
            f"{out / RECORD} is missing or damaged, so nothing says how to build again"
        )
    if not paths and not urls:
        raise InputError("a build is made again from its inputs; give the paths it was made from")
    with tempfile.TemporaryDirectory(prefix="kg-verify-") as temporary:
        anew = Path(temporary, "out")
        _build_again(out, anew, record, paths, urls, processes)
        again, _ = load_manifest(anew)
        yield from _different(manifest, again)
        if manifest != replace(again, outputs=manifest.outputs):
            yield Finding("rebuilt", "differs", MANIFEST)


def _build_again(
    out: Path,
    anew: Path,
    record: BuildRecord,
    paths: tuple[str | Path, ...],
    urls: tuple[str, ...],
    processes: int,
) -> None:
    from kg.pipeline.building import build_as_decided
    from kg.pipeline.settings import settings_of

    anew.mkdir()
    for name in _OF_PERSONS:
        if (out / name).is_file():
            shutil.copyfile(out / name, anew / name)
    settings = settings_of(record)
    if settings.llm is not None:
        answers = anew / _ANSWERS
        if (out / _ANSWERS).is_dir():
            shutil.copytree(out / _ANSWERS, answers)
        settings = replace(settings, llm=replace(settings.llm, kept_only=True))
    build_as_decided(paths, settings, record.decisions, urls=urls, out=anew, processes=processes)


def _different(manifest: Manifest, again: Manifest) -> Iterator[Finding]:
    before: Mapping[str, str] = manifest.outputs
    after: Mapping[str, str] = again.outputs
    for name in before.keys() | after.keys():
        if name not in after:
            yield Finding("rebuilt", "missing", name)
        elif name not in before:
            yield Finding("rebuilt", "extra", name)
        elif before[name] != after[name]:
            yield Finding("rebuilt", "differs", name)


def _others(out: Path, manifest: Manifest, record: BuildRecord | None) -> Iterator[str]:
    for name in _files(out):
        ours = name in manifest.outputs or name in (MANIFEST, RECORD, *_OF_PERSONS)
        if not (ours or name.startswith(f"{_ANSWERS}/") or _looks_written(name, *_OWN)):
            yield name


def _files(out: Path) -> list[str]:
    """The files below the folder, sorted, with / between folders."""
    return sorted(p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file())


def _looks_written(name: str, *folders: str) -> bool:
    """Whether a reader would take a file for an output of the build."""
    from kg.export import EXPORTERS

    return name.startswith(folders) or name in {e.file_name for e in EXPORTERS} | {"report.json"}
