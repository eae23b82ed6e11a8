"""The body of a long answer, as a file that is read piece by piece."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING

import requests

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["PIECE", "Body"]

PIECE = 65_536


class Body(io.RawIOBase):
    """The body of an answer. Reading raises requests.Timeout when it takes longer than that."""

    def __init__(self, answer: requests.Response, timeout_s: float) -> None:
        super().__init__()
        self._answer = answer
        self._until = time.monotonic() + timeout_s

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """How many of the next bytes were put into the buffer; 0 at the end."""
        if time.monotonic() > self._until:
            raise requests.Timeout
        view = memoryview(buffer)
        some = self._answer.raw.read1(len(view), decode_content=True)
        view[: len(some)] = some
        return len(some)
