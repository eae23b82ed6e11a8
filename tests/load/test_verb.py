"""`kg load`: what the command line takes and asks for."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli
from tests.load.graphs import arrived, shared, write_graph
from tests.load.service import LocalStore


@pytest.mark.parametrize(
    ("url", "options", "told"),
    [
        ("bolt://127.0.0.1:1", ("--flat",), "--flat is for a SPARQL store"),
        ("neo4j://127.0.0.1:1", ("--method", "auto"), "--method is for a SPARQL store"),
        ("http://127.0.0.1:1/", ("--evidence", "none"), "--evidence is for a Bolt store"),
        ("http://127.0.0.1:1/", ("--database", "x"), "--database is for a Bolt store"),
    ],
)
def test_options_of_the_other_kind_of_store_are_refused(
    tmp_path: Path, url: str, options: tuple[str, ...], told: str
) -> None:
    result = CliRunner().invoke(cli, ["load", str(tmp_path), "--to", url, *options])
    assert result.exit_code == 2
    assert told in result.stderr


def test_a_password_is_asked_for_on_a_terminal_and_not_shown(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty", reason="no terminals on this platform")
    quads = write_graph(tmp_path / "out")
    with LocalStore(password="opensesame") as store:
        parent, child = pty.openpty()
        command = [sys.executable, "-m", "kg", "load", str(tmp_path / "out")]
        command += ["--to", f"{store.url}/store", "--user", "ann"]
        environment = {k: v for k, v in os.environ.items() if not k.startswith("KG_LOAD_")}
        process = subprocess.Popen(
            command,
            stdin=child,
            stdout=child,
            stderr=child,
            env=environment,
            start_new_session=True,
        )
        os.close(child)
        try:
            shown = _typed_into(parent, process, b"opensesame\n")
        finally:
            process.kill()
            process.wait()
            os.close(parent)
        assert b"triples loaded" in shown
        assert b"opensesame" not in shown
        assert arrived(store.quads) == shared(quads)


def _typed_into(terminal: int, process: subprocess.Popen[bytes], line: bytes) -> bytes:
    """What the process showed; the line is typed whenever it waits after its prompt."""
    shown = b""
    until = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < until:
        if select.select([terminal], [], [], 0.3)[0]:
            try:
                shown += os.read(terminal, 4096)
            except OSError:  # the other end is closed
                break
        elif shown.endswith(b"Password of ann: "):
            os.write(terminal, line)
    return shown
