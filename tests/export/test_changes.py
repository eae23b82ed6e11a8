from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.export.changes import alone_in, change_files, finish_changes

OLD = {"a.txt": "old a", "state/b.txt": "old b", "gone/c.txt": "old c"}
NEW = {"a.txt": "new a", "state/b.txt": "new b", "articles/d.txt": "new d"}
LIST = ".kg-changes"


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def out(tmp_path: Path) -> Path:
    change_files(tmp_path / "out", OLD)
    return tmp_path / "out"


def test_files_are_written_and_stale_ones_removed(out: Path) -> None:
    change_files(out, NEW, ["gone/c.txt"])
    assert contents(out) == NEW
    assert not (out / "gone").exists()


class Stopped(BaseException):
    """As `kill -9`, but that what is behind `finally` is done."""


@pytest.mark.parametrize("calls", range(14))
def test_stopped_anywhere_it_is_all_old_or_all_new(
    calls: int, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before each call that changes the disk, one after the other, for as many as there are."""
    left = calls

    def counted(name: str, home: object) -> None:
        real = getattr(home, name)

        def call(*given: object, **options: object) -> object:
            nonlocal left
            if left == 0:
                raise Stopped
            left -= 1
            return real(*given, **options)

        monkeypatch.setattr(home, name, call)

    for name in ("replace", "unlink", "rmdir"):
        counted(name, Path)
    counted("fsync", os)
    with contextlib.suppress(Stopped):
        change_files(out, NEW, ["gone/c.txt"])
    monkeypatch.undo()
    decided = (out / LIST).exists()
    finish_changes(out)
    found = contents(out)
    halves = {name for name in found if name.endswith(".part")}
    assert {name: found[name] for name in found.keys() - halves} in (OLD, NEW)
    if decided:
        assert found == NEW
    change_files(out, NEW, [name for name in OLD if name not in NEW])
    assert {n: t for n, t in contents(out).items() if not n.endswith(".part")} == NEW


def test_a_full_disk_changes_nothing(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = 0

    def full(descriptor: int) -> None:
        nonlocal written
        written += 1
        if written == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="No space left on device"):
        change_files(out, NEW, ["gone/c.txt"])
    assert contents(out) == OLD


def test_a_folder_in_place_of_a_file_changes_nothing(out: Path) -> None:
    (out / "a.txt").unlink()
    (out / "a.txt/mine").mkdir(parents=True)
    before = contents(out)
    with pytest.raises(InputError, match="a folder is in the way of this file"):
        change_files(out, NEW, ["gone/c.txt"])
    assert contents(out) == before


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "[" * 100_000,
        '{"replace": [], "remove": []}',
        '{"replace": {}, "remove": ["../own.txt"]}',
        '{"replace": {"../own.txt": "a.txt"}, "remove": []}',
        '{"replace": {"a.txt": "state/b.txt"}, "remove": []}',
        '{"replace": {".a.txt.0badcafe.part": "../own.txt"}, "remove": []}',
        '{"replace": {".a.txt.0badcafe.part": "/own.txt"}, "remove": []}',
    ],
)
def test_a_list_that_no_run_wrote_does_nothing(text: str, out: Path) -> None:
    (out.parent / "own.txt").write_text("mine")
    (out / ".a.txt.0badcafe.part").write_text("half")
    (out / LIST).write_text(text)
    finish_changes(out)
    assert contents(out) == OLD | {".a.txt.0badcafe.part": "half"}
    assert (out.parent / "own.txt").read_text() == "mine"


def test_a_list_is_finished_as_far_as_it_is_not_done(out: Path) -> None:
    (out / ".a.txt.0badcafe.part").write_text("new a")
    done = {".a.txt.0badcafe.part": "a.txt", "state/.b.txt.0badcafe.part": "state/b.txt"}
    (out / LIST).write_text(json.dumps({"replace": done, "remove": ["gone/c.txt", "was/e.txt"]}))
    with alone_in(out):
        assert contents(out) == {"a.txt": "new a", "state/b.txt": "old b"}


HOLDER = """
import sys, time
from pathlib import Path
from kg.export.changes import alone_in
with alone_in(Path(sys.argv[1])):
    print("in", flush=True)
    time.sleep(3600)
"""


@pytest.fixture
def holder(out: Path) -> Iterator[subprocess.Popen[str]]:
    """Another run that works in the folder."""
    command = [sys.executable, "-c", HOLDER, str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "in\n"
        yield process
        process.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="no locks of folders there")
def test_two_runs_do_not_work_in_one_folder_and_a_dead_one_keeps_nobody_out(
    out: Path, holder: subprocess.Popen[str]
) -> None:
    with pytest.raises(InputError, match="another run of kg is writing here; wait"), alone_in(out):
        raise AssertionError
    (out / LIST).write_text("{}")
    finish_changes(out)  # the other will do it
    assert (out / LIST).exists()
    holder.kill()
    holder.wait()
    with alone_in(out):
        assert contents(out) == OLD


def test_a_folder_that_nothing_was_put_into_goes_again(tmp_path: Path) -> None:
    with alone_in(tmp_path / "new/out"):
        assert (tmp_path / "new/out").is_dir()
    assert not (tmp_path / "new").exists()


def test_a_file_in_the_way_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(InputError, match="a file is in the way"), alone_in(tmp_path / "out"):
        raise AssertionError


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_done(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(InputError, match="no permission to write here"), alone_in(out):
        raise AssertionError
