from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from kg.workers import in_processes

# In other processes: the functions are found there by their names, so they are not nested.


def work(item: int) -> int:
    if item < 0:
        os._exit(7)
    if item == 13:
        raise ValueError("unlucky")
    return item * item


def test_every_item_comes_back_with_its_result() -> None:
    assert sorted(in_processes(work, range(12), 2)) == [(n, n * n) for n in range(12)]


def test_item_that_kills_its_process_is_the_only_one_lost() -> None:
    items = [1, -1, 2, 3, -2, *range(20, 40)]
    results = dict(in_processes(work, items, 2))
    assert {item for item, result in results.items() if result is None} == {-1, -2}
    assert {item: result for item, result in results.items() if result is not None} == {
        item: item * item for item in items if item > 0
    }


def test_items_are_taken_as_they_are_needed() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for item in range(20, 120):
            taken.append(item)
            yield item

    results = in_processes(work, items(), 2)
    next(results)
    assert len(taken) <= 10
    assert len(list(results)) == 99


def test_exception_is_raised_here() -> None:
    with pytest.raises(ValueError, match="unlucky"):
        list(in_processes(work, [1, 13], 2))
