"""Reading files that may be packed, within bounds: a small file must not become a huge one."""

from __future__ import annotations

import gzip
import zlib
from typing import BinaryIO

from kg.errors import InputError

__all__ = ["UNPACK_ERRORS", "BoundedReader", "gunzip"]

UNPACK_ERRORS = (EOFError, gzip.BadGzipFile, zlib.error)
"""What reading a gzip file raises where it is cut off or broken."""

_GZIP = b"\x1f\x8b"
_FREE = 64 * 2**20  # bytes that any file may unpack to
_RATIO = 100  # pages of text shrink to a tenth, a page of one letter to a thousandth
_LONGEST_LINE = 16 * 2**20  # bytes; parsers of headers keep a line in memory until it ends


class BoundedReader:
    """The bytes of a file, unpacked where it is gzip (of one member or many).

    `read` and `readline` raise InputError where the content has become a hundred times what was
    read of the file, or where no line ends for 16 MiB with `lines_end`.
    """

    def __init__(self, file: BinaryIO, name: str, *, lines_end: bool = False) -> None:
        packed = file.read(2) == _GZIP
        file.seek(0)
        self._file = file
        self._stream = gzip.GzipFile(fileobj=file, mode="rb") if packed else file
        self._packed = packed
        self._name = name
        self._lines_end = lines_end
        self._total = 0
        self._line = 0

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, b"" at the end."""
        if isinstance(self._stream, gzip.GzipFile):
            # not `read`: where the file is cut off, that raises without giving what came before
            return self._checked(self._stream.read1(size))
        return self._checked(self._stream.read(size))

    def readline(self, size: int = -1) -> bytes:
        """A line with its end, or `size` bytes of it."""
        return self._checked(self._stream.readline(size))

    def _checked(self, data: bytes) -> bytes:
        self._total += len(data)
        if self._packed and self._total > max(_FREE, _RATIO * self._file.tell()):
            raise InputError(
                f"{self._name} unpacks to more than {_RATIO} times its size, which no text does; "
                "what came before is kept, leave the rest out"
            )
        if self._lines_end:
            end = data.rfind(b"\n")
            self._line = self._line + len(data) if end < 0 else len(data) - end - 1
            if self._line > _LONGEST_LINE:
                raise InputError(
                    f"{self._name} has a line of more than {_LONGEST_LINE:,} bytes; "
                    "what came before is kept, leave the rest out"
                )
        return data


def gunzip(data: bytes, limit: int, window: int = 31) -> bytes:
    """At most `limit + 1` bytes of what was packed; one more than allowed tells a longer content.

    `window` is that of zlib. Raises zlib.error for data that is broken.
    Source: https://docs.python.org/3/library/zlib.html#zlib.decompressobj
    """
    return zlib.decompressobj(window).decompress(data, limit + 1)
