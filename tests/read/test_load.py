from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.read import load
from kg.read.load import Source, find_sources, read_source

TEXT = "Korvex opened a café in Århus.\r\nIt has “forty” seats.\n"


def put(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(path: Path, **options: int) -> load.RawPage:
    return read_source(Source(path.name, path), **options)


class TestFindSources:
    def test_folder_stands_for_its_pages_below(self, tmp_path: Path) -> None:
        for name in ("b.txt", "a.html", "deep/c.HTM", "notes.odt", ".hidden.txt", ".git/d.txt"):
            put(tmp_path / name, "x")
        assert [s.name for s in find_sources([tmp_path])] == ["a.html", "b.txt", "c.HTM"]

    def test_file_is_taken_whatever_its_suffix(self, tmp_path: Path) -> None:
        assert find_sources([put(tmp_path / "notes.odt", "x")])[0].name == "notes.odt"

    def test_clashing_names_get_as_much_path_as_tells_them_apart(self, tmp_path: Path) -> None:
        paths = [put(tmp_path / name, "x") for name in ("p/x/a.txt", "q/x/a.txt", "p/y/a.txt")]
        paths.append(put(tmp_path / "b.txt", "x"))
        names = [s.name for s in find_sources(paths)]
        assert names == ["b.txt", "p/x/a.txt", "q/x/a.txt", "y/a.txt"]

    def test_order_and_repetition_of_paths_do_not_matter(self, tmp_path: Path) -> None:
        one, two = put(tmp_path / "one/a.txt", "x"), put(tmp_path / "two/a.txt", "y")
        assert find_sources([two, one, tmp_path, one]) == find_sources([tmp_path])

    def test_missing_path_is_an_entry_that_cannot_be_read(self, tmp_path: Path) -> None:
        good = put(tmp_path / "good.txt", TEXT)
        gone, present = find_sources([good, tmp_path / "gone.txt"])
        assert (gone.name, read_source(present).text) == ("gone.txt", TEXT)
        with pytest.raises(InputError, match="does not exist; check the path"):
            read_source(gone)

    def test_folder_without_pages_is_an_entry_that_cannot_be_read(self, tmp_path: Path) -> None:
        put(tmp_path / "notes.odt", "x")
        (source,) = find_sources([tmp_path])
        with pytest.raises(InputError, match=r"holds no .*\.pdf, .*\.txt, .* file; put articles"):
            read_source(source)

    def test_link_in_a_circle_ends(self, tmp_path: Path) -> None:
        put(tmp_path / "a.txt", "x")
        (tmp_path / "again").symlink_to(tmp_path)
        assert [s.name for s in find_sources([tmp_path])] == ["a.txt"]


class TestReadSource:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
    def test_text_comes_back_without_a_warning(self, tmp_path: Path, encoding: str) -> None:
        page = read(put(tmp_path / "a.txt", TEXT.encode(encoding)))
        assert (page.text, page.format, page.warnings) == (TEXT, "txt", ())

    @given(text=st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1))
    def test_every_text_comes_back_as_it_is(
        self, text: str, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        page = read(put(tmp_path_factory.mktemp("t") / "a.txt", f"a{text}\r\n\r"))
        assert page.text == f"a{text}\r\n\r"

    def test_windows_text_is_read_with_a_warning_that_names_the_encoding(
        self, tmp_path: Path
    ) -> None:
        page = read(put(tmp_path / "a.txt", TEXT.encode("windows-1252")))
        assert page.text == TEXT
        (warning,) = page.warnings
        assert "was read as windows-1252" in warning
        assert "iconv -f windows-1252 -t utf-8" in warning

    def test_bytes_that_windows_lacks_are_latin_1(self, tmp_path: Path) -> None:
        page = read(put(tmp_path / "a.txt", b"caf\xe9 \x81"))
        assert page.text == "café \x81"
        assert "latin-1" in page.warnings[0]

    def test_few_broken_bytes_in_utf_8_stay_utf_8(self, tmp_path: Path) -> None:
        page = read(put(tmp_path / "a.txt", ("é" * 50).encode() + b"\xff end"))
        assert page.text == "é" * 50 + "\ufffd end"
        assert "1 broken places" in page.warnings[0]

    def test_html_is_decoded_as_it_declares(self, tmp_path: Path) -> None:
        html = '<html><head><meta charset="iso-8859-2"></head><body>Łódź</body></html>'
        page = read(put(tmp_path / "a.html", html.encode("iso-8859-2")))
        assert "Łódź" in page.text
        assert "iso-8859-2" in page.warnings[0]

    def test_unknown_declared_encoding_falls_back(self, tmp_path: Path) -> None:
        page = read(put(tmp_path / "a.html", b'<meta charset="no-such"> caf\xe9'))
        assert page.text.endswith("café")

    def test_html_in_a_text_file_is_noticed(self, tmp_path: Path) -> None:
        page = read(put(tmp_path / "a.txt", "\n<!DOCTYPE html><html><body>x</body></html>"))
        assert page.format == "html"
        assert "was read as HTML" in page.warnings[0]

    @pytest.mark.parametrize("content", [b"", b" \n\t\r\n", "\ufeff".encode()])
    def test_empty_file_is_an_error(self, tmp_path: Path, content: bytes) -> None:
        with pytest.raises(InputError, match="is empty; put the text"):
            read(put(tmp_path / "a.txt", content))

    @pytest.mark.parametrize(
        "content",
        [b"\x89PNG\r\n\x1a\n\x00\x00", b"PK\x03\x04\x00", b"a\x01b\x02c\x03d\x04" * 50],
    )
    def test_binary_file_is_an_error(self, tmp_path: Path, content: bytes) -> None:
        with pytest.raises(InputError, match=r"is not a text file .*export the article"):
            read(put(tmp_path / "a.txt", content))

    def test_broken_utf_16_is_an_error(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="mark of UTF-16 but is not valid"):
            read(put(tmp_path / "a.txt", b"\xff\xfea"))

    def test_page_that_is_too_long_is_an_error_before_it_is_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "a.txt"
        with path.open("wb") as file:
            file.truncate(50_000_000)
        monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("read 50 MB"))
        with pytest.raises(InputError, match=r"longer than 2,000,000 characters; .* max_chars"):
            read(path)

    def test_limit_counts_characters(self, tmp_path: Path) -> None:
        path = put(tmp_path / "a.txt", "é" * 10)
        assert len(read(path, max_chars=10).text) == 10
        with pytest.raises(InputError, match="longer than 9 characters"):
            read(path, max_chars=9)

    def test_unreadable_file_is_an_error(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(_: Path) -> bytes:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "read_bytes", refuse)  # root may read everything
        with pytest.raises(InputError, match="may not be read; change its permissions"):
            read(put(tmp_path / "a.txt", TEXT))

    def test_pipe_is_an_error_and_does_not_hang(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "a.txt")
        with pytest.raises(InputError, match="is no regular file"):
            read(tmp_path / "a.txt")

    def test_impossible_path_is_an_error(self) -> None:
        with pytest.raises(InputError, match=r"a.*b cannot be read|does not exist"):
            read(Path("a\0b"))
