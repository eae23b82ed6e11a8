"""Comparing a folder of outputs with its manifest, and with what the inputs give anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from kg.errors import InputError, KgError
from kg.ontology.domain import load_ontology
from kg.read.sources import PARTS
from kg.state.answers import FOLDER as ANSWERS
from kg.state.keys import domain_digest, input_digest, model_digest, package_digest
from kg.state.manifest import (
    MANIFEST,
    Manifest,
    digest_of_file,
    listed_inputs,
    load_manifest,
)
from kg.state.prune import readings_in
from kg.state.readings import FOLDER, is_whole, reading_path
from kg.state.record import PARTS_RECORD, RECORD, BuildRecord, load_record
from kg.verify.findings import Finding, Verification
from kg.verify.rebuilding import OF_PERSONS, rebuilt_findings

__all__ = ["verify_build"]

_PAGES = ("articles/",)
_PARTS = tuple(f"{name}/" for name in PARTS)


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
    record = _record(folder, manifest)
    findings = [
        *_outputs(folder, manifest),
        *_kept(folder, manifest, record),
        *_made(manifest, record),
    ]
    inputs = rebuilt = None
    if given or addresses:
        named = {item.name: item.sha256 for item in listed_inputs(folder, manifest)}
        inputs = len(named)
        findings += _inputs(manifest, named, given, addresses)
    if rebuild:
        rebuilt = len(manifest.outputs) + 1
        findings += rebuilt_findings(folder, manifest, record, given, addresses, processes)
    return Verification(
        outputs=len(manifest.outputs),
        inputs=inputs,
        rebuilt=rebuilt,
        made=(manifest.newskg, manifest.model, manifest.domain),
        manifest=digest,
        findings=tuple(sorted(set(findings))),
        others=sum(1 for _ in _others(folder, manifest, record)),
    )


def _own(manifest: Manifest) -> tuple[str, ...]:
    """The folders that hold what such a build writes and nothing else."""
    return _PARTS if manifest.in_parts else _PAGES


def _record_name(manifest: Manifest) -> str:
    return PARTS_RECORD if manifest.in_parts else RECORD


def _record(out: Path, manifest: Manifest) -> BuildRecord | None:
    try:
        return load_record(out, _record_name(manifest))
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
        if name not in manifest.outputs and _looks_written(name, *_own(manifest)):
            yield Finding("output", "extra", name)


def _kept(out: Path, manifest: Manifest, record: BuildRecord | None) -> Iterator[Finding]:
    """What is wrong with `state/`, which the next build, `kg remove` and `kg review` go by."""
    own = _record_name(manifest)
    if record is None:
        yield Finding("kept", "altered" if (out / own).exists() else "missing", own)
        return
    if manifest.in_parts:  # which readings belong to its inputs is told by no list
        for name in sorted(readings_in(out)):
            if not is_whole(out, Path(name).stem):
                yield Finding("kept", "altered", name)
        return
    read = {item.name: item.sha256 for item in manifest.inputs if item.skipped is None}
    if {used.name: used.sha256 for used in record.articles} != read:
        yield Finding("kept", "differs", own)
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
    manifest: Manifest,
    named: Mapping[str, str | None],
    paths: Sequence[str | Path],
    urls: Sequence[str],
) -> Iterator[Finding]:
    """What differs between the inputs that are named and those that are given."""
    from kg.engine.stores import is_address
    from kg.read.load import Inputs, find_sources

    most = int(manifest.options["max_chars"])
    address = next((p for p in map(str, paths) if manifest.in_parts and is_address(p)), None)
    if address is not None:
        raise InputError(f"{address}: no address is read here; give a copy on this machine")
    sources = find_sources(paths, urls)
    if manifest.in_parts:  # their order decides which of two pages of one name has it
        sources = tuple(sorted(sources))
    found = {item.name: input_digest(item, most) for item in Inputs(sources, max_chars=most)}
    for name, digest in named.items():
        if name not in found or (found[name] is None and digest is not None):
            yield Finding("input", "missing", name)
        elif found[name] != digest:
            yield Finding("input", "altered", name)
    for name in found.keys() - named.keys():
        yield Finding("input", "extra", name)


def _others(out: Path, manifest: Manifest, record: BuildRecord | None) -> Iterator[str]:
    for name in _files(out):
        ours = name in manifest.outputs or name in (MANIFEST, _record_name(manifest), *OF_PERSONS)
        if not (ours or _looks_written(name, *_own(manifest), f"{ANSWERS}/", f"{FOLDER}/")):
            yield name


def _files(out: Path) -> list[str]:
    """The files below the folder, sorted, with / between folders."""
    return sorted(p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file())


def _looks_written(name: str, *folders: str) -> bool:
    """Whether a reader would take a file for an output of the build."""
    from kg.export import EXPORTERS

    return name.startswith(folders) or name in {e.file_name for e in EXPORTERS} | {"report.json"}
