"""Whether a build in parts would write what lies in its folder already: digests tell.

Only the plain case is known here: files of this machine, every one of them read. Of any other a
build is made, which comes to the same outputs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.engine.report import EngineReport
from kg.engine.stores import names_below
from kg.errors import InputError
from kg.ontology.domain import load_ontology
from kg.pipeline.reading import keys_of
from kg.pipeline.settings import Settings, settled
from kg.pipeline.unchanged import is_as_asked, written_report
from kg.read.annotate import DEFAULT_MODEL
from kg.read.load import Inputs
from kg.read.sources import PARTS, PARTS_RECORD, Source
from kg.state.keys import input_digest, reading_digest
from kg.state.manifest import (
    MANIFEST,
    InputDigest,
    Manifest,
    digest_of_file,
    listed_inputs,
    load_manifest,
)
from kg.state.prune import readings_in
from kg.state.readings import reading_path
from kg.state.record import load_record

__all__ = ["report_if_unchanged"]


def report_if_unchanged(
    sources: Sequence[Source], settings: Settings, out: Path
) -> EngineReport | None:
    """The report of the build that lies in `out`, where another would not change a byte; else None.

    `sources` are files of this machine, in their order.
    """
    if not (out / MANIFEST).is_file():
        return None
    settings = settled(settings)
    ontology = load_ontology(settings.domain, base_iri=settings.base_iri)
    model = settings.model or DEFAULT_MODEL
    digest = reading_digest(ontology, model, settings.max_chars, settings.extractors)
    try:
        manifest, _ = load_manifest(out)
        same = (
            is_as_asked(load_record(out, PARTS_RECORD), manifest, settings, ontology)
            and _reads_the_same(sources, settings.max_chars, digest, manifest, out)
            and set(manifest.outputs) >= set(_parts_in(out))
            and all(digest_of_file(out / n) == d for n, d in manifest.outputs.items())
        )
    except InputError:  # something is missing or damaged: a build puts it right, or says so
        return None
    return written_report(out, EngineReport, {"anew": 0}) if same else None


def _parts_in(out: Path) -> Iterable[str]:
    return (name for folder in PARTS for name in names_below(str(out), folder))


def _reads_the_same(
    sources: Sequence[Source], max_chars: int, digest: str, manifest: Manifest, out: Path
) -> bool:
    """Whether the inputs are those of the build, and no reading is kept of any other."""
    left = {item.name: item for item in listed_inputs(out, manifest)}
    others = set(readings_in(out))
    for item in Inputs(sources, max_chars=max_chars):
        keys, data = keys_of(item, max_chars, digest)
        others -= set(map(reading_path, keys))
        found = InputDigest(item.name, input_digest(item, max_chars, data))
        if left.pop(item.name, None) != found:  # one that was skipped is tried again
            return False
    return not left and not others
