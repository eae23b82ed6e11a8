"""Ctrl-C and SIGTERM: one line, an exit code that says so, and nothing half done."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

# A shell that starts the tests in the background has them, and what they start, ignore Ctrl-C.
READS = """
import signal, sys
import kg.pipeline.reading as reading
from kg.cli import main

signal.signal(signal.SIGINT, signal.default_int_handler)

real = reading._results

def results(*given, **options):
    print("reading", flush=True)
    sys.stdin.read()
    yield from real(*given, **options)

reading._results = results
main()
"""


@pytest.mark.parametrize(
    ("number", "code", "how"), [(signal.SIGINT, 130, "Ctrl-C"), (signal.SIGTERM, 143, "SIGTERM")]
)
def test_build_that_is_stopped_says_so_in_one_line(
    number: signal.Signals, code: int, how: str, tmp_path: Path
) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Fjord Rail has acquired Halvor Motors.")
    out = tmp_path / "new/out"
    command = [sys.executable, "-c", READS, "build", str(article), "--out", str(out)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "reading\n"
        process.send_signal(number)
        try:
            rest, told = process.communicate(timeout=300)
        finally:
            process.kill()
    assert process.returncode == code
    line = f"Stopped by {how}; the same command again goes on from here.\n"
    assert (rest, told) == ("", line)
    assert not out.parent.exists()
