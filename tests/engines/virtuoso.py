"""Virtuoso 7 for tests: a SPARQL store in C, of which Debian's package is unpacked, not installed.

`make engines` puts the program and the libraries that it lacks into `.venv/engines/virtuoso`; a
program `virtuoso-t` on the PATH serves as well.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.engines.processes import answers, free_ports, stop

FOLDERS = ("KG_VIRTUOSO", "engines/virtuoso")  # a variable, and inside the environment
START_S = 90.0  # it is up in 5 s; a busy machine takes longer
_TRIES = 3  # a free port may be taken by another process before the server binds it
_QUERY_S = 60.0
_SETTINGS = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200

[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx

[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 10
CheckpointInterval = 0
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = {files}

[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4

[SPARQL]
ResultSetMaxRows = 100000
"""


@dataclass(frozen=True, slots=True)
class Virtuoso:
    """A running server: its address, and the administrator who may write."""

    http_port: int
    sql_port: int
    files: Path  # what the server may read
    isql: Path
    version: str
    user: str = "dba"
    password: str = field(default="", repr=False)

    @property
    def url(self) -> str:
        """The address of the server, without a path."""
        return f"http://127.0.0.1:{self.http_port}"

    def query(self, text: str, *default_graphs: str) -> bytes:
        """The answer to a SELECT as JSON, with these graphs as the default graph, else all."""
        form = [("query", text), *(("default-graph-uri", graph) for graph in default_graphs)]
        request = urllib.request.Request(  # noqa: S310 - of this machine
            f"{self.url}/sparql",
            urlencode(form).encode(),
            {"Accept": "application/sparql-results+json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=_QUERY_S) as reply:  # noqa: S310
                return bytes(reply.read())
        except urllib.error.HTTPError as error:
            raise AssertionError(error.read().decode("utf-8", "replace")[:2000]) from error

    def load(self, path: Path, graph: str) -> None:
        """Loads an N-Quads file with the server's own loader; its default graph becomes `graph`.

        Of TriG it reads most, but not `article:a\\%20b`, whose backslash it keeps.
        """
        copy = self.files / path.name
        shutil.copyfile(path, copy)
        self._sql(f"DB.DBA.TTLP (file_to_string_output ('{copy}'), '', '{graph}', 512);")

    def clear(self, *graphs: str) -> None:
        """Drops these graphs."""
        self._sql(*(f"SPARQL CLEAR GRAPH <{graph}>;" for graph in graphs))

    def _sql(self, *statements: str) -> str:
        return _sql(self.isql, self.sql_port, self.password, statements)


@contextmanager
def virtuoso(folder: Path) -> Iterator[Virtuoso]:
    """A server on free ports of 127.0.0.1 with its data in `folder`; it is stopped at the end.

    Skips the test where Virtuoso is not there.
    """
    program, isql = _programs()
    for attempt in range(_TRIES):
        home = folder / f"virtuoso-{attempt}"
        files = home / "files"
        files.mkdir(parents=True)
        sql, http = free_ports(2)
        settings = home / "virtuoso.ini"
        settings.write_text(_SETTINGS.format(sql=sql, http=http, files=files), "utf-8")
        process = subprocess.Popen(
            [program, "+foreground", "+configfile", settings],
            cwd=home,
            env=_environment(program),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            if answers(process, partial(_is_virtuoso, http), START_S):
                password = secrets.token_hex(12)
                _sql(isql, sql, "dba", (f'set password "dba" "{password}";',))
                version = _version(program)
                yield Virtuoso(http, sql, files, isql, version, password=password)
                return
            why = (home / "virtuoso.log").read_text(encoding="utf-8", errors="replace")[-2000:]
        finally:
            stop(process)
    pytest.fail(f"Virtuoso did not start {_TRIES} times; at last it said:\n{why}")


def _programs() -> tuple[Path, Path]:
    """The server and its shell. Skips the test where they are not there."""
    folders = [Path(sys.prefix) / FOLDERS[1] / "usr/bin"]
    if FOLDERS[0] in os.environ:
        folders.insert(0, Path(os.environ[FOLDERS[0]]) / "usr/bin")
    path = os.pathsep.join([*map(str, folders), os.environ.get("PATH", "")])
    found = [shutil.which(name, path=path) for name in ("virtuoso-t", "isql-vt")]
    if None in found:
        pytest.skip(
            "Virtuoso is not there: run `make engines` where apt-get is, or point KG_VIRTUOSO at "
            "the unpacked Debian package virtuoso-opensource-7-bin"
        )
    program, isql = (Path(name) for name in found if name)
    return program, isql


def _environment(program: Path) -> dict[str, str]:
    """Where the libraries are that were unpacked beside the program."""
    root = program.parent.parent.parent
    folders = [str(lib.parent) for lib in sorted(root.glob("**/*-linux-*/lib*.so*"))]
    if root == Path("/"):
        return dict(os.environ)
    return {**os.environ, "LD_LIBRARY_PATH": os.pathsep.join(dict.fromkeys(folders))}


def _version(program: Path) -> str:
    said = subprocess.run(
        [program, "-?"], env=_environment(program), capture_output=True, text=True, check=False
    )
    lines = (said.stdout + said.stderr).splitlines()
    return next((line.strip() for line in lines if "Version" in line), "unknown")


def _sql(isql: Path, port: int, password: str, statements: tuple[str, ...]) -> str:
    """The password, unless it is the one that everybody knows, goes in by the input."""
    done = subprocess.run(
        [isql, f"127.0.0.1:{port}", "dba", password, "verbose=off", "errors=stdout"],
        input="\n".join(statements) + "\n",
        env=_environment(isql),
        capture_output=True,
        text=True,
        timeout=_QUERY_S,
        check=False,
    )
    assert "*** Error" not in done.stdout, done.stdout
    return done.stdout


def _is_virtuoso(port: int) -> bool:
    """Whether it is Virtuoso that answers a query."""
    address = f"http://127.0.0.1:{port}/sparql?" + urlencode({"query": "ASK {}"})
    with urllib.request.urlopen(address, timeout=5) as reply:
        return "Virtuoso" in reply.headers.get("Server", "")
