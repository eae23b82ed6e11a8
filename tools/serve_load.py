"""`kg serve` under load, beside the bare engine over the same quads.

    python -m tools.serve_load OUT [--clients 32] [--seconds 60] [--light]

starts each on loopback, one after the other, lets that many clients ask each mixed queries (the
questions of the graph's domain, look-ups, counts, CONSTRUCT), and prints requests a second, the
middle and the 99th percentile of the waiting times, errors, the memory of all processes of the
server at the start and at the end, and the ratio. All must give the same rows. The bare engine is
`oxigraph` from PyPI: `serve-read-only`, which has its store on disk, and `serve` with its store in
memory, as `kg serve` has it.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from kg.ask import graph_of, questions_of
from kg.rdf.store import OpenGraph

__all__ = ["Figures", "main", "measure", "mixed_queries"]

_READY = 60  # seconds that a server may take to start
_MB = 1 << 20


@dataclass
class Figures:
    """What one server did."""

    name: str
    waits: list[float] = field(default_factory=list)  # seconds
    errors: int = 0
    seconds: float = 0.0
    memory: tuple[int, int] = (0, 0)  # bytes at the start and at the end

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.waits) / self.seconds if self.seconds else 0.0

    def line(self) -> str:
        """One line of the table."""
        cuts = statistics.quantiles(self.waits, n=100) if len(self.waits) > 1 else [0.0] * 99
        start, end = (amount / _MB for amount in self.memory)
        return (
            f"{self.name:<12} {self.rate:8.0f} requests/s   p50 {cuts[49] * 1000:7.1f} ms   "
            f"p99 {cuts[98] * 1000:7.1f} ms   {self.errors} errors   "
            f"memory {start:.0f} MB at the start, {end:.0f} MB at the end"
        )


def mixed_queries(graph: OpenGraph, *, light: bool = False) -> list[str]:
    """The questions of the graph's domain and some shorter queries, with all prefixes declared.

    `light`: the shorter ones only, which show what the protocol costs.
    """
    declared = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in sorted(graph.prefixes.items()))
    entities = graph.query("SELECT ?e { ?e a nr:Entity } ORDER BY ?e LIMIT 20").rows
    short = [
        "ASK { ?s nr:sponsorOf ?o }",
        "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
        "SELECT ?type (COUNT(*) AS ?n) WHERE { ?s a ?type } GROUP BY ?type",
        "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
        *(f"SELECT ?p ?o WHERE {{ {entity} ?p ?o }}" for (entity,) in entities),
        *(f"CONSTRUCT WHERE {{ {entity} ?p ?o }}" for (entity,) in entities[:5]),
    ]
    questions = [] if light else [q.query for q in questions_of(graph).values()]
    return [declared + query for query in [*short, *questions]]


async def _ask(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, query: str
) -> tuple[int, bytes]:
    """Status and body; HTTP/1.1 with a length or in chunks, the connection kept."""
    request = [
        f"GET /sparql?query={quote(query)} HTTP/1.1",
        f"Host: {host}",
        "Accept: application/sparql-results+json, application/n-triples",
    ]
    writer.write("\r\n".join([*request, "", ""]).encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = int(head.split(" ", 2)[1])
    length = re.search(r"\r\ncontent-length: *(\d+)", head)
    if length:
        return status, await reader.readexactly(int(length[1]))
    body = b""
    while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
        body += await reader.readexactly(size)
        await reader.readexactly(2)
    await reader.readuntil(b"\r\n")
    return status, body


async def _client(
    port: int, queries: Sequence[str], first: int, end: float, found: Figures
) -> None:
    reader = writer = None
    number = first
    while time.monotonic() < end:
        start = time.monotonic()
        try:
            if writer is None or reader is None:
                reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 24)
            status, _ = await _ask(
                reader, writer, f"127.0.0.1:{port}", queries[number % len(queries)]
            )
        except (OSError, EOFError, ValueError):
            status, writer = 0, None
        found.waits.append(time.monotonic() - start)
        found.errors += status != 200
        number += 1
    if writer is not None:
        writer.close()


async def measure(
    name: str, port: int, pid: int, queries: Sequence[str], *, clients: int, seconds: float
) -> Figures:
    """The figures of that many clients at once, each with one request after the other."""
    found = Figures(name)

    def all_of_them(end: float, into: Figures) -> list[Coroutine[None, None, None]]:
        return [_client(port, queries, number * 7, end, into) for number in range(clients)]

    await asyncio.gather(*all_of_them(time.monotonic() + min(3.0, seconds), Figures("")))
    before = _memory(pid)
    start = time.monotonic()
    await asyncio.gather(*all_of_them(start + seconds, found))
    found.seconds = time.monotonic() - start
    found.memory = (before, _memory(pid))
    return found


async def _rows(port: int, query: str) -> object:
    """The answer as a value that does not depend on the order of its rows."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 24)
    try:
        status, body = await _ask(reader, writer, f"127.0.0.1:{port}", query)
    finally:
        writer.close()
    if status != 200:
        return f"HTTP {status}: {body[:200].decode('utf-8', 'replace')}"
    if not body.startswith(b'{"head"'):
        return sorted(set(map(str, ox.parse(body, format=ox.RdfFormat.N_TRIPLES))))
    table = json.loads(body)
    if "boolean" in table:
        return table["boolean"]
    return sorted(json.dumps(row, sort_keys=True) for row in table["results"]["bindings"])


