"""The engine of one machine: what it gives depends on neither processes nor buckets."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from kg.engine.disk import DiskFlow
from kg.engine.files import group_files, read_records, write_records
from kg.errors import InputError

TEXTS = [f"word{n % 7} word{n % 11} of" for n in range(100)]


def words(texts: Iterator[str]) -> Iterator[tuple[str, Any]]:
    for text in texts:
        for word in text.split():
            yield ("short" if len(word) < 3 else "long"), (word, 1)


def total(word: str, values: Sequence[list[int]]) -> Iterator[tuple[str, Any]]:
    yield "count", (word, sum(map(sum, values)))


def dying(texts: Iterator[str]) -> Iterator[tuple[str, Any]]:
    os._exit(1)


@pytest.mark.parametrize(("processes", "bucket_bytes"), [(1, 10**6), (1, 50), (2, 200)])
def test_groups_hold_all_values_of_a_key(processes: int, bucket_bytes: int, tmp_path: Path) -> None:
    with DiskFlow(tmp_path / "x", processes=processes, bucket_bytes=bucket_bytes) as flow:
        found = flow.mapped(words, flow.made(TEXTS))
        counts = flow.grouped(total, found["long"], found["short"], found["none"])["count"]
        told = list(flow.records(counts))
    wanted: dict[str, int] = {}
    for word in " ".join(TEXTS).split():
        wanted[word] = wanted.get(word, 0) + 1
    assert sorted(told) == sorted(wanted.items())


def test_a_process_that_dies_is_told(tmp_path: Path) -> None:
    with DiskFlow(tmp_path / "x", processes=2) as flow, pytest.raises(InputError, match="died"):
        flow.mapped(dying, flow.made(TEXTS))


def test_of_a_bucket_that_is_too_large_a_part_is_held_at_once(tmp_path: Path) -> None:
    keys = [f"key{n:03}" for n in range(200)]
    files = [(n % 2, write_records(tmp_path / f"in{n}", [(k, n) for k in keys])) for n in range(4)]
    seen: list[str] = []

    def step(key: str, values: Sequence[list[int]]) -> Iterator[tuple[str, Any]]:
        seen.append(key)
        yield "values", (key, [sorted(those) for those in values])

    found = group_files(step, files, 2, tmp_path, bucket=0, buckets=1, most=500)
    assert sorted(read_records(found["values"])) == [(k, [[0, 2], [1, 3]]) for k in keys]
    assert seen != sorted(seen)  # of each part by itself
    assert [path.name for path in tmp_path.iterdir()] == [found["values"].name]
