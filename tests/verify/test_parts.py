"""`kg verify` of a folder that an engine wrote: what it proves, and every way it must not hold."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.engine.running import build_with_engine
from kg.errors import InputError
from kg.pipeline import Settings, build
from kg.read.sources import find_sources
from kg.state.manifest import MANIFEST, load_manifest
from kg.state.prune import readings_in
from kg.state.record import load_record
from kg.verify import Finding, verify_build
from tests.state.corpus import CORPUS, put

pytestmark = pytest.mark.model

READ = dict.fromkeys(CORPUS.keys() - {"partners.txt", "copy.txt"}, 0)
FACTS, INPUTS = "facts/part-00000.jsonl", "manifest/part-00000.jsonl"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `corpus` and the build of it in `out`; not to be changed."""
    folder = tmp_path_factory.mktemp("built")
    put(folder / "corpus", READ)
    build_with_engine("disk", [folder / "corpus"], Settings(), folder / "out")
    return folder


def test_what_was_written_and_read_is_the_same(out: Path, corpus: Path) -> None:
    found = verify_build(out, [corpus], rebuild=True)
    assert (found.findings, found.others) == ((), 0)
    manifest, _ = load_manifest(out)
    kept = {MANIFEST, "state/parts.json", *readings_in(out)}
    written = {path.relative_to(out).as_posix() for path in out.rglob("*.*")}
    assert written - kept == manifest.outputs.keys()
    assert found.outputs == len(manifest.outputs)
    listed = [json.loads(line) for line in (out / INPUTS).read_text("utf-8").splitlines()]
    assert found.inputs == len(listed) > len(READ)
    assert {item["skipped"] for item in listed} >= {None, "other language"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda out: (out / FACTS).write_text("{}"), ("output", "altered", FACTS)),
        (lambda out: (out / INPUTS).unlink(), ("output", "missing", INPUTS)),
        (lambda out: (out / "quads" / "x.nq.gz").touch(), ("output", "extra", "quads/x.nq.gz")),
        (lambda out: (out / "facts.jsonl").touch(), ("output", "extra", "facts.jsonl")),
        (lambda out: (out / "state/parts.json").unlink(), ("kept", "missing", "state/parts.json")),
    ],
)
def test_what_was_changed_is_named(
    change: Callable[[Path], object], told: tuple[str, str, str], out: Path
) -> None:
    change(out)
    assert verify_build(out).findings == (Finding(*told),)


def test_inputs_that_were_changed_are_named(out: Path, corpus: Path) -> None:
    (corpus / "slip.md").write_text("Brask Rail is based in Oslo.", "utf-8")
    (corpus / "plant.html").unlink()
    (corpus / "new.txt").write_text("Brask Rail is based in Oslo.", "utf-8")
    assert set(verify_build(out, [corpus]).findings) == {
        Finding("input", "altered", "slip.md"),
        Finding("input", "missing", "plant.html"),
        Finding("input", "extra", "new.txt"),
    }


def test_what_cannot_be_compared_is_an_error(out: Path, corpus: Path) -> None:
    with pytest.raises(InputError, match="a copy on this machine"):
        verify_build(out, ["s3://bucket/corpus"])
    with pytest.raises(InputError, match="give the paths"):
        verify_build(out, rebuild=True)
    (out / INPUTS).write_text("{", "utf-8")
    with pytest.raises(InputError, match=f"{INPUTS} is damaged"):
        verify_build(out, [corpus])


def test_a_run_that_was_stopped_leaves_no_manifest(
    out: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    own = out / "facts" / "notes.txt"  # of a person
    own.write_text("mine")
    monkeypatch.setattr("kg.engine.build._resolved", stopped)
    with pytest.raises(KeyboardInterrupt):
        build_with_engine("disk", [corpus], Settings(), out)
    assert not (out / MANIFEST).exists()
    assert not (out / FACTS).exists()
    assert own.read_text() == "mine"


def test_parts_are_no_articles_and_no_place_for_another_build(out: Path, corpus: Path) -> None:
    before = {source.path for source in find_sources([corpus])}
    inside = shutil.copytree(out, corpus / "out")
    assert {source.path for source in find_sources([corpus])} == before
    shutil.copytree(out, corpus, dirs_exist_ok=True)  # the corpus is the place of the outputs too
    assert {source.path for source in find_sources([corpus])} == before
    with pytest.raises(InputError, match="a build with --engine wrote there"):
        build(corpus, out=inside)


def test_what_needs_more_than_parts_says_who_wrote_them(out: Path) -> None:
    with pytest.raises(InputError, match="a build with --engine wrote there"):
        load_record(out)
