"""A real server in a process of its own on a free port, and what it answers."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "")


@dataclass(frozen=True)
class Server:
    port: int
    process: subprocess.Popen[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        body: bytes | None = None,
        **headers: str,
    ) -> Reply:
        """The reply, redirects not followed; `content_type="a/b"` is the header Content-Type."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, names)
            response = connection.getresponse()
            fields = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, fields, response.read())
        finally:
            connection.close()

    def query(self, query: str, accept: str | None = None, **parameters: str) -> Reply:
        headers = {} if accept is None else {"accept": accept}
        return self.ask("/sparql?" + urlencode({"query": query, **parameters}), **headers)


def start(out: Path, *options: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", str(out), *options],
        stderr=subprocess.PIPE,
        env=environment,
        text=True,
    )


@contextmanager
def serving(out: Path, *options: str) -> Iterator[Server]:
    """A server of that folder, ended for certain."""
    process = start(out, "--port", "0", *options)
    try:
        assert process.stderr
        said = process.stderr.readline()
        address = re.search(r"http://[^/]*:(\d+)/", said)
        assert address, said + process.stderr.read()
        yield Server(int(address[1]), process)
    finally:
        process.terminate()
        try:
            process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
