"""Some of the kills of `python -m tools.crash`, and a disk that is full for every user."""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.pipeline import build_with_report
from tests.load.service import LocalStore
from tools.crash import (
    Prepared,
    crash_builds,
    crash_loads,
    crash_parts,
    crash_reviews,
    files_of,
    prepare,
)

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does"),
]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return prepare(tmp_path_factory.mktemp("crash"))


def test_killed_builds_are_finished_by_the_next(prepared: Prepared, tmp_path: Path) -> None:
    tally = crash_builds(prepared, tmp_path / "out", 3)
    assert tally.problems == []
    assert tally.killed.total() + tally.ended >= 3
    assert tally.reads > 3


def test_killed_builds_in_parts_are_finished_by_the_next(
    prepared: Prepared, tmp_path: Path
) -> None:
    tally = crash_parts(prepared, tmp_path / "out", 2)
    assert tally.problems == []
    assert tally.killed.total() + tally.ended >= 2


def test_killed_reviews_lose_no_answer(prepared: Prepared) -> None:
    tally = crash_reviews(prepared, 1)
    assert tally.problems == []


def test_killed_loads_are_completed_by_the_next(prepared: Prepared) -> None:
    with LocalStore() as store:
        tally = crash_loads(prepared, store.url, 1)
    assert tally.problems == []


def test_a_run_that_writes_in_place_is_found(
    prepared: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tool itself: with outputs that are cut off it tells so."""

    def careless(corpus: Path, out: Path) -> None:
        out.mkdir(exist_ok=True)
        (out / "facts.jsonl").write_bytes(b"{")

    monkeypatch.setattr("tools.crash.build_with_report", careless)
    problems = crash_builds(prepared, tmp_path / "out", 1).problems
    assert "facts.jsonl was read half written (1 bytes)" in problems
    assert "kill 0: facts.jsonl is other" in problems
    assert "kill 0: graph.ttl is missing" in problems


def test_no_space_changes_nothing(prepared: Prepared, tmp_path: Path) -> None:
    """A limit of the size of files stands for a full disk: it needs no rights."""
    out = tmp_path / "out"
    build_with_report(prepared.corpora[0], out=out)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        with pytest.raises(
            InputError, match=r"cannot be written \(File too large\); free the place"
        ):
            build_with_report(prepared.corpora[1], out=out)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert files_of(out) == prepared.files[0]


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_a_folder_that_cannot_be_written_is_told_before_an_article_is_read(
    prepared: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may do all
    read: list[str] = []
    with pytest.raises(InputError, match="no permission to write here"):
        build_with_report(
            prepared.corpora[0], out=out, progress=lambda done, total, name: read.append(name)
        )
    assert read == []
