"""The process that holds a graph and forks the workers that answer queries from it.

A worker is a copy of this process: it has the graph at once, without reading it again, and shares
its memory. It is ended by the kernel, not by asking it: a query cannot be stopped from inside.

What a worker may do is taken from it before its first query. It can open no file and no connection,
whatever a query says (`RLIMIT_NOFILE`); it can take no more memory than it is given
(`RLIMIT_AS`); and an alarm ends it, should nobody else do so.

Commands come over a socket as JSON: {"fork": true} with the socket of the worker beside it,
answered by {"pid"}, and {"end": pid}, answered by {"ended"}. When the other end closes, all workers
end.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import resource
import signal
import socket
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn

from kg.errors import KgError
from kg.rdf.answers import SOLUTION_TYPES, TRIPLE_TYPES, Request, answer
from kg.rdf.store import OpenGraph, open_graph

__all__ = ["main"]

_GRACE = 5.0  # seconds in which the parent has ended a worker, or there is no parent
_COMMAND = 4096  # bytes


def main(descriptor: int, path: str, memory: int) -> None:
    """Reads the graph, says so, and obeys commands until the socket closes.

    `memory` is what a worker may take in addition to the graph, in bytes.
    """
    control = socket.socket(fileno=descriptor)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        graph = open_graph(Path(path))
    except KgError as error:
        _tell(control, {"error": str(error)})
        return
    _warm(graph)
    gc.collect()
    gc.freeze()  # the collector would write to what is shared
    _tell(control, {"prefixes": dict(graph.prefixes), "quads": len(graph.store)})
    workers: set[int] = set()
    try:
        while True:
            message, sockets, _, _ = socket.recv_fds(control, _COMMAND, 1)
            if not message:
                return
            command = json.loads(message)
            if "fork" in command:
                pid = _fork(graph, control, sockets[0], memory)
                workers.add(pid)
                _tell(control, {"pid": pid})
            else:
                _end(workers, command["end"])
                _tell(control, {"ended": command["end"]})
            _bury(workers)
    finally:
        for pid in sorted(workers):
            _end(workers, pid)


def _tell(control: socket.socket, message: dict[str, Any]) -> None:
    control.sendall(json.dumps(message).encode() + b"\n")


def _fork(graph: OpenGraph, control: socket.socket, descriptor: int, memory: int) -> int:
    pid = os.fork()
    if pid == 0:
        with contextlib.suppress(BaseException):
            control.close()
            _work(graph, Connection(descriptor), memory)
        os._exit(0)
    os.close(descriptor)
    return pid


def _end(workers: set[int], pid: int) -> None:
    """Ends a worker for certain; one that ended by itself is no error."""
    if pid in workers:
        workers.discard(pid)
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def _bury(workers: set[int]) -> None:
    """Takes note of the workers that ended by themselves."""
    for pid in sorted(workers):
        if os.waitpid(pid, os.WNOHANG)[0]:
            workers.discard(pid)


def _work(graph: OpenGraph, line: Connection, memory: int) -> NoReturn:
    """Answers one request after the other until the line closes."""
    _confine(memory)
    while True:
        try:
            received = json.loads(line.recv_bytes())
        except (EOFError, OSError):
            os._exit(0)
        signal.setitimer(signal.ITIMER_REAL, received["timeout_s"] + _GRACE)
        head, body = _answered(graph, received["request"])
        signal.setitimer(signal.ITIMER_REAL, 0)
        line.send_bytes(json.dumps(head).encode())
        line.send_bytes(body)


def _answered(graph: OpenGraph, fields: dict[str, Any]) -> tuple[dict[str, str], bytes]:
    try:
        found = answer(graph, Request(**fields))
    except KgError as error:
        return {"error": type(error).__name__, "message": str(error)}, b""
    except MemoryError:
        return {"error": "QueryMemoryError"}, b""
    return {"form": found.form, "media_type": found.media_type}, found.body


def _confine(memory: int) -> None:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):  # the engine writes there when memory ends
        os.dup2(null, stream)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError, ValueError):  # only Linux counts it so, and says how much
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        limit = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _warm(graph: OpenGraph) -> None:
    """Asks every kind of query once: what Python imports on the way, a worker cannot open."""
    for query in (
        "SELECT ?s { ?s ?p ?o } LIMIT 1",
        "ASK {}",
        "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1",
    ):
        for solutions in SOLUTION_TYPES:
            for triples in TRIPLE_TYPES:
                answer(graph, Request(query, 9, 99_999, solutions, triples))
    with contextlib.suppress(KgError):
        answer(graph, Request("SELECT broken", 9, 9))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
