"""Loading over Bolt beside the server's own loader: `python -m tools.load_bolt --relationships N`.

Makes a graph of about so many relationships and loads it into an ArcadeDB of its own each time:
with `kg load` as the product does it, reading back included, and once more with nothing to send;
and with the server's `LOAD CSV`, as one would write it for an empty database, in batches of the
same size. Seconds are wall time of the client's calls, without making the graph or writing the
CSV; CPU seconds are of all threads. Memory is the most that client and server held meanwhile.
Needs `make engines`.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import neo4j

from kg.load.bolt import load_property_graph
from kg.load.bolt.connection import Connection
from kg.load.target import Credentials, read_target
from kg.ontology.domain import load_ontology
from kg.property_graph import Node, PropertyGraph, Relationship, property_graph
from kg.property_graph.statements import constraint, quoted_name
from tools.scale_export import made_graph

WAYS = ("kg load", "LOAD CSV")
BATCH = 2_000
_SAMPLE = 200  # facts, to see how many relationships a fact makes


def main(arguments: Sequence[str]) -> None:
    """Prints a line for each way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--relationships", type=int, default=2_000)
    parser.add_argument("--memory", default="1g", help="heap of the server")
    parser.add_argument("--client", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.client:
        way, url, folder = options.client
        _client(way, url, Path(folder), options.relationships)
        return
    heads = ("way", "nodes", "relationships", "s", "rows/s", "client CPU s", "client MB")
    print(_line(*heads, "server CPU s", "server MB"))  # noqa: T201
    for way in WAYS:
        with tempfile.TemporaryDirectory() as folder:
            _measure(way, Path(folder), options)


def _measure(way: str, folder: Path, options: argparse.Namespace) -> None:
    from tests.engines.arcadedb import arcadedb

    with arcadedb(folder, memory=options.memory) as server:
        command = [sys.executable, "-m", "tools.load_bolt"]
        command += ["--relationships", str(options.relationships)]
        command += ["--client", way, server.uri, str(server.import_folder)]
        Path(f"/proc/{server.pid}/clear_refs").write_text("5")  # its peak begins anew
        used = _processor(server.pid)
        client = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "KG_LOAD_PASSWORD": server.password},
        )
        assert client.stdout is not None  # noqa: S101
        for line in client.stdout:
            what, nodes, links, seconds, processor, peak = line.rstrip("\n").split("\t")
            rows = int(nodes) + int(links)
            cells = [f"{int(nodes):,}", f"{int(links):,}", f"{float(seconds):.1f}"]
            cells += [f"{rows / float(seconds):,.0f}", processor, peak]
            cells += [f"{_processor(server.pid) - used:.1f}", _peak(server.pid)]
            used = _processor(server.pid)
            print(_line(what, *cells), flush=True)  # noqa: T201
        if client.wait():
            raise SystemExit(client.returncode)


