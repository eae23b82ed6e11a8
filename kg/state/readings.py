"""Readings on the disk, each under its key; a file that is not what it should be is no reading."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from kg.state.codec import from_bytes, to_bytes
from kg.state.reading import Reading

__all__ = ["FOLDER", "Readings", "is_whole", "reading_path"]

FOLDER = "state/readings"
"""Where they lie below the folder of the outputs, with / between folders."""

_HEAD = re.compile(rb'\{"key":"(?P<key>[0-9a-f]{64})","sha256":"(?P<sum>[0-9a-f]{64})","reading":')
_TAIL = b"}\n"


def reading_path(key: str) -> str:
    """The file of a reading, relative to the folder of the outputs."""
    return f"{FOLDER}/{key}.json"


class Readings:
    """What is known of articles already: of this run, and of the folder of an earlier build.

    Without a folder nothing but this run. A file that is missing, cut off, altered, or of another
    key or version is as good as none.
    """

    def __init__(self, out: Path | None = None) -> None:
        self._out = out
        self._known: dict[str, Reading] = {}
        self._written: dict[str, Path] = {}
        self._content: dict[str, bytes] = {}

    def get(self, key: str) -> Reading | None:
        """The reading of that key, without a name."""
        if key not in self._known and self._out is not None:
            path = self._out / reading_path(key)
            found = _load(path, key)
            if found is not None:
                self._known[key] = found
                self._written[key] = path
        return self._known.get(key)

    def add(self, key: str, reading: Reading, content: bytes | None = None) -> None:
        """Makes a reading known to the rest of this run; nothing is written.

        `content` is what `to_bytes` gives for it, where that was made already. One of that key that
        came from the folder is replaced.
        """
        self._known[key] = reading
        self._content.pop(key, None)
        if content is not None:
            self._content[key] = content
        self._written.pop(key, None)

    def is_written(self, key: str) -> bool:
        """Whether it came from the folder and lies there still; another run may have removed it."""
        return key in self._written and self._written[key].is_file()

    def file(self, key: str) -> bytes:
        """The content of the file: JSON with a sum over the reading, so that damage shows."""
        content = self._content.get(key) or to_bytes(self._known[key])
        total = hashlib.sha256(content).hexdigest()
        return f'{{"key":"{key}","sha256":"{total}","reading":'.encode() + content + _TAIL


def is_whole(out: Path, key: str) -> bool:
    """Whether the file of a reading is there and fits its sum; it may be of another version."""
    return _content(out / reading_path(key), key) is not None


def _load(path: Path, key: str) -> Reading | None:
    content = _content(path, key)
    try:
        return from_bytes(content, Reading) if content is not None else None
    except ValueError:
        return None


def _content(path: Path, key: str) -> bytes | None:
    """The JSON of a reading, as it was written."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    head = _HEAD.match(data)
    if head is None or head["key"] != key.encode() or not data.endswith(_TAIL):
        return None
    content = data[head.end() : -len(_TAIL)]
    return content if hashlib.sha256(content).hexdigest() == head["sum"].decode() else None
