"""Work in a copy of the process: its result, its errors, its end."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from kg.errors import InputError
from kg.workers import beside

copies = pytest.mark.skipif(sys.platform != "linux", reason="only Linux copies processes here")

# Tests that share this process may leave threads, beside which it is not copied: each has its own.
BEGIN = """
import os, signal, threading, time
from kg.errors import UnknownNameError
from kg.workers import beside
"""


def told(code: str) -> str:
    command = [sys.executable, "-c", BEGIN + code]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout


@copies
def test_work_is_done_in_another_process_on_what_is_here() -> None:
    code = """
here = ["not pickled", threading.Lock()]
with beside(lambda: (os.getpid(), here[0])) as result:
    pid, seen = result()
print(pid != os.getpid(), seen)
"""
    assert told(code) == "True not pickled\n"


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
    code = """
def work():
    raise UnknownNameError("exporter", "svg", ["html"])
try:
    with beside(work) as result:
        result()
except Exception as error:
    print("svg" in str(error))
"""
    assert told(code) == "True\n"


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
    code = """
here = os.getpid()
try:
    with beside(lambda: os.getpid() != here and os.kill(os.getpid(), signal.SIGKILL)) as result:
        result()
except RuntimeError as error:
    print(error)
"""
    assert told(code) == "a process of the build died (out of memory?)\n"


@copies
def test_a_copy_ends_with_the_block() -> None:
    code = """
reading, writing = os.pipe()
def work():
    os.write(writing, str(os.getpid()).encode())
    time.sleep(100)
with beside(work):
    pid = int(os.read(reading, 100))
try:
    os.kill(pid, 0)
except ProcessLookupError:
    print("gone")
"""
    assert told(code) == "gone\n"