def _processor(pid: int) -> float:
    """Seconds that a process has computed, of all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _peak(pid: int) -> str:
    status = Path(f"/proc/{pid}/status").read_text()
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return f"{int(line.split()[1]) / 1024:,.0f}"


def _line(*cells: str) -> str:
    return f"{cells[0]:24}" + "".join(f"{cell:>14}" for cell in cells[1:])


def _client(way: str, url: str, folder: Path, relationships: int) -> None:
    graph = made(relationships)
    password = os.environ["KG_LOAD_PASSWORD"]
    with Connection(read_target(url, Credentials("root", password)), timeout_s=3_600) as store:
        if way == "LOAD CSV":
            statements = list(_load_csv(graph, folder))
            with (
                neo4j.GraphDatabase.driver(url, auth=("root", password)) as driver,
                driver.session() as session,
            ):
                _tell(way, graph, lambda: [session.run(text).consume() for text in statements])
        else:
            _tell(way, graph, lambda: load_property_graph(graph, store))
            _tell(f"{way}, again", graph, lambda: load_property_graph(graph, store))
        _check(graph, store)


def _tell(what: str, graph: PropertyGraph, work: Any) -> None:
    started, computed = time.perf_counter(), time.process_time()
    work()
    seconds, processor = time.perf_counter() - started, time.process_time() - computed
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    counts = f"{len(graph.nodes)}\t{len(graph.relationships)}"
    print(f"{what}\t{counts}\t{seconds}\t{processor:.1f}\t{peak:,.0f}", flush=True)  # noqa: T201


def _check(graph: PropertyGraph, store: Connection) -> None:
    (nodes,) = store.read("MATCH (n) WHERE n.id <> 'newskg' RETURN count(n)")[0]
    (links,) = store.read("MATCH ()-[r]->() RETURN count(r)")[0]
    if (nodes, links) != (len(graph.nodes), len(graph.relationships)):
        raise SystemExit(f"{nodes} nodes and {links} relationships arrived")


@cache
def made(relationships: int) -> PropertyGraph:
    """A property graph of about so many relationships, evidence as nodes."""
    ontology = load_ontology()
    sample = property_graph(made_graph(_SAMPLE, ontology), ontology)
    facts = max(10, _SAMPLE * relationships // len(sample.relationships))
    return property_graph(made_graph(facts, ontology), ontology)


def _load_csv(graph: PropertyGraph, folder: Path) -> Iterator[str]:
    """Statements for the files that are written on the way, constraints first."""
    key_of = {node.id: node.key for node in graph.nodes}
    nodes: dict[tuple[str, ...], list[Node]] = defaultdict(list)
    for node in graph.nodes:
        nodes[node.labels].append(node)
    links: dict[tuple[str, str, str], list[Relationship]] = defaultdict(list)
    for item in graph.relationships:
        links[item.type, key_of[item.start], key_of[item.end]].append(item)
    yield from (constraint(key) for key in sorted({labels[0] for labels in nodes}))
    for number, (labels, group) in enumerate(nodes.items()):
        path = folder / f"nodes-{number}.csv"
        values = _written(path, ((node.properties, {"id": node.id}) for node in group))
        names = ":".join(map(quoted_name, labels))
        yield _csv(path, f"CREATE (n:{names} {{{values}}})")
    for number, ((type_, start, end), items) in enumerate(links.items()):
        path = folder / f"links-{number}.csv"
        values = _written(
            path,
            ((i.properties, {"id": i.id, "start": i.start, "end": i.end}) for i in items),
        )
        yield _csv(
            path,
            f"MATCH (a:{quoted_name(start)} {{id: row.start}}) "
            f"MATCH (b:{quoted_name(end)} {{id: row.end}}) "
            f"CREATE (a)-[r:{quoted_name(type_)} {{{values}}}]->(b)",
        )


def _csv(path: Path, statement: str) -> str:
    return (
        f"LOAD CSV WITH HEADERS FROM 'file://{path}' AS row "
        f"CALL (row) {{ {statement} }} IN TRANSACTIONS OF {BATCH} ROWS"
    )


def _written(path: Path, rows: Iterable[tuple[Any, dict[str, str]]]) -> str:
    """Writes a file; what sets its columns as properties of the types that they had."""
    found = list(rows)
    types: dict[str, type] = {
        name: type(value) for properties, _ in found for name, value in properties.items()
    }
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [*found[0][1], *sorted(types)])
        writer.writeheader()
        for properties, ends in found:
            flat = {
                name: "\x1f".join(map(str, value)) if isinstance(value, tuple) else str(value)
                for name, value in properties.items()
            }
            writer.writerow(ends | flat)
    forms = {int: "toInteger({})", float: "toFloat({})", bool: "toBoolean({})"}
    forms |= {tuple: "split({}, '\x1f')"}
    set_ = [f"{quoted_name(n)}: " + forms.get(t, "{}").format(f"row.{n}") for n, t in types.items()]
    return ", ".join(["id: row.id", *sorted(set_)])


if __name__ == "__main__":
    main(sys.argv[1:])
