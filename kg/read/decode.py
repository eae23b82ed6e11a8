"""Bytes to text, with a warning where the encoding had to be guessed."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from kg.errors import InputError

__all__ = ["MAX_BYTES_PER_CHAR", "check_text", "decode", "too_long"]

MAX_BYTES_PER_CHAR = 4  # in UTF-8, UTF-16 and UTF-32

_BOMS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAX_CONTROL_SHARE = 0.01  # text has next to none besides tabs and line ends
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)


def decode(
    data: bytes, path: Path | str, charset: str | None = None
) -> tuple[str, tuple[str, ...]]:
    """The text, and warnings; `path` is what messages call the input.

    Byte order marks are honoured, then `charset` (what a server declares), then UTF-8 is expected;
    anything else is decoded as well as it can be. Raises InputError for binary data and for a text
    that breaks the encoding its byte order mark announces.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), ()
            except UnicodeDecodeError:
                raise InputError(
                    f"{path} begins with the mark of {encoding.removesuffix('-sig').upper()} but "
                    "is not valid in it; save it again as UTF-8"
                ) from None
    if b"\x00" in data:
        raise binary(path)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _decode_other(data, path, charset)


def check_text(text: str, path: Path | str, max_chars: int) -> None:
    """Raises InputError for a text that is empty, too long or binary."""
    if not text.strip():
        raise InputError(f"{path} is empty; put the text of an article into it")
    if len(text) > max_chars:
        raise too_long(path, max_chars)
    if len(_CONTROL.findall(text)) > max(1, _MAX_CONTROL_SHARE * len(text)):
        raise binary(path)


def _decode_other(
    data: bytes, path: Path | str, charset: str | None
) -> tuple[str, tuple[str, ...]]:
    if charset is not None:
        try:
            return data.decode(charset), ()
        except (UnicodeDecodeError, LookupError, ValueError):
            pass  # what the server says is wrong; look at the bytes as for a file
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    # a few broken bytes in a text whose other accents are UTF-8: the encoding is right
    if sum(not char.isascii() for char in text) > 10 * bad:
        return text, (f"{path} is UTF-8 with {bad} broken places, shown as U+FFFD; save it again",)
    declared = _META_CHARSET.search(data[:4096])
    names = [declared[1].decode("ascii")] if declared else []
    for encoding in [*names, "windows-1252"]:
        try:
            return data.decode(encoding), (_guessed(path, encoding),)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1"), (_guessed(path, "latin-1"),)


def _guessed(path: Path | str, encoding: str) -> str:
    name = path.name if isinstance(path, Path) else "old.txt"
    return (
        f"{path} is not valid UTF-8 and was read as {encoding}; if accents look wrong, convert it: "
        f"iconv -f {encoding} -t utf-8 {name} > new.txt"
    )


def binary(path: Path | str) -> InputError:
    """The error for data that is no text."""
    return InputError(
        f"{path} is not a text file (binary data); export the article as plain text or HTML, "
        "in UTF-8"
    )


def too_long(path: Path | str, max_chars: int) -> InputError:
    """The error for an article that is longer than allowed."""
    return InputError(
        f"{path} is longer than {max_chars:,} characters; split it, or raise max_chars "
        "(--max-chars)"
    )
