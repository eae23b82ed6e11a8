"""Files and folders to raw pages.

Nothing is normalised: a plain text keeps its line ends and its spaces, so that offsets of code
points into `RawPage.text` are offsets into the file as it was decoded.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError

__all__ = ["MAX_CHARS", "SUFFIXES", "RawPage", "Source", "find_sources", "read_source"]

SUFFIXES = (".htm", ".html", ".txt")

MAX_CHARS = 2_000_000
"""Code points of the longest page that is read; far above any press article (about 300,000 words),
low enough that one runaway file cannot stop a run."""

_BOMS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAX_BYTES_PER_CHAR = 4  # in UTF-8, UTF-16 and UTF-32
_MAX_CONTROL_SHARE = 0.01  # text has next to none besides tabs and line ends
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_HTML_START = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!doctype\s+html|<html[\s>])", re.I)


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """One input of a run: the name that evidence cites, and where it lies."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as it was decoded; `format` is "txt" or "html", `warnings` are sentences."""

    name: str
    text: str
    format: str = "txt"
    warnings: tuple[str, ...] = ()


def find_sources(paths: Iterable[str | Path]) -> tuple[Source, ...]:
    """Every input under `paths`, sorted by name, each file once.

    A folder stands for the .txt, .html and .htm files below it, hidden ones left out; a file is
    taken whatever its suffix. A path that does not exist and a folder without such a file are
    entries too: `read_source` raises for them, so that one bad path does not stop the others. A
    name is the file name, or as much of the path as tells two files of one name apart.
    """
    files: dict[str, Path] = {}
    for path in map(Path, paths):
        for file in _expand(path):
            files.setdefault(os.path.realpath(file), file)
    # by real path, so that names and order do not depend on how the paths were given
    parts = {real: _parts(real) for real in sorted(files)}
    depth = dict.fromkeys(parts, 1)
    while clashes := _clashes(parts, depth):
        for real in clashes:
            depth[real] += 1
    return tuple(
        sorted(Source("/".join(parts[real][-depth[real] :]), files[real]) for real in parts)
    )


def read_source(source: Source, *, max_chars: int = MAX_CHARS) -> RawPage:
    """The decoded page of one source, at most `max_chars` code points long.

    Raises InputError, in a sentence that says what to do, for a path that is missing, unreadable
    or no file, and for a file that is empty, binary or too long. UTF-8 is expected; byte order
    marks are honoured; anything else is decoded as well as it can be, with a warning.
    """
    data = _read_bytes(source.path, max_chars)
    text, warnings = _decode(data, source.path)
    if not text.strip():
        raise InputError(f"{source.path} is empty; put the text of an article into it")
    if len(text) > max_chars:
        raise _too_long(source.path, max_chars)
    if len(_CONTROL.findall(text)) > max(1, _MAX_CONTROL_SHARE * len(text)):
        raise _binary(source.path)
    if source.path.suffix.lower() in (".html", ".htm"):
        return RawPage(source.name, text, "html", warnings)
    if _HTML_START.match(text[:1000]):
        note = f"{source.path} holds HTML and was read as HTML; rename it to end in .html"
        return RawPage(source.name, text, "html", (*warnings, note))
    return RawPage(source.name, text, "txt", warnings)


def _expand(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found: list[Path] = []
    closed: list[Path] = []  # folders that may not be listed: `read_source` will say so
    for folder, folders, names in os.walk(path, onerror=lambda error: closed.append(_where(error))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [
            Path(folder, name)
            for name in sorted(names)
            if not name.startswith(".") and name.lower().endswith(SUFFIXES)
        ]
    return [*found, *closed] or [path]


def _where(error: OSError) -> Path:
    return Path(str(error.filename))


def _parts(real: str) -> tuple[str, ...]:
    # a name that is no valid Unicode must still fit into a JSON file
    return tuple(os.fsencode(part).decode("utf-8", "replace") for part in Path(real).parts)


def _clashes(parts: dict[str, tuple[str, ...]], depth: dict[str, int]) -> list[str]:
    by_name: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for real, names in parts.items():
        by_name[names[-depth[real] :]].append(real)
    return [
        real
        for group in by_name.values()
        if len(group) > 1
        for real in group
        if depth[real] < len(parts[real])
    ]


def _read_bytes(path: Path, max_chars: int) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            next(os.scandir(path), None)  # tells a folder one may not list from an empty one
            raise InputError(
                f"the folder {path} holds no {', '.join(SUFFIXES)} file; "
                "put articles into it or name the files themselves"
            )
        if not stat.S_ISREG(status.st_mode):
            raise InputError(f"{path} is no regular file; save its content to a file first")
        if status.st_size > max_chars * _MAX_BYTES_PER_CHAR:
            raise _too_long(path, max_chars)
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path} does not exist; check the path") from None
    except PermissionError:
        raise InputError(f"{path} may not be read; change its permissions") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise InputError(f"{path} cannot be read ({error}); check the path") from None


def _decode(data: bytes, path: Path) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), ()
            except UnicodeDecodeError:
                raise InputError(
                    f"{path} begins with the mark of {encoding.removesuffix('-sig').upper()} but "
                    "is not valid in it; save it again as UTF-8"
                ) from None
    if b"\x00" in data or data.startswith(b"%PDF-"):
        raise _binary(path)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _decode_other(data, path)


def _decode_other(data: bytes, path: Path) -> tuple[str, tuple[str, ...]]:
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


def _guessed(path: Path, encoding: str) -> str:
    return (
        f"{path} is not valid UTF-8 and was read as {encoding}; if accents look wrong, convert it: "
        f"iconv -f {encoding} -t utf-8 {path.name} > new.txt"
    )


def _binary(path: Path) -> InputError:
    return InputError(
        f"{path} is not a text file (binary data); export the article as plain text or HTML, "
        "in UTF-8"
    )


def _too_long(path: Path, max_chars: int) -> InputError:
    return InputError(
        f"{path} is longer than {max_chars:,} characters; split it, or raise max_chars"
    )
