"""The engine of one machine: data in files, groups by buckets of a size that memory holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeAlias

from kg.engine.files import group_files, map_file, read_records, scatter, write_records
from kg.engine.flow import GroupStep, Step
from kg.errors import InputError
from kg.workers import end_with_parent

__all__ = ["BUCKET_BYTES", "DiskFlow"]

BUCKET_BYTES = 2_000_000
"""How much of a group's input is looked at at once, as it lies on the disk; in memory it is about
ten times that. A key with more than that is looked at whole all the same."""

_MADE = 32  # records of a source that make a part
_MOST_BUCKETS = 512

Files: TypeAlias = tuple[Path, ...]


@dataclass(frozen=True)
class _Outputs(Mapping[str, Files]):
    """Files by output; of an output that nothing was written to, none."""

    files: dict[str, list[Path]]

    def __getitem__(self, name: str) -> Files:
        return tuple(self.files.get(name, ()))

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


class DiskFlow:
    """Data as files below a folder, which is its own and empty; a part is a file.

    With several `processes` parts are worked on at once; call it under `if __name__ ==
    "__main__":` then. To be used as a context manager.
    """

    def __init__(
        self, folder: Path, *, processes: int = 1, bucket_bytes: int = BUCKET_BYTES
    ) -> None:
        self._folder = folder
        self._processes = processes
        self._bucket_bytes = bucket_bytes
        self._steps = 0
        self._stack = ExitStack()
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> DiskFlow:
        if self._processes > 1:
            pool = ProcessPoolExecutor(
                self._processes, mp_context=get_context("spawn"), initializer=end_with_parent
            )
            self._pool = self._stack.enter_context(pool)
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        self._stack.close()

    def made(self, records: Iterable[Any]) -> Files:
        """As `Flow`."""
        folder = self._next()
        files: list[Path] = []
        batch: list[Any] = []
        for record in records:
            batch.append(record)
            if len(batch) == _MADE:
                files.append(write_records(folder / f"{len(files)}", batch))
                batch = []
        if batch:
            files.append(write_records(folder / f"{len(files)}", batch))
        return tuple(files)

    def mapped(self, step: Step, *data: Files) -> _Outputs:
        """As `Flow`."""
        folder = self._next()
        files = [file for those in data for file in those]
        tasks = [partial(map_file, step, file, folder, n) for n, file in enumerate(files)]
        return self._gathered(tasks)

    def grouped(self, step: GroupStep, *data: Files) -> _Outputs:
        """As `Flow`."""
        folder = self._next()
        files = [(side, file) for side, those in enumerate(data) for file in those]
        total = sum(file.stat().st_size for _, file in files)
        buckets = min(total // self._bucket_bytes + 1, _MOST_BUCKETS)
        shares = [files[n :: self._processes] for n in range(self._processes)]
        scattered = [
            partial(scatter, share, folder, f"s{n}", (1, buckets))
            for n, share in enumerate(shares)
            if share
        ]
        found: dict[int, list[tuple[int, Path]]] = defaultdict(list)
        for parts in self._done(scattered):
            for bucket, side, path in parts:
                found[bucket].append((side, path))
        tasks = [
            partial(
                group_files,
                step,
                tuple(found[bucket]),
                len(data),
                folder,
                bucket,
                buckets,
                self._bucket_bytes,
            )
            for bucket in sorted(found)
        ]
        return self._gathered(tasks)

    def joined(self, *data: Files) -> Files:
        """As `Flow`."""
        return tuple(file for those in data for file in those)

    def gathered(self, data: Files) -> Files:
        """As `Flow`."""
        if len(data) < 2:
            return data
        target = self._next() / "0"
        with target.open("wb") as file:
            for part in data:
                file.write(part.read_bytes())
        return (target,)

    def records(self, data: Files) -> Iterator[Any]:
        """As `Flow`."""
        for file in data:
            yield from read_records(file)

    def drop(self, *data: Files) -> None:
        """As `Flow`."""
        for file in self.joined(*data):
            file.unlink(missing_ok=True)

    def _next(self) -> Path:
        self._steps += 1
        folder = self._folder / f"{self._steps:04}"
        folder.mkdir(parents=True)
        return folder

    def _gathered(self, tasks: Sequence[Callable[[], dict[str, Path]]]) -> _Outputs:
        files: dict[str, list[Path]] = defaultdict(list)
        for written in self._done(tasks):
            for name, path in written.items():
                files[name].append(path)
        return _Outputs(files)

    def _done(self, tasks: Sequence[Callable[[], Any]]) -> Iterator[Any]:
        """The results in the order of the tasks."""
        if self._pool is None:
            for task in tasks:
                yield task()
            return
        futures: list[Future[Any]] = [self._pool.submit(task) for task in tasks]
        try:
            wait(futures)
            yield from (future.result() for future in futures)
        except BrokenProcessPool as error:
            raise InputError(
                "a process died (out of memory?), so nothing was written; "
                "build with fewer --processes"
            ) from error
