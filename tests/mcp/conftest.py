"""A graph with everything in it, and the official client speaking to a server in a process."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp", reason="kg mcp needs mcp: pip install 'newskg[mcp]'")

from anyio.from_thread import start_blocking_portal
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.types import CallToolResult

from kg.mcp.lookup import Lookup, open_lookup
from tests.export.written import known_graphs, written_in

ROOT = Path(__file__).resolve().parent.parent.parent
Ask = Callable[..., CallToolResult]


class Session:
    """A connected client; `ask` calls a tool and waits for its answer."""

    def __init__(self, portal: Any, client: Client) -> None:
        self.portal = portal
        self.client = client

    def ask(self, tool: str, **arguments: Any) -> CallToolResult:
        answer = self.portal.call(self.client.call_tool, tool, arguments)
        assert isinstance(answer, CallToolResult)
        return answer

    def answer(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """The record of an answer that is no error."""
        found = self.ask(tool, **arguments)
        assert not found.is_error, found.content
        assert isinstance(found.structured_content, dict)
        return found.structured_content

    def error(self, tool: str, **arguments: Any) -> str:
        """The words of an error."""
        found = self.ask(tool, **arguments)
        assert found.is_error
        return "".join(block.text for block in found.content if block.type == "text")


@contextmanager
def connected(out: Path, *options: str) -> Iterator[Session]:
    """A server for a folder in a process of its own, and a client of it."""
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "kg", "mcp", str(out), *options],
        env={"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])},
        cwd=out,
    )
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(Client(stdio_client(server))) as client,
    ):
        yield Session(portal, client)


@pytest.fixture(scope="session")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a build."""
    folder = tmp_path_factory.mktemp("mcp")
    graph = known_graphs()["showcase"]
    articles = tuple(
        replace(a, title=f"Title of {a.name}", url="https://news.example/1", published="2027-03-02")
        for a in graph.articles
    )
    written_in(folder, replace(graph, articles=articles))
    return folder


@pytest.fixture(scope="session")
def session(out: Path) -> Iterator[Session]:
    with connected(out, "--timeout", "3") as started:
        yield started


@pytest.fixture(scope="session")
def lookup(out: Path) -> Lookup:
    return open_lookup(out)
