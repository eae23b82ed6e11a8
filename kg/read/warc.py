"""Web archives: every captured page of HTML or text is an article, read as a stream.

Source: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.errors import InputError
from kg.read.declared import declared_metadata
from kg.read.decode import MAX_BYTES_PER_CHAR, check_text, decode, too_long
from kg.read.extras import load_extra
from kg.read.files import check_file
from kg.read.page import MAX_CHARS, RawPage, Unreadable, as_name
from kg.read.sources import Source
from kg.read.unpack import BoundedReader

__all__ = ["read_warc"]

_OK = "200"
_TYPES = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "txt"}
_BARE = frozenset({"resource", "conversion"})  # a page without the server's answer around it
_CHUNK = 1 << 16


def read_warc(source: Source, max_chars: int) -> Iterator[RawPage | Unreadable]:
    """A page for each capture of HTML or plain text with status 200, named by its address.

    Images, scripts, redirects, errors and requests are no articles and passed over. A capture that
    cannot be read is an `Unreadable` named by its address. Raises InputError for a file that is no
    archive, is broken, or unpacks to far more than its size.
    """
    archive = load_extra("warcio.archiveiterator", "warc", "reading a web archive")
    check_file(source.path)
    try:
        with source.path.open("rb") as file:
            stream = BoundedReader(file, str(source.path), lines_end=True)
            for number, record in enumerate(archive.ArchiveIterator(stream), start=1):
                if (format_ := _format(record)) is not None:
                    yield _page(record, format_, f"{source.name}#{number}", max_chars)
    except InputError:
        raise
    except Exception as error:  # of the file, of gzip, and of a parser that trusts its headers
        reason = " ".join(str(error).split()) or type(error).__name__
        raise InputError(
            f"{source.path} cannot be read to its end as a web archive ({reason[:200]}); "
            "what came before is kept, check the file with 'warcio check'"
        ) from error


def _format(record: Any) -> str | None:
    """The format of a captured page, html or txt; None for any other record."""
    if record.rec_type == "response" and record.http_headers is not None:
        if record.http_headers.get_statuscode() != _OK:
            return None
        declared = record.http_headers.get_header("Content-Type") or ""
    elif record.rec_type in _BARE:
        declared = record.rec_headers.get_header("Content-Type") or ""
    else:
        return None
    return _TYPES.get(declared.partition(";")[0].strip().lower())


def _page(record: Any, format_: str, place: str, max_chars: int) -> RawPage | Unreadable:
    address = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    name = as_name(address) or place
    limit = max(max_chars, MAX_CHARS) if format_ == "html" else max_chars
    try:
        data = _content(record, limit * MAX_BYTES_PER_CHAR)
        if data is None:
            raise too_long(name, limit)
        text, warnings = decode(data, name, _charset(record))
        check_text(text, name, limit)
    except InputError as error:
        return Unreadable(name, str(error))
    declared, _ = declared_metadata({"url": address})
    return RawPage(name, text, format_, warnings, declared, place)


def _content(record: Any, most: int) -> bytes | None:
    """The page, unpacked and put together from its chunks; None where it is longer than `most`."""
    stream, parts, size = record.content_stream(), [], 0
    while part := stream.read(_CHUNK):
        parts.append(part)
        size += len(part)
        if size > most:
            return None
    return b"".join(parts)


def _charset(record: Any) -> str | None:
    headers = record.http_headers or record.rec_headers
    _, _, charset = (headers.get_header("Content-Type") or "").lower().partition("charset=")
    return charset.partition(";")[0].strip(" \"'") or None
