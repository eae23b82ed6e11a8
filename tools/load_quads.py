"""Loading into the Oxigraph store, by us and by itself: `python -m tools.load_quads [--quads N]`.

Makes a graph of at least so many quads and loads it four times into an empty store on disk: with
`kg load` into a running server, by sending the server the whole file at once, with `oxigraph load`,
and with pyoxigraph's bulk loader. Each way is checked for the number of quads that are there in the
end. CPU seconds and the most memory held are those of the client and of the server.
"""

from __future__ import annotations

import argparse
import http.client
import os
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kg.export.rdf import render_trig
from kg.ontology.domain import load_ontology
from kg.rdf.terms import loaded_graph_iri
from tools.scale_export import A_FACT, made_graph

QUADS = 1_000_000
WAYS = ("kg load", "file to the server", "oxigraph load", "pyoxigraph bulk_load")
START_S = 30.0
KG = (sys.executable, "-m", "kg")
BULK = "import sys, pyoxigraph as ox; s = ox.Store(sys.argv[1]); s.bulk_load(path=sys.argv[2])"
SEND = """import http.client, sys
connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]))
with open(sys.argv[2], "rb") as body:
    connection.request("POST", "/store", body, {"Content-Type": "application/n-quads"})
    assert connection.getresponse().status in (200, 201, 204)
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one process."""

    cpu_s: float
    peak_mb: float


@dataclass(slots=True)
class Server:
    """A running Oxigraph server, and when it has ended what it cost."""

    port: int
    cost: Cost = field(default=Cost(0.0, 0.0))


def make(folder: Path, quads: int) -> None:
    """Writes graph.trig, and graph.nq with the same quads."""
    ontology = load_ontology()
    text = render_trig(made_graph(quads // (A_FACT - 1) + 1, ontology), ontology)
    (folder / "graph.trig").write_text(text, "utf-8")
    parsed = ox.parse(text, format=ox.RdfFormat.TRIG)
    ox.serialize(parsed, str(folder / "graph.nq"), format=ox.RdfFormat.N_QUADS)


def main(arguments: Sequence[str]) -> None:
    """Prints one line a way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quads", type=int, default=QUADS)
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.make:
        make(options.make, options.quads)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = [sys.executable, "-m", "tools.load_quads", "--quads", str(options.quads)]
        subprocess.run([*command, "--make", name], check=True)
        with (folder / "graph.nq").open("rb") as file:
            quads = sum(1 for _ in file)
        _say(f"{quads:,} quads, N-Quads of {(folder / 'graph.nq').stat().st_size / 1e6:,.0f} MB")
        _say(f"{'way':24} {'wall s':>7} {'CPU s':>13} {'peak MB':>13} {'quads/s':>9}")
        for way in WAYS:
            _measure(way, folder, quads)


def _measure(way: str, folder: Path, quads: int) -> None:
    data, file = folder / way.replace(" ", "-"), str(folder / "graph.nq")
    server = None
    if way == "oxigraph load":
        wall, cost = _run([_program(), "load", "--location", str(data), "--file", file])
    elif way == "pyoxigraph bulk_load":
        wall, cost = _run([sys.executable, "-c", BULK, str(data), file])
    else:
        with _serving(data) as server:
            target = f"http://127.0.0.1:{server.port}/store"
            load = [*KG, "load", str(folder / "graph.trig"), "--to", target, "--quiet"]
            load += ["--default-graph", "named"]  # each quad once, as the other ways have it
            send = [sys.executable, "-c", SEND, str(server.port), file]
            wall, cost = _run(load if way == "kg load" else send)
    listed = ox.NamedNode(loaded_graph_iri(load_ontology().base_iri))
    store = ox.Store.read_only(str(data))
    found = len(store) - sum(1 for _ in store.quads_for_pattern(None, None, None, listed))
    if found != quads:
        raise SystemExit(f"{way}: {found:,} quads are there, not {quads:,}")
    others = server.cost if server else None
    cpu = f"{cost.cpu_s:.1f}" + (f" + {others.cpu_s:.1f}" if others else "")
    peak = f"{cost.peak_mb:.0f}" + (f" + {others.peak_mb:.0f}" if others else "")
    _say(f"{way:24} {wall:7.1f} {cpu:>13} {peak:>13} {quads / wall:9,.0f}")


def _run(command: Sequence[str]) -> tuple[float, Cost]:
    """Seconds on the wall, and the cost."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    cost, status = _ended(process)
    wall = time.perf_counter() - started
    if status != 0:
        raise SystemExit(f"{command[:4]}: ended with status {status}")
    return wall, cost


def _ended(process: subprocess.Popen[bytes]) -> tuple[Cost, int]:
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024), process.returncode


@contextmanager
def _serving(data: Path) -> Iterator[Server]:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        server = Server(int(held.getsockname()[1]))
    command = [_program(), "serve", "--location", str(data), "--bind", f"127.0.0.1:{server.port}"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(server.port)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        server.cost, _ = _ended(process)


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/query?query=ASK%20%7B%7D")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    raise SystemExit(f"the Oxigraph server did not start within {START_S:.0f} s")


def _program() -> str:
    return str(Path(sysconfig.get_path("scripts")) / "oxigraph")


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
