from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.workers import Lost, in_processes

# In other processes: the functions are found there by their names, so they are not nested.


def work(item: int) -> int:
    if item < 0:
        os._exit(7)
    if item >= 1000:
        time.sleep(item)
    if item == 13:
        raise ValueError("unlucky")
    return item * item


def test_every_item_comes_back_with_its_result() -> None:
    assert sorted(in_processes(work, range(12), 2)) == [(n, n * n) for n in range(12)]


def test_item_that_kills_its_process_is_the_only_one_lost() -> None:
    items = [1, -1, 2, 3, -2, *range(20, 40)]
    results = dict(in_processes(work, items, 2))
    assert {item for item, result in results.items() if result is Lost.DIED} == {-1, -2}
    assert {item: result for item, result in results.items() if result is not Lost.DIED} == {
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


def test_item_that_takes_too_long_is_the_only_one_lost() -> None:
    results = dict(in_processes(work, [1, 2000, 2, -1, 3], 1, timeout=1.0))
    assert results == {1: 1, 2000: Lost.LATE, 2: 4, -1: Lost.DIED, 3: 9}


def get_ready() -> None:
    time.sleep(1.5)
    os.environ["KG_TEST_READY"] = "yes"


def is_ready(item: int) -> str:
    return os.environ.get("KG_TEST_READY", "no")


def test_getting_ready_takes_no_time_of_the_first_item() -> None:
    results = in_processes(is_ready, [1, 2], 1, timeout=1.0, prepare=get_ready)
    assert list(results) == [(1, "yes"), (2, "yes")]


def unpicklable(item: int) -> object:
    return lambda: item


def test_result_that_cannot_come_back_is_an_error_and_no_silence() -> None:
    with pytest.raises(Exception, match="pickle"):
        list(in_processes(unpicklable, [1], 1))


def large(item: bytes) -> bytes:
    return item * 3


def test_large_items_and_results_pass_each_other() -> None:
    items = [bytes([n]) * 2_000_000 for n in range(6)]
    assert sorted(in_processes(large, items, 2)) == [(item, item * 3) for item in items]


# A shell that starts the tests in the background has them, and what they start, ignore Ctrl-C.
ORPHANS = """
import signal, sys, time
from kg.workers import in_processes
from tests.workers.test_pool import work
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for item, _ in in_processes(work, [1, 2000, 3000], 2):
        children = open(f"/proc/self/task/{__import__('os').getpid()}/children").read()
        print(children, flush=True)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are seen in /proc")
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_processes_end_with_the_one_that_started_them(end: signal.Signals) -> None:
    command = [sys.executable, "-c", ORPHANS]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        children = [int(pid) for pid in parent.stdout.readline().split()]
        assert children
        parent.send_signal(end)
        try:
            parent.communicate(timeout=300)
        finally:
            parent.kill()
    # whoever is to bury them may take its time; a process that waits for that is gone
    while any(_lives(pid) for pid in children):
        time.sleep(0.05)


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
