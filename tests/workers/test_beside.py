"""Work in a copy of the process: its result, its errors, its end."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from kg.errors import InputError, UnknownNameError
from kg.workers import beside

copies = pytest.mark.skipif(sys.platform != "linux", reason="only Linux copies processes here")


@copies
def test_work_is_done_in_another_process_on_what_is_here() -> None:
    here = ["not pickled", threading.Lock()]
    with beside(lambda: (os.getpid(), here[0])) as result:
        pid, seen = result()
    assert pid != os.getpid()
    assert seen == "not pickled"


@pytest.mark.parametrize("processes", [1, 2])
def test_errors_come_as_they_were(processes: int) -> None:
    def work() -> None:
        raise InputError("no such file")

    with (
        pytest.raises(InputError, match="no such file"),
        beside(work, processes=processes) as result,
    ):
        result()


@copies
def test_an_error_that_cannot_be_sent_is_told_in_words() -> None:
    def work() -> None:
        raise UnknownNameError("exporter", "svg", ["html"])

    with pytest.raises(Exception, match="svg"), beside(work) as result:
        result()


def test_with_one_process_it_is_done_here() -> None:
    with beside(os.getpid, processes=1) as result:
        assert result() == os.getpid()


def test_beside_other_threads_it_is_done_here() -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        with beside(os.getpid) as result:
            assert result() == os.getpid()
    finally:
        done.set()
        other.join()


@copies
def test_death_is_told() -> None:
    with (
        pytest.raises(RuntimeError, match="died"),
        beside(lambda: os.kill(os.getpid(), signal.SIGKILL)) as result,
    ):
        result()


@copies
def test_a_copy_ends_with_the_block(tmp_path: Path) -> None:
    begun = tmp_path / "begun"

    def work() -> None:
        begun.write_text(str(os.getpid()))
        time.sleep(600)

    with beside(work):
        while not begun.exists() or not begun.read_text():
            time.sleep(0.01)
    with pytest.raises(ProcessLookupError):
        os.kill(int(begun.read_text()), 0)