def _memory(pid: int) -> int:
    """Bytes of a process and all below it; what they share counts once (PSS)."""
    total = 0
    for process in [pid, *_below(pid)]:
        try:
            text = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
        except OSError:
            continue
        match = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
        total += int(match[1]) * 1024 if match else 0
    return total


def _below(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text("ascii").split()):
            yield child
            yield from _below(child)


@contextmanager
def _started(command: Sequence[str], port: int, quads: Path) -> Iterator[int]:
    """The id of a server process, once it listens; ended for certain.

    One that has its store in memory is given the quads.
    """
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + _READY
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > end:
                    raise SystemExit(f"{command[0]} does not start") from None
                time.sleep(0.1)
        if "serve" in command and "kg" not in command:
            _fill(port, quads)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _fill(port: int, quads: Path) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    headers = {"Content-Type": "application/n-quads"}
    connection.request("POST", "/store", quads.read_bytes(), headers)
    status = connection.getresponse().status
    connection.close()
    if status >= 300:
        raise SystemExit(f"the bare engine takes no quads: HTTP {status}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def _commands(out: Path, graph: OpenGraph, folder: Path) -> Mapping[str, tuple[int, list[str]]]:
    """Port and command of each server; the bare ones get the quads that ours holds."""
    ours, bare, memory = (_free_port() for _ in range(3))
    engine = shutil.which(
        "oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    )
    if engine is None:
        raise SystemExit("the bare engine is not installed: pip install oxigraph==0.5.13")
    quads, store = folder / "graph.nq", folder / "store"
    graph.store.dump(str(quads), format=ox.RdfFormat.N_QUADS)
    subprocess.run(
        [engine, "load", "-l", str(store), "-f", str(quads)], check=True, capture_output=True
    )
    return {
        "kg serve": (ours, [sys.executable, "-m", "kg", "serve", str(out), "--port", str(ours)]),
        "bare, disk": (
            bare,
            [engine, "serve-read-only", "-l", str(store), "--bind", f"127.0.0.1:{bare}"],
        ),
        "bare, memory": (memory, [engine, "serve", "--bind", f"127.0.0.1:{memory}"]),
    }


async def _compare(ports: Sequence[int], queries: Sequence[str]) -> list[str]:
    """The queries that servers answer differently, or not at all."""
    odd = []
    for query in queries:
        rows = [await _rows(port, query) for port in ports]
        if any(other != rows[0] for other in rows) or isinstance(rows[0], str):
            odd.append("\n  ".join([query.splitlines()[-1], *(str(one)[:200] for one in rows)]))
    return odd


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures; 1 where an answer was an error or another one."""
    parser = argparse.ArgumentParser(description="kg serve under load, beside the bare engine")
    parser.add_argument("out", type=Path)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--light", action="store_true", help="short queries only")
    options = parser.parse_args(arguments)
    graph = graph_of(options.out)
    queries = mixed_queries(graph, light=options.light)
    print(f"{len(graph.store)} quads, {len(queries)} queries, {options.clients} clients")  # noqa: T201
    found: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory() as folder, ExitStack() as all_of_them:
        commands = _commands(options.out, graph, Path(folder))
        quads = Path(folder) / "graph.nq"
        for name, (port, command) in commands.items():
            with _started(command, port, quads) as pid:
                found[name] = asyncio.run(
                    measure(
                        name, port, pid, queries, clients=options.clients, seconds=options.seconds
                    )
                )
            print(found[name].line(), flush=True)  # noqa: T201
        for port, command in commands.values():
            all_of_them.enter_context(_started(command, port, quads))
        odd = asyncio.run(_compare([port for port, _ in commands.values()], queries))
    ours = found["kg serve"].rate
    for name in [name for name in commands if name != "kg serve"]:
        print(f"ratio to {name}: {ours / (found[name].rate or 1):.2f}")  # noqa: T201
    print(f"{len(odd)} answers differ", *odd, sep="\n")  # noqa: T201
    return int(bool(odd) or any(figures.errors for figures in found.values()))


if __name__ == "__main__":
    raise SystemExit(main())
