"""Files behind an address come and go as they are."""

from __future__ import annotations

import gzip
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.engine.stores import local_copy, names_below, remove_file, stored_sources, write_file
from kg.errors import InputError
from kg.read.sources import PARTS_RECORD

pytest.importorskip("pyarrow", reason="pyarrow, which opens addresses, is not installed")
PACKED = gzip.compress(b"Zorvex acquired Quelm.", mtime=0)


def test_packed_files_are_read_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "page.warc.gz").write_bytes(PACKED)
    (tmp_path / ".hidden.txt").write_text("no article")
    (source,) = stored_sources(tmp_path.as_uri())
    with local_copy(source) as local:
        assert local.path.read_bytes() == PACKED
        assert local.name == source.name == "page.warc.gz"
    assert not local.path.exists()


def test_packed_files_are_written_as_they_are(tmp_path: Path) -> None:
    write_file(tmp_path.as_uri(), "quads/part-00000.nq.gz", PACKED)
    assert (tmp_path / "quads/part-00000.nq.gz").read_bytes() == PACKED


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("ftp://host/folder", "store of this kind is not known"),
        ("file:///nowhere/at/all", "cannot be listed"),
    ],
)
def test_addresses_that_cannot_be_read_are_named(address: str, message: str) -> None:
    with pytest.raises(InputError, match=f"{address}: .*{message}"):
        stored_sources(address)


def test_a_folder_without_articles_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no article"):
        stored_sources(tmp_path.as_uri())


@pytest.mark.parametrize("as_address", [False, True])
def test_what_is_below_a_folder_is_told_and_removed(as_address: bool, tmp_path: Path) -> None:
    out = tmp_path.as_uri() if as_address else str(tmp_path)
    assert names_below(out, "facts") == []
    remove_file(out, "facts/part-00000.jsonl")
    for name in ("facts/part-00000.jsonl", "facts/more/x.txt"):
        write_file(out, name, b"x")
    assert names_below(out, "facts") == ["facts/more/x.txt", "facts/part-00000.jsonl"]
    remove_file(out, "facts/part-00000.jsonl")
    assert names_below(out, "facts") == ["facts/more/x.txt"]


def test_parts_of_outputs_are_no_articles(tmp_path: Path) -> None:
    for name in ("a.txt", "out/facts/part-00000.jsonl", "out/b.txt", f"out/{PARTS_RECORD}"):
        write_file(tmp_path.as_uri(), name, b"{}")
    assert {s.path.name for s in stored_sources(tmp_path.as_uri())} == {"a.txt", "b.txt"}


def test_writers_of_one_file_do_not_get_in_each_others_way(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        writing = [pool.submit(write_file, str(tmp_path), "a/b", PACKED) for _ in range(200)]
        for one in writing:
            one.result()
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]
    assert (tmp_path / "a" / "b").read_bytes() == PACKED
