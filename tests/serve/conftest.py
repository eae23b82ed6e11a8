"""One server for all tests that do not need their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="kg serve needs starlette")
pytest.importorskip("uvicorn", reason="kg serve needs uvicorn")

from tests.serve.outputs import HOSTILE, deal_graph, write_outputs
from tests.serve.running import Server, serving


@pytest.fixture(scope="session")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_outputs(tmp_path_factory.mktemp("serve") / "out", deal_graph(HOSTILE))


@pytest.fixture(scope="session")
def server(out: Path) -> Iterator[Server]:
    with serving(out, "--timeout", "3", "--max-rows", "1000", "--workers", "4") as started:
        yield started
