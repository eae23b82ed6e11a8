"""Making a build again from its inputs, and comparing the bytes."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from kg.errors import InputError
from kg.link.proposals import LINKS_FILE
from kg.pipeline.decisions import REVIEW_FILE
from kg.state.answers import FOLDER as ANSWERS
from kg.state.manifest import MANIFEST, Manifest, load_manifest
from kg.state.record import PARTS_RECORD, RECORD, BuildRecord
from kg.verify.findings import Finding

__all__ = ["OF_PERSONS", "rebuilt_findings"]

OF_PERSONS = (REVIEW_FILE, LINKS_FILE)
"""What a build heeds in the folder of its outputs."""


def rebuilt_findings(
    out: Path,
    manifest: Manifest,
    record: BuildRecord | None,
    paths: tuple[str | Path, ...],
    urls: tuple[str, ...],
    processes: int,
) -> Iterator[Finding]:
    """What differs from a build of the same inputs. Errors as of `kg.verify.verify_build`."""
    if record is None:
        name = PARTS_RECORD if manifest.in_parts else RECORD
        raise InputError(f"{out / name} is missing or damaged, so nothing says how to build again")
    if not paths and not urls:
        raise InputError("a build is made again from its inputs; give the paths it was made from")
    with tempfile.TemporaryDirectory(prefix="kg-verify-") as temporary:
        anew = Path(temporary, "out")
        if manifest.in_parts:
            from kg.engine.running import build_with_engine
            from kg.pipeline.settings import settings_of

            if urls:
                raise InputError("a build in parts fetches nothing; give the paths of its inputs")
            build_with_engine("disk", paths, settings_of(record), anew, processes=processes)
        else:
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
    for name in OF_PERSONS:
        if (out / name).is_file():
            shutil.copyfile(out / name, anew / name)
    settings = settings_of(record)
    if settings.llm is not None:
        answers = anew / ANSWERS
        if (out / ANSWERS).is_dir():
            shutil.copytree(out / ANSWERS, answers)
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
