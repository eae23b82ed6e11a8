"""Sources to raw pages, and the errors of what cannot be read.

Nothing is normalised: a plain text keeps its line ends and its spaces, so that offsets of code
points into `RawPage.text` are offsets into the file as it was decoded.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.read.decode import MAX_BYTES_PER_CHAR, check_text, decode, too_long
from kg.read.files import read_bytes
from kg.read.page import MAX_CHARS, RawPage, Unreadable, is_html
from kg.read.sources import SUFFIXES, Kind, Source, find_sources

if TYPE_CHECKING:
    from kg.read.fetch import Fetcher

__all__ = [
    "MAX_CHARS",
    "SUFFIXES",
    "Inputs",
    "RawPage",
    "Source",
    "Unreadable",
    "find_sources",
    "page_of_bytes",
    "read_pages",
    "read_source",
    "source_bytes",
]

_PDF_BYTES = 100_000_000
_PDF_MARK = b"%PDF-"


class Inputs:
    """What is to be processed, one article each, in the order of their sources.

    Iterating gives a `Source` for a file that holds one article (whoever processes it reads it), a
    `RawPage` for each article of a source that holds many, and an `Unreadable` for what is wrong
    there. Names are unique: of two pages of one name the second has that of its place.
    `allow_private` lets addresses of this machine and network be fetched.
    """

    def __init__(
        self,
        sources: Iterable[Source],
        *,
        max_chars: int = MAX_CHARS,
        allow_private: bool = False,
    ) -> None:
        self._sources = tuple(sources)
        self._max_chars = max_chars
        self._fetcher = _fetcher(self._sources, allow_private=allow_private)
        self._taken = {source.name for source in self._sources if not source.is_stream}
        self.total = len(self._sources)
        """Articles known so far; it grows while sources that hold many are read."""

    def __iter__(self) -> Iterator[Source | RawPage | Unreadable]:
        for source in self._sources:
            if not source.is_stream:
                yield source
                continue
            self.total -= 1
            for page in read_pages(source, max_chars=self._max_chars, fetcher=self._fetcher):
                self.total += 1
                yield page if isinstance(page, Unreadable) else self._named(page)

    def _named(self, page: RawPage) -> RawPage:
        name, count = page.name, 1
        while name in self._taken:
            name = page.place if count == 1 else f"{page.place}~{count}"
            count += 1
        self._taken.add(name)
        return replace(page, name=name, wanted=None if name == page.name else page.name)


def _fetcher(sources: Iterable[Source], *, allow_private: bool) -> Fetcher | None:
    """One for all addresses, so that it knows when it asked whom; none without an address."""
    if not any(source.kind is Kind.URL for source in sources):
        return None
    from kg.read.fetch import Fetcher

    return Fetcher(allow_private=allow_private)


def read_pages(
    source: Source, *, max_chars: int = MAX_CHARS, fetcher: Fetcher | None = None
) -> Iterator[RawPage | Unreadable]:
    """The pages of a source in its order, read as they are asked for; at least one entry.

    An article that cannot be read is an `Unreadable` and the next ones follow, as far as the format
    lets them be found. Raises nothing for bad input.
    """
    found = False
    try:
        _check_place(source)
        for page in _reader(source, fetcher)(source, max_chars):
            found = True
            yield page
    except InputError as error:
        found = True
        yield Unreadable(source.name, str(error))
    except Exception as error:  # a parser fed with anything raises anything
        found = True
        reason = f"cannot be read: {type(error).__name__}: {error}; check the file"
        yield Unreadable(source.name, reason)
    if not found:
        yield Unreadable(source.name, "holds no article; check that it is the right file")


def read_source(
    source: Source, *, max_chars: int = MAX_CHARS, data: bytes | None = None
) -> RawPage:
    """The page of a file that holds one article, at most `max_chars` code points of text long.

    `data` is the content of the file where it was read already (`source_bytes`).

    Raises InputError, in a sentence that says what to do, for a path that is missing, unreadable
    or no file, and for a file that is empty, binary or too long. UTF-8 is expected; byte order
    marks are honoured; anything else is decoded as well as it can be, with a warning.
    """
    kind, path = source.kind, source.path
    data = source_bytes(source, max_chars) if data is None else data
    if kind is Kind.PDF or data.startswith(_PDF_MARK):
        from kg.read.pdf import read_pdf

        notes = () if kind is Kind.PDF else (f"{path} is a PDF; rename it to end in .pdf",)
        return read_pdf(data, source.name, max_chars=max_chars, warnings=notes)
    text, warnings = decode(data, path)
    if kind is not Kind.HTML and is_html(text):
        kind = Kind.HTML
        note = f"{path} holds HTML and was read as HTML; rename it to end in .html"
        warnings = (*warnings, note)
    check_text(text, path, _page_limit(kind, max_chars))
    verbatim = kind is not Kind.HTML
    return RawPage(source.name, text, kind.value, warnings, verbatim=verbatim)


def source_bytes(source: Source, max_chars: int = MAX_CHARS) -> bytes:
    """The content of a file, as it lies on the disk. Raises InputError as `read_source` does."""
    _check_place(source)
    limit = _page_limit(source.kind, max_chars)
    most = _PDF_BYTES if source.kind is Kind.PDF else limit * MAX_BYTES_PER_CHAR
    return read_bytes(source.path, most, limit)


def _check_place(source: Source) -> None:
    if source.astray:
        raise InputError(
            f"{source.path} is a link that leads out of the folder it was found in; "
            "name the file itself if you mean it"
        )


def page_of_bytes(
    data: bytes, name: str, max_chars: int, *, charset: str | None = None, media_type: str = ""
) -> RawPage:
    """The page of bytes that came without a file: HTML, PDF or text, told by how they begin.

    `media_type` decides where it says HTML; `charset` is what a server declares. Raises InputError.
    """
    if data.startswith(_PDF_MARK):
        from kg.read.pdf import read_pdf

        return read_pdf(data, name, max_chars=max_chars)
    text, warnings = decode(data, name, charset)
    html = "html" in media_type or (media_type != "text/plain" and is_html(text))
    kind = Kind.HTML if html else Kind.TEXT
    check_text(text, name, _page_limit(kind, max_chars))
    return RawPage(name, text, kind.value, warnings)


def _page_limit(kind: Kind, max_chars: int) -> int:
    """Code points of a page: the markup of HTML does not count against a low limit."""
    return max(max_chars, MAX_CHARS) if kind is Kind.HTML else max_chars


_Reader = Callable[[Source, int], Iterable[RawPage | Unreadable]]


def _reader(source: Source, fetcher: Fetcher | None) -> _Reader:
    """The function that reads the kind of a source; libraries are loaded with it."""
    match source.kind:
        case Kind.JSONL:
            from kg.read.jsonl import read_jsonl

            return read_jsonl
        case Kind.WARC:
            from kg.read.warc import read_warc

            return read_warc
        case Kind.FEED:
            from kg.read.feed import read_feed

            return read_feed
        case Kind.STDIN:
            return _read_stdin
        case Kind.URL:
            from kg.read.fetch import Fetcher, read_url

            used = fetcher or Fetcher()
            return lambda source, max_chars: [read_url(source, max_chars, used)]
    return lambda source, max_chars: [read_source(source, max_chars=max_chars)]


def _read_stdin(source: Source, max_chars: int) -> Iterator[RawPage]:
    limit = max(max_chars, MAX_CHARS) * MAX_BYTES_PER_CHAR
    data = sys.stdin.buffer.read(limit + 1)
    if len(data) > limit:
        raise too_long("standard input", max_chars)
    if not data.strip():
        raise InputError("standard input is empty; pipe the text of an article into the command")
    yield page_of_bytes(data, source.name, max_chars)
