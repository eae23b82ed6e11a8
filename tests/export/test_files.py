from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.export import files
from kg.export.files import write_files


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_write_files_makes_folders_and_returns_paths(tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    paths = write_files(out, {"b.txt": "é\r\n", "articles/a.txt": ""})
    assert paths == (out / "b.txt", out / "articles" / "a.txt")
    assert (out / "b.txt").read_bytes() == "é\r\n".encode()
    assert names(out) == ["articles/a.txt", "b.txt"]


def test_new_files_have_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    (path,) = write_files(tmp_path, {"a.txt": "x"})
    assert path.stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_failure_leaves_old_files_and_no_others(
    failing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, {"a.txt": "old", "b.txt": "old"})

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if failing == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    else:
        monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(InputError, match="No space left on device"):
        write_files(tmp_path, {"a.txt": "new", "b.txt": "new"})
    assert names(tmp_path) == ["a.txt", "b.txt"]
    assert (tmp_path / "a.txt").read_text() == "old"


def test_leftovers_of_a_killed_run_are_removed_and_only_those(tmp_path: Path) -> None:
    for name in (".a.txt.0badcafe.part", ".ab.txt.0badcafe.part", "a.txt.part", ".a.txt.x.old"):
        (tmp_path / name).write_text("half")
    write_files(tmp_path, {"a.txt": "whole"})
    assert names(tmp_path) == [".a.txt.x.old", ".ab.txt.0badcafe.part", "a.txt", "a.txt.part"]


def test_wildcards_in_a_name_match_only_themselves(tmp_path: Path) -> None:
    (tmp_path / ".ab.1.part").write_text("of another file")
    write_files(tmp_path, {"a*": "x", "[ab]": "y"})
    assert names(tmp_path) == [".ab.1.part", "[ab]", "a*"]


def test_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("I was here")
    with pytest.raises(InputError, match="a file is in the way of this folder; remove it or"):
        write_files(tmp_path / "out", {"a.txt": ""})
    assert (tmp_path / "out").read_text() == "I was here"


def test_folder_in_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(InputError, match="a folder is in the way of this file"):
        write_files(tmp_path, {"a.txt": "x"})
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_folder_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path))

    monkeypatch.setattr(files, "write_temporary", refuse)  # root may write anywhere
    with pytest.raises(InputError, match="no permission to write here; choose another --out"):
        write_files(tmp_path, {"a.txt": "x"})


@pytest.mark.parametrize("name", ["", "/etc/x", "../x", "a/../../x", "a\x00b"])
def test_names_stay_inside_the_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="must stay inside the folder"):
        write_files(tmp_path / "out", {"ok.txt": "x", name: "x"})
    assert not (tmp_path / "out").exists()


def test_text_that_utf8_cannot_hold_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a.txt: .*lone surrogate U\+D800"):
        write_files(tmp_path, {"ok.txt": "x", "a.txt": "\ud800"})
    assert names(tmp_path) == []
