"""PDF files to text: the words of each page put back into paragraphs."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from kg.errors import InputError
from kg.read.decode import check_text, too_long
from kg.read.extras import load_extra
from kg.read.metadata import Metadata
from kg.read.page import RawPage
from kg.read.paragraphs import PdfLine, find_title, join_lines, running_lines

__all__ = ["read_pdf"]

_MOST_PAGES = 500
_PAGE_BYTES = 5_000_000  # of drawing instructions; a page of text has some ten thousand
_STEPS = 20_000_000  # instructions of all pages together, in bytes: a minute of work
_LEAST_LETTERS = 20  # in the whole file; scans have none, or a stamp of the scanner
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\xa0": " "}
)
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")


def read_pdf(data: bytes, name: str, *, max_chars: int, warnings: tuple[str, ...] = ()) -> RawPage:
    """The text of a PDF: paragraphs with an empty line between them, running lines at the end.

    Lines are joined, words that were hyphenated at line ends made whole; headers, footers and page
    numbers stand once, behind `chrome_start`. Raises InputError for a file that is encrypted, a
    scan, broken, or without pypdf.
    """
    pypdf = load_extra("pypdf", "pdf", "reading a PDF")
    # what it says of broken files is no use to those who did not write them
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(BytesIO(data))
        _unlock(reader, name)
        pages = list(_pages(reader, name, max_chars))
        title = _stated_title(reader)
    except InputError:
        raise
    except Exception as error:  # broken in any of a thousand ways
        raise InputError(
            f"{name} cannot be read as PDF ({type(error).__name__}: {error}); "
            "print it to a new PDF, or save its text as .txt"
        ) from error
    if sum(c.isalnum() for page in pages for line in page for c in line.text) < _LEAST_LETTERS:
        raise InputError(
            f"{name} holds no text, only images of it; recognise the text first, for example with "
            "'ocrmypdf in.pdf out.pdf'"
        )
    running = running_lines(pages)
    text = "\n\n".join(join_lines([[x for x in p if x not in running] for p in pages]))
    chrome_start = None
    if running:
        chrome_start = len(text)
        in_order = (line.text for page in pages for line in page if line in running)
        text += "\n\n" + "\n".join(dict.fromkeys(in_order))
    check_text(text, name, max_chars)
    declared = Metadata(title=find_title(pages, running, title))
    return RawPage(name, text, "pdf", warnings, declared, chrome_start=chrome_start)


def _unlock(reader: Any, name: str) -> None:
    """Opens a file that is protected by an empty password, as viewers do."""
    if not reader.is_encrypted:
        return
    try:
        opened = reader.decrypt("")
    except Exception:  # a cipher that pypdf lacks the library for
        opened = 0
    if not opened:
        raise InputError(
            f"{name} is encrypted; save a copy without a password, "
            "for example with 'qpdf --decrypt in.pdf out.pdf'"
        )


def _pages(reader: Any, name: str, max_chars: int) -> Iterator[list[PdfLine]]:
    """The lines of each page in the order in which the page draws them."""
    if len(reader.pages) > _MOST_PAGES:
        raise InputError(f"{name} has more than {_MOST_PAGES} pages; cut the articles out of it")
    left, chars = _STEPS, 0
    for number, page in enumerate(reader.pages):
        contents = page.get_contents()
        size = len(contents.get_data()) if contents is not None else 0
        left -= size
        if size > _PAGE_BYTES or left < 0:
            raise InputError(
                f"{name} draws more than an article does (page {number + 1}); save its text as .txt"
            )
        lines = _lines(page, number)
        chars += sum(len(line.text) for line in lines)
        if chars > max_chars:
            raise too_long(name, max_chars)
        yield lines


def _lines(page: Any, number: int) -> list[PdfLine]:
    """Pieces that stand on one height, one behind the other, make a line."""
    pieces: list[tuple[str, float, float, float]] = []

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if text.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            height = abs(size * (tm[3] * cm[3] + tm[2] * cm[1])) or float(size)
            for part in text.split("\n"):
                if part.strip():
                    pieces.append((part, x, y, height))
        elif pieces and text:
            last = pieces[-1]
            pieces[-1] = (last[0] + text.replace("\n", " "), *last[1:])

    page.extract_text(visitor_text=visit)
    bottom, top = float(page.mediabox.bottom), float(page.mediabox.top)
    lines: list[PdfLine] = []
    for text, x, y, height in pieces:
        content = _UNSEEN.sub("", text).translate(_LIGATURES)
        if lines and abs(lines[-1].y - y) < 0.5 * height and x >= lines[-1].x:
            before = lines.pop()
            lines.append(before.with_more(content))
        elif content.strip():
            place = (y - bottom) / (top - bottom) if top > bottom else 0.5
            lines.append(PdfLine(content, x, y, round(height, 1), number, place))
    return [line.stripped() for line in lines if line.text.strip()]


def _stated_title(reader: Any) -> str | None:
    stated = reader.metadata.title if reader.metadata else None
    return " ".join(str(stated).split()) if stated else None
