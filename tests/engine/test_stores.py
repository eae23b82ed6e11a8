"""Files behind an address come and go as they are."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kg.engine.stores import local_copy, stored_sources, write_file
from kg.errors import InputError

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
