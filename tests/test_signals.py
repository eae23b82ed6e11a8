"""Ctrl-C and SIGTERM: one line, an exit code that says so, and nothing half done."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli

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
    line = f"Stopped by {how}; the same command again begins anew.\n"
    assert (rest, told) == ("", line)
    assert not out.parent.exists()


@pytest.mark.parametrize(
    ("options", "again"),
    [
        ((), "begins anew"),
        (("--llm", "http://127.0.0.1:1", "--llm-model", "x"), "goes on from here"),
        (("--engine", "disk"), "goes on from here"),
        (("--engine", "spark"), "begins anew"),
    ],
)
def test_who_stops_a_build_is_told_what_the_next_does(
    options: tuple[str, ...], again: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.pipeline.build_files", stopped)
    monkeypatch.setattr("kg.engine.running.build_with_engine", stopped)
    command = ["build", "x.txt", "--out", str(tmp_path / "out"), *options]
    result = CliRunner().invoke(cli, command)
    told = f"Stopped by Ctrl-C; the same command again {again}.\n"
    assert (result.exit_code, result.stderr) == (130, told)
