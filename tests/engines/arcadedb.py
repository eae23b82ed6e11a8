"""ArcadeDB for tests: openCypher over Bolt, as the official driver of Neo4j speaks it."""

from __future__ import annotations

import http.client
import importlib.util
import secrets
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from tests.engines.processes import answers, free_ports, stop

START_S = 90.0  # it is up in 6 s; a busy machine takes longer
_TRIES = 3  # a free port may be taken by another process before the server binds it
DATABASE = "kg"


@dataclass(frozen=True, slots=True)
class ArcadeDB:
    """A running server: address of Bolt, of HTTP, who may enter, where `LOAD CSV` reads."""

    bolt_port: int
    http_port: int
    user: str
    password: str
    database: str
    import_folder: Path
    pid: int

    @property
    def uri(self) -> str:
        """The address for the driver."""
        return f"bolt://127.0.0.1:{self.bolt_port}"

    @property
    def auth(self) -> tuple[str, str]:
        """User and password for the driver."""
        return self.user, self.password

    def __repr__(self) -> str:
        """Without the password: pytest prints what a failed test held."""
        return f"ArcadeDB({self.uri})"


@contextmanager
def arcadedb(
    folder: Path, *, memory: str = "512m", databases: tuple[str, ...] = (DATABASE,)
) -> Iterator[ArcadeDB]:
    """A server on free ports of 127.0.0.1 with its data in `folder`; it is stopped at the end.

    Skips the test where ArcadeDB is not installed (`make engines`). `LOAD CSV` reads files by
    absolute path inside `import_folder` only.
    """
    if importlib.util.find_spec("arcadedb_embedded") is None:
        pytest.skip("ArcadeDB is not installed: run `make engines`")
    for attempt in range(_TRIES):
        home = folder / f"arcadedb-{attempt}"
        process, server = _started(home, memory, databases)
        try:
            if answers(process, partial(_is_ready, server), START_S):
                yield server
                return
            why = (home / "server.out").read_text(encoding="utf-8", errors="replace")[-2000:]
        finally:
            stop(process)
    pytest.fail(f"ArcadeDB did not start {_TRIES} times; at last it said:\n{why}")


def _started(
    home: Path, memory: str, databases: tuple[str, ...]
) -> tuple[subprocess.Popen[bytes], ArcadeDB]:
    spec = importlib.util.find_spec("arcadedb_embedded")
    assert spec is not None
    assert spec.origin is not None
    site = Path(spec.origin).parent
    imports = home / "import"
    imports.mkdir(parents=True)
    password = secrets.token_urlsafe(18)
    secret = home / "root-password"  # not an argument: those of a process are for all to read
    secret.touch(mode=0o600)
    secret.write_text(password, encoding="ascii")
    bolt, web = free_ports(2)
    settings = {
        "server.rootPath": home,
        "server.rootPasswordPath": secret,
        "server.httpIncomingHost": "127.0.0.1",
        "server.httpIncomingPort": web,
        "bolt.host": "127.0.0.1",  # by default all addresses of the machine
        "bolt.port": bolt,
        "bolt.defaultDatabase": databases[0],
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "server.defaultDatabases": ";".join(f"{name}[root]" for name in databases),
        "opencypher.loadCsv.importDirectory": imports,
    }
    command = [
        str(site / "jre" / "bin" / "java"),
        f"-Xmx{memory}",
        "--add-modules",
        "jdk.incubator.vector",
        "-cp",
        str(site / "jars" / "*"),
        *(f"-Darcadedb.{name}={value}" for name, value in settings.items()),
        "com.arcadedb.server.ArcadeDBServer",
    ]
    with (home / "server.out").open("wb") as out:
        process = subprocess.Popen(
            command, cwd=home, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
        )
    return process, ArcadeDB(bolt, web, "root", password, databases[0], imports, process.pid)


def _is_ready(server: ArcadeDB) -> bool | None:
    """Whether it is ArcadeDB with its databases open; None while they are not.

    Bolt answers some time before they are: it is the HTTP side that says when.
    """
    ready = http.client.HTTPConnection("127.0.0.1", server.http_port, timeout=5)
    try:
        ready.request("GET", "/api/v1/ready")
        return _speaks_bolt(server.bolt_port) if ready.getresponse().status == 204 else None
    except http.client.HTTPException:
        return None
    finally:
        ready.close()


def _speaks_bolt(port: int) -> bool:
    """True when the port agrees on Bolt 5.4: another process may have taken it."""
    version = bytes.fromhex("00000405")
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(bytes.fromhex("6060b017") + version + bytes(12))
            return connection.recv(4) == version
    except OSError:
        return False
