"""The Oxigraph server for tests: SPARQL 1.1 over HTTP on a free port of this machine."""

from __future__ import annotations

import http.client
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from tests.engines.processes import answers, free_ports, stop

START_S = 30.0  # it is up in a tenth of a second; a busy machine takes longer
_TRIES = 3  # a free port may be taken by another process before the server binds it


@dataclass(frozen=True, slots=True)
class OxigraphServer:
    """A running server."""

    port: int
    pid: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def store(self) -> str:
        """The Graph Store endpoint."""
        return f"{self.url}/store"

    @property
    def update(self) -> str:
        """The Update endpoint."""
        return f"{self.url}/update"

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, bytes]:
        """Status and body of an answer; `Content_Type` names the header Content-Type."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, named)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def query(self, text: str, accept: str = "application/sparql-results+json") -> bytes:
        """The answer to a SPARQL query."""
        status, body = self.ask(
            "POST", "/query", text.encode(), Content_Type="application/sparql-query", Accept=accept
        )
        assert status == 200, body.decode("utf-8", "replace")
        return body

    def dump(self) -> bytes:
        """All that the server holds, as N-Quads."""
        status, body = self.ask("GET", "/store", Accept="application/n-quads")
        assert status == 200
        return body

    def clear(self) -> None:
        """Drops all graphs."""
        status, body = self.ask(
            "POST", "/update", b"DROP ALL", Content_Type="application/sparql-update"
        )
        assert status == 204, body


@contextmanager
def oxigraph_server(
    folder: Path | None = None, *, read_only: bool = False, union: bool = False
) -> Iterator[OxigraphServer]:
    """A server on a free port of 127.0.0.1, stopped at the end; skips where it is not installed.

    Its data lie in `folder`, else in memory. With `union` a plain query asks all graphs together.
    A read-only one needs a folder that a server has written to before.
    """
    program = _program()
    if program is None:
        pytest.skip("the Oxigraph server is not installed: run `make engines`")
    why = b""
    for _ in range(_TRIES):
        (port,) = free_ports(1)
        command = [program, "serve-read-only" if read_only else "serve"]
        command += ["--bind", f"127.0.0.1:{port}", *(["--location", str(folder)] if folder else [])]
        command += ["--union-default-graph"] if union else []
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said
            )
            try:
                if answers(process, partial(_is_oxigraph, port), START_S):
                    yield OxigraphServer(port, process.pid)
                    return
            finally:
                stop(process)
            said.seek(0)
            why = said.read()
    pytest.fail(f"the Oxigraph server did not start {_TRIES} times; at last it said: {why!r}")


def _program() -> str | None:
    """The server beside this Python, else on the path."""
    beside = [sysconfig.get_path("scripts"), str(Path(sys.executable).parent)]
    found = (shutil.which("oxigraph", path=folder) for folder in beside)
    return next(filter(None, found), None) or shutil.which("oxigraph")


def _is_oxigraph(port: int) -> bool | None:
    """Whether it is Oxigraph that answers; None while nobody does as one should."""
    ready = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        ready.request("GET", "/query?query=ASK%20%7B%7D")
        answer = ready.getresponse()
        server = answer.getheader("server") or ""
        return answer.status == 200 and server.startswith("Oxigraph/")
    except http.client.HTTPException:
        return None
    finally:
        ready.close()
