"""A graph that anybody may query: read-only, off line, and no query outlives its time limit.

The graph is in a process of its own (`kg.rdf.nursery`), and so is each query under way: a query
that runs into its limit is ended by ending its process, and another takes its place at once.
Decision 1901 says why.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import kg.errors
from kg.errors import BusyError, InputError, QueryError, QueryMemoryError, QueryTimeoutError
from kg.rdf.answers import Answer, Request
from kg.rdf.files import graph_file
from kg.rdf.store import QueryResult

__all__ = ["GuardedGraph", "GuardedStore", "Limits"]

_START = "import sys; sys.path[:] = {path}; from kg.rdf.nursery import main; main({args})"


@dataclass(frozen=True, slots=True)
class Limits:
    """What queries may take.

    `workers` is the number of queries at once, of which each may take `memory` bytes in addition to
    the graph, which they share. A worker gives way to a fresh one after `lifetime` queries.
    """

    workers: int = max(4, 2 * (os.cpu_count() or 1))
    memory: int = 1 << 30
    timeout_s: float = 30.0
    max_rows: int = 100_000
    max_bytes: int = 64 << 20
    max_query: int = 256 << 10  # characters
    lifetime: int = 1000


@dataclass(slots=True)
class _Worker:
    pid: int
    line: Connection
    answered: int = 0


class GuardedStore:
    """The graph of a build, open for queries from any thread until `close`.

    `out` is the folder of a build or a graph file; it is read once, and a build that is written
    there later is seen by a new GuardedStore only. `prefixes` are those that queries need not
    declare. Raises InputError for a graph that is missing or broken.
    """

    def __init__(self, out: Path, limits: Limits | None = None) -> None:
        if not hasattr(os, "fork"):
            raise InputError("queries in a process of their own need Linux, macOS or WSL")
        self.path = graph_file(out)
        self.limits = limits or Limits()
        self.prefixes: Mapping[str, str] = {}
        self.quads = 0
        self._lock = threading.Lock()
        self._closed = False
        # A place for each worker there may be; None where it is still to be forked.
        self._places: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        self._start()
        for _ in range(self.limits.workers):
            self._places.put(None)

    def query(
        self,
        text: str,
        *,
        timeout_s: float | None = None,
        max_rows: int | None = None,
        solutions: str | None = "application/sparql-results+json",
        triples: str | None = "text/turtle",
        default_graphs: tuple[str, ...] | None = None,
        named_graphs: tuple[str, ...] | None = None,
    ) -> Answer:
        """The whole answer to a SPARQL 1.1 query, or one of the errors under QueryError.

        The fields are those of `kg.rdf.answers.Request`; limits that are not given are those of the
        store. QueryTimeoutError: it was ended; BusyError: no worker got free in that time;
        AnswerTooLargeError: nothing of it is given; QueryMemoryError: its process ended.
        """
        limit = self.limits.timeout_s if timeout_s is None else timeout_s
        rows = self.limits.max_rows if max_rows is None else max_rows
        if len(text) > self.limits.max_query:
            raise QueryError(
                f"the query has {len(text):,} characters, more than {self.limits.max_query:,}"
            )
        request = Request(
            text, rows, self.limits.max_bytes, solutions, triples, default_graphs, named_graphs
        )
        try:
            worker = self._places.get(timeout=limit)
        except queue.Empty:
            raise BusyError(
                f"{self.limits.workers} other queries are under way, and none ended within "
                f"{limit:g} s; try again"
            ) from None
        try:
            if worker is not None and worker.line.poll(0):  # closed: it died while it was idle
                self._end(worker)
                worker = None
            worker = worker or self._fork()
            found = self._exchange(worker, request, limit)
        except BaseException:
            if worker is not None:
                self._end(worker)
            self._places.put(None)
            raise
        worker.answered += 1
        if worker.answered >= self.limits.lifetime:
            self._end(worker)
            self._places.put(None)
        else:
            self._places.put(worker)
        if isinstance(found, QueryError):
            raise found
        return found

    def result(self, text: str, **limits: Any) -> QueryResult:
        """The answer to a query as rows, boolean or triples; keywords are those of `query`."""
        return self.query(text, **limits).result(self.prefixes)

    def close(self) -> None:
        """Ends all processes; a query under way, or a later one, raises BusyError."""
        with self._lock:
            self._closed = True
            self._control.close()
            try:
                self._nursery.wait(5)
            except subprocess.TimeoutExpired:
                self._nursery.kill()
                self._nursery.wait()
        with contextlib.suppress(queue.Empty):
            while True:
                worker = self._places.get_nowait()
                if worker is not None:
                    worker.line.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _start(self) -> None:
        """Starts the process that holds the graph, and waits until it has read it."""
        ours, theirs = socket.socketpair()
        with theirs:
            args = f"{theirs.fileno()}, {str(self.path)!r}, {self.limits.memory}"
            self._nursery = subprocess.Popen(  # noqa: S603 - this package, by this Python
                [sys.executable, "-c", _START.format(path=repr(sys.path), args=args)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for the parent, which ends it by closing
            )
        self._control = ours
        told = self._read()
        if "error" in told:
            ours.close()
            self._nursery.wait()
            raise InputError(told["error"])
        self.prefixes, self.quads = told["prefixes"], told["quads"]

    def _read(self) -> dict[str, Any]:
        received = b""
        while not received.endswith(b"\n"):
            part = self._control.recv(65536)
            if not part:
                raise ConnectionResetError
            received += part
        told: dict[str, Any] = json.loads(received)
        return told

    def _fork(self) -> _Worker:
        ours, theirs = socket.socketpair()
        with theirs, self._lock:
            try:
                return self._forked(ours, theirs)
            except OSError:
                if self._closed:
                    raise BusyError("the graph has been closed") from None
                self._control.close()  # somebody ended the process: begin again
                self._nursery.wait()
                self._start()
                return self._forked(ours, theirs)

    def _forked(self, ours: socket.socket, theirs: socket.socket) -> _Worker:
        socket.send_fds(self._control, [b'{"fork": true}'], [theirs.fileno()])
        pid = self._read()["pid"]
        return _Worker(pid, Connection(ours.detach()))

    def _end(self, worker: _Worker) -> None:
        worker.line.close()
        with self._lock, contextlib.suppress(OSError):
            self._control.sendall(json.dumps({"end": worker.pid}).encode())
            self._read()

    def _exchange(self, worker: _Worker, request: Request, limit: float) -> Answer | QueryError:
        """What the worker answers; raises when it does not and has to be ended."""
        started = time.monotonic()
        message = {"request": request.to_json(), "timeout_s": limit}
        try:
            worker.line.send_bytes(json.dumps(message).encode())
            if not worker.line.poll(limit):
                raise QueryTimeoutError(
                    f"the query ran into its limit of {limit:g} s and was ended; ask for less, or "
                    "give it more time"
                )
            head = json.loads(worker.line.recv_bytes())
            body = worker.line.recv_bytes()
        except (EOFError, OSError) as error:
            if self._closed:
                raise BusyError("the graph has been closed") from error
            spent = time.monotonic() - started
            raise QueryMemoryError(
                f"the process of the query ended after {spent:.1f} s: it needs more than "
                f"{self.limits.memory >> 20} MB of memory, or is nested too deeply; ask for less"
            ) from error
        if "error" in head:
            made: type[QueryError] = getattr(kg.errors, head["error"], QueryError)
            return made(head["message"])
        return Answer(head["form"], head["media_type"], body)


@dataclass(frozen=True, slots=True)
class GuardedGraph:
    """A guarded store as `kg.ask` takes a graph; limits that are not given are the store's."""

    store: GuardedStore
    timeout_s: float | None = None
    max_rows: int | None = None

    def query(self, query: str) -> QueryResult:
        """The answer to a SPARQL query. Raises QueryError as `GuardedStore.query` does."""
        return self.store.result(query, timeout_s=self.timeout_s, max_rows=self.max_rows)
