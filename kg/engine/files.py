"""Records in files, and one step over a file or a bucket of them."""

from __future__ import annotations

import gc
import pickle
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from kg.engine.flow import GroupStep, Step, bucket_of
from kg.engine.setup import forget

__all__ = ["group_files", "map_file", "read_records", "scatter", "write_records"]

_BUFFER = 1 << 15  # bytes of an output that are written at once
_MUCH = 4  # times of its size at which a bucket is divided once more


def map_file(step: Step, file: Path, folder: Path, number: int) -> dict[str, Path]:
    """The step over the records of a file; the files of its outputs by their names."""
    with _Writer(folder, number) as out:
        for name, record in step(read_records(file)):
            out.add(name, record)
    return out.written


def scatter(
    files: Sequence[tuple[int, Path]], folder: Path, name: str, buckets: tuple[int, int]
) -> list[tuple[int, int, Path]]:
    """(bucket, which of the data, file) for each of the files written.

    `buckets` is in how many the records are already, and in how many each of these is divided.
    """
    before, now = buckets
    with _Writer(folder, name) as out:
        for side, file in files:
            for record in read_records(file):
                out.add(f"{bucket_of(record[0], before * now) // before}-{side}", record)
    return [
        (int(bucket), int(side), path)
        for name, path in out.written.items()
        for bucket, side in [name.split("-")]
    ]


def group_files(
    step: GroupStep,
    files: Sequence[tuple[int, Path]],
    sides: int,
    folder: Path,
    bucket: int,
    buckets: int,
    most: int,
) -> dict[str, Path]:
    """The step over each key of one of so many buckets, whose files go; its outputs as `map_file`.

    Of a bucket that is much larger than `most` bytes not all is held at once, unless one key is.
    """
    with _Writer(folder, bucket) as out:
        for those in _divided(files, folder, bucket, buckets, most):
            _group_of(step, those, sides, out)
    return out.written


def _divided(
    files: Sequence[tuple[int, Path]], folder: Path, bucket: int, buckets: int, most: int
) -> Iterator[Sequence[tuple[int, Path]]]:
    """The bucket as it is, or in smaller ones where it is much larger than a bucket should be."""
    size = sum(file.stat().st_size for _, file in files)
    if size <= _MUCH * most:
        yield files
        return
    smaller: dict[int, list[tuple[int, Path]]] = defaultdict(list)
    name = f"s{bucket}s"
    for number, side, path in scatter(files, folder, name, (buckets, size // most)):
        smaller[number].append((side, path))
    for _, file in files:
        file.unlink()
    for number in sorted(smaller):
        yield smaller.pop(number)


def _group_of(step: GroupStep, files: Sequence[tuple[int, Path]], sides: int, out: _Writer) -> None:
    values: dict[str, list[list[Any]]] = {}
    for side, file in files:
        for key, value in read_records(file):
            if key not in values:
                values[key] = [[] for _ in range(sides)]
            values[key][side].append(value)
        file.unlink()
    for key in sorted(values):
        for name, record in step(key, values.pop(key)):
            out.add(name, record)


class _Writer:
    """A file for each output, open only while it is written to."""

    def __init__(self, folder: Path, number: int | str) -> None:
        self._folder = folder
        self._number = number
        self._buffers: dict[str, bytearray] = {}
        self.written: dict[str, Path] = {}

    def __enter__(self) -> _Writer:
        # records hold no circles, and looking for some in each block takes half of the time
        self._collecting = gc.isenabled()
        gc.disable()
        return self

    def __exit__(self, *_: object) -> None:
        if self._collecting:
            gc.enable()
        for name in self._buffers:
            self._flush(name)
        forget()

    def add(self, name: str, record: Any) -> None:
        buffer = self._buffers.setdefault(name, bytearray())
        buffer += pickle.dumps(record, protocol=pickle.HIGHEST_PROTOCOL)
        if len(buffer) >= _BUFFER:
            self._flush(name)

    def _flush(self, name: str) -> None:
        path = self.written.setdefault(name, self._folder / f"{self._number}.{name}")
        with path.open("ab") as file:
            file.write(self._buffers[name])
        self._buffers[name] = bytearray()


def write_records(path: Path, records: list[Any]) -> Path:
    """The file, with these records."""
    with path.open("wb") as file:
        for record in records:
            pickle.dump(record, file, protocol=pickle.HIGHEST_PROTOCOL)
    return path


def read_records(path: Path) -> Iterator[Any]:
    """The records of a file that this run wrote."""
    with path.open("rb") as file:
        while file.peek(1):
            yield pickle.load(file)  # noqa: S301 - of our own folder, written by this run
