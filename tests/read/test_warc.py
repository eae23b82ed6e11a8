from __future__ import annotations

import gzip
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kg.read.clean import clean
from kg.read.load import Source, Unreadable, read_pages

SENTENCE = "Korvex Marine will build four ferries for the strait, the office said on Thursday. "
PAGE = f"<!doctype html><html><body><article><p>{SENTENCE * 4}</p></article></body></html>".encode()
URL = "https://ledger.example/1"


class Archive:
    """Writes records and reads them back as pages."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._buffer = BytesIO()
        self._writer = WARCWriter(self._buffer, gzip=path.suffix == ".gz")

    def response(
        self, url: str, body: bytes, headers: dict[str, str] | None = None, status: str = "200 OK"
    ) -> Archive:
        fields = [*({"Content-Type": "text/html"} | (headers or {})).items()]
        http = StatusAndHeaders(status, fields, protocol="HTTP/1.1")
        self.record(url, "response", body, http_headers=http)
        return self

    def record(self, url: str, kind: str, body: bytes, **options: Any) -> Archive:
        record = self._writer.create_warc_record(
            url, kind, payload=BytesIO(body), length=len(body), **options
        )
        self._writer.write_record(record)
        return self

    def pages(self, cut: int | None = None, **options: int) -> list[Any]:
        self.path.write_bytes(self._buffer.getvalue()[:cut])
        return list(read_pages(Source(self.path.name, self.path), **options))


@pytest.fixture(params=["crawl.warc", "crawl.warc.gz"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Archive:
    return Archive(tmp_path / request.param)


def test_captured_page_is_an_article_named_by_its_address(archive: Archive) -> None:
    (page,) = archive.response(URL, PAGE).pages()
    article = clean(page)
    assert (article.name, article.url, article.format) == (URL, URL, "html")
    assert article.text.startswith("Korvex Marine will build")


def test_only_pages_that_were_answered_are_articles(archive: Archive) -> None:
    archive.record(URL, "warcinfo", b"software: test\r\n", warc_content_type="text/plain")
    archive.response(f"{URL}/image", b"\x89PNG", {"Content-Type": "image/png"})
    archive.response(f"{URL}/gone", PAGE, status="404 Not Found")
    archive.response(f"{URL}/moved", PAGE, status="301 Moved")
    archive.record(f"{URL}/request", "metadata", b"a: b", warc_content_type="text/html")
    archive.response(f"{URL}/text", b"Korvex builds ferries.", {"Content-Type": "text/plain"})
    archive.record(f"{URL}/wet", "conversion", b"Korvex.", warc_content_type="text/plain")
    pages = archive.pages()
    assert [(page.name, page.format) for page in pages] == [
        (f"{URL}/text", "txt"),
        (f"{URL}/wet", "txt"),
    ]


def test_packed_content_is_unpacked(archive: Archive) -> None:
    archive.response(URL, gzip.compress(PAGE), {"Content-Encoding": "gzip"})
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (PAGE[:50], PAGE[50:]))
    archive.response(f"{URL}/2", chunks + b"0\r\n\r\n", {"Transfer-Encoding": "chunked"})
    assert [page.text for page in archive.pages()] == [PAGE.decode()] * 2


def test_declared_encoding_is_used(archive: Archive) -> None:
    text = "Łódź opens a yard."
    archive.response(
        URL, text.encode("iso-8859-2"), {"Content-Type": "text/plain; charset=ISO-8859-2"}
    )
    (page,) = archive.pages()
    assert (page.text, page.warnings) == (text, ())


@pytest.mark.parametrize(
    ("body", "headers", "reason"),
    [
        (b"", {}, "is empty"),
        (b"a\x00b", {}, "binary data"),
        (b"x" * 500, {"Content-Type": "text/plain"}, "longer than 100 characters"),
        (gzip.compress(b"x" * 50_000_000), {"Content-Encoding": "gzip"}, "is longer than"),
    ],
)
def test_capture_that_cannot_be_read_is_one_entry(
    archive: Archive, body: bytes, headers: dict[str, str], reason: str
) -> None:
    archive.response(f"{URL}/bad", body, headers).response(f"{URL}/good", PAGE)
    bad, good = archive.pages(max_chars=100)
    assert isinstance(bad, Unreadable)
    assert (bad.name, good.name) == (f"{URL}/bad", f"{URL}/good")
    assert reason in bad.reason


def test_archive_that_is_cut_off_keeps_what_came_before(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "crawl.warc.gz")
    for number in range(5):
        archive.response(f"{URL}/{number}", PAGE)
    pages = archive.pages(cut=-100)
    assert [page.name for page in pages[:4]] == [f"{URL}/{number}" for number in range(4)]
    assert isinstance(pages[-1], Unreadable)


@pytest.mark.parametrize("data", [b"", b"no archive\n" * 100, b"\x1f\x8bbroken", b"WARC/1.0\r\n"])
def test_file_that_is_no_archive_is_an_entry(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(data)
    (page,) = read_pages(Source(path.name, path))
    assert isinstance(page, Unreadable)
    assert page.name == "a.warc.gz"


@pytest.mark.parametrize("byte", [b"A", b"\n"])
def test_bomb_is_given_up(tmp_path: Path, byte: bytes) -> None:
    path = tmp_path / "bomb.warc.gz"
    with gzip.open(path, "wb") as file:
        file.write(b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://a.example/\r\n")
        file.write(b"Content-Type: image/png\r\nContent-Length: 900000000\r\n\r\n")
        for _ in range(300):
            file.write(byte * 1_000_000)
    (page,) = read_pages(Source(path.name, path))
    assert isinstance(page, Unreadable)
    assert "leave the rest out" in page.reason


@pytest.mark.parametrize("target", ["urn:isbn:123", "javascript:alert(1)"])
def test_target_that_is_no_web_address_names_the_article_and_is_no_link(
    archive: Archive, target: str
) -> None:
    (page,) = archive.record(target, "resource", PAGE, warc_content_type="text/html").pages()
    assert (page.name, page.declared.url) == (target, None)
