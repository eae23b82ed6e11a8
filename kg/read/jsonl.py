"""JSON lines: one article a line, read as a stream.

A line is an object with `text` or `html`, and with what is known of `id`, `url`, `title`, `date`,
`author`, `publisher` and `language`. Source: https://jsonlines.org
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from kg.errors import InputError
from kg.read.declared import declared_metadata
from kg.read.decode import check_text
from kg.read.files import check_file
from kg.read.fragment import fragment_text, titled
from kg.read.page import MAX_CHARS, RawPage, Unreadable, as_name, is_whole_page
from kg.read.sources import Source
from kg.read.unpack import UNPACK_ERRORS, BoundedReader

__all__ = ["read_jsonl"]

_BYTES_PER_CHAR = 12  # an escaped character beyond the BMP: two times \uXXXX
_FIELDS_BYTES = 100_000  # what a line may hold besides its text
_SURROGATE = re.compile("[\ud800-\udfff]")
_CHUNK = 1 << 20
_EMPTY_LINES = 10_000


def read_jsonl(source: Source, max_chars: int) -> Iterator[RawPage | Unreadable]:
    """A page for each line, named by its id, else by its url, else `file.jsonl#7`.

    A bad line is one `Unreadable` of the name `file.jsonl#7`; empty lines are passed over. Raises
    InputError for a file that cannot be opened or unpacked.
    """
    check_file(source.path)
    longest = max(max_chars, MAX_CHARS) * _BYTES_PER_CHAR + _FIELDS_BYTES
    empty = 0
    try:
        with source.path.open("rb") as file:
            for number, line in _lines(BoundedReader(file, str(source.path)), longest):
                place = f"{source.name}#{number}"
                if line is None:
                    reason = f"the line is longer than {longest:,} bytes; split the article"
                    yield Unreadable(place, reason)
                elif line.strip():
                    empty = 0
                    yield _page(line, place, max_chars)
                elif (empty := empty + 1) > _EMPTY_LINES:
                    raise InputError(
                        f"{source.path} has more than {_EMPTY_LINES:,} empty lines one after the "
                        "other; what came before is kept, leave them out"
                    )
    except (OSError, *UNPACK_ERRORS) as error:
        raise InputError(
            f"{source.path} cannot be read to its end ({error}); what came before is kept, "
            "copy or pack the file again"
        ) from error


def _lines(file: BoundedReader, longest: int) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their numbers from 1; None for one that is too long, which is not kept."""
    number = 0
    while line := file.readline(longest + 1):
        number += 1
        if len(line) <= longest:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(_CHUNK)
        yield number, None


def _page(line: bytes, place: str, max_chars: int) -> RawPage | Unreadable:
    try:
        record = _record(line, place)
        text, key = _text(record, place)
        warnings: list[str] = []
        if _SURROGATE.search(text):
            text = _SURROGATE.sub("\ufffd", text)
            warnings.append("halves of surrogate pairs are shown as U+FFFD")
        declared, odd = declared_metadata(record)
        format_ = "html" if key == "html" and is_whole_page(text) else "txt"
        if format_ == "txt" and key == "html":
            text = titled(declared.title, fragment_text(text))
        check_text(text, place, max(max_chars, MAX_CHARS) if format_ == "html" else max_chars)
    except InputError as error:
        return Unreadable(place, str(error))
    name = as_name(record.get("id")) or declared.url or place
    return RawPage(name, text, format_, (*warnings, *odd), declared, place)


def _record(line: bytes, place: str) -> dict[str, object]:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(f"{place} is not UTF-8 ({error.reason}); convert the file") from None
    except RecursionError:
        raise InputError(f"{place} is nested too deeply; write one flat object a line") from None
    except ValueError as error:
        raise InputError(f"{place} is not valid JSON ({error}); write one object a line") from None
    if not isinstance(record, dict):
        raise InputError(f"{place} is no JSON object; write one with a text or html in it")
    return record


def _text(record: dict[str, object], place: str) -> tuple[str, str]:
    for key in ("text", "html"):
        value = record.get(key)
        if isinstance(value, str) and value.strip():
            return value, key
    raise InputError(f"{place} has neither text nor html; give one of them as a string")
