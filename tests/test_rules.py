"""The rules of conftest.py themselves: no network, and no silent skip where all must run."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import LONGEST, ROOT, pytest_collection_modifyitems

SKIPS = """
import pytest

@pytest.mark.browser
@pytest.mark.skipif(True, reason="no browser here")
def test_needs_a_browser():
    pass

@pytest.mark.skipif(True, reason="not on this platform")
def test_of_another_platform():
    pass
"""
SKIPPED_FILE = """
import pytest

pytest.importorskip("no_such_library")
"""


def run_inner(folder: Path, test: str, require_all: str) -> str:
    """The last line that pytest prints for one test file under our conftest.py."""
    shutil.copy(Path(__file__).with_name("conftest.py"), folder)
    (folder / "test_inner.py").write_text(test)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n    browser: needs a browser\n")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", str(folder)]
    environment = os.environ | {"KG_REQUIRE_ALL": require_all}
    result = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return result.stdout.splitlines()[-1]


def test_skips_are_skips_by_default(tmp_path: Path) -> None:
    assert "2 skipped" in run_inner(tmp_path, SKIPS, "0")


def test_skip_of_a_real_part_fails_when_all_must_run(tmp_path: Path) -> None:
    assert "1 skipped, 1 error" in run_inner(tmp_path, SKIPS, "1")


@pytest.mark.parametrize(("require_all", "outcome"), [("0", "1 skipped"), ("1", "1 error")])
def test_skip_of_a_whole_file(tmp_path: Path, require_all: str, outcome: str) -> None:
    assert outcome in run_inner(tmp_path, SKIPPED_FILE, require_all)


def test_network_is_out_of_reach() -> None:
    with (
        socket.socket() as outside,
        pytest.raises(RuntimeError, match="tests work offline"),
    ):
        outside.connect(("192.0.2.1", 80))  # an address reserved for documents (RFC 5737)


def test_this_machine_is_in_reach() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as client:
        client.connect(server.getsockname())


def test_the_files_that_take_longest_come_first() -> None:
    assert [name for name in LONGEST if not (ROOT / name).is_file()] == []

    class Item:
        def __init__(self, nodeid: str) -> None:
            self.nodeid = nodeid

    names = ["tests/a.py::one", f"{LONGEST[1]}::b", f"{LONGEST[1]}::a", "x", f"{LONGEST[0]}::c"]
    items: list[Any] = [Item(name) for name in names]
    pytest_collection_modifyitems(items)
    assert [item.nodeid for item in items] == [names[4], names[1], names[2], names[0], names[3]]
