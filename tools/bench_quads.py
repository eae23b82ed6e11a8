"""Reading and writing quads beside rdflib: `python -m tools.bench_quads [--quads 1000000]`.

Makes a graph of about so many quads, with statements, passages and provenance, as a build has them,
and lets each side read it and write it again in a process of its own. Seconds are processor time;
memory is the most that the process held, less what it held before it read. `kg` is what the product
does: every quad as an object, in the order of the file, with the prefixes, and the same order when
written. `store` is the graph ready for SPARQL.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tools.scale_export import A_FACT, made_graph

__all__ = ["SIDES", "made_files", "measured", "table"]

SIDES = ("kg", "store", "rdflib")
SUFFIXES = (".nq", ".trig")


def made_files(quads: int, folder: Path) -> dict[str, Path]:
    """Suffix to the file of a graph of about so many quads."""
    from kg.export.rdf import render_trig
    from kg.ontology.domain import load_ontology
    from kg.rdf.codec import to_quads
    from kg.rdf.files import FORMATS
    from kg.rdf.serialize import serialize

    ontology = load_ontology()
    graph = made_graph(max(10, quads // A_FACT), ontology)
    files = {suffix: folder / f"graph{suffix}" for suffix in SUFFIXES}
    files[".nq"].write_bytes(serialize(to_quads(graph, ontology), FORMATS[".nq"]))
    files[".trig"].write_text(render_trig(graph, ontology), encoding="utf-8")
    return files


def measured(side: str, path: Path) -> dict[str, float]:
    """What one side needs for one file, in a process of its own: quads, read, write, MB.

    Raises CalledProcessError where that process fails.
    """
    command = [sys.executable, "-m", "tools.bench_quads", "--child", side, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def table(found: Mapping[tuple[str, str], Mapping[str, float]]) -> list[str]:
    """Lines of Markdown: each format and side, and how many times rdflib's figure ours is."""
    lines = [
        "| format | side | quads | read s | write s | MB | read, × faster | write, × | of the MB |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for (suffix, side), row in found.items():
        theirs = found[suffix, "rdflib"]
        cells = [suffix, side, f"{row['quads']:,.0f}", f"{row['read']:.2f}", f"{row['write']:.2f}"]
        cells += [f"{row['mb']:,.0f}", f"{theirs['read'] / row['read']:.1f}"]
        cells += [f"{theirs['write'] / row['write']:.1f}", f"{row['mb'] / theirs['mb']:.2f}"]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _kg(path: Path) -> tuple[Callable[[], int], Callable[[], int]]:
    from kg.rdf.files import FORMATS, read_quads
    from kg.rdf.serialize import serialize

    held: list[object] = []

    def read() -> int:
        held.extend(read_quads(path))
        return len(held[0])  # type: ignore[arg-type]

    def write() -> int:
        quads, prefixes = held
        format_ = FORMATS[path.suffix]
        names = prefixes if format_ == FORMATS[".trig"] else None
        out = path.with_suffix(".out")
        return out.write_bytes(serialize(quads, format_, names))  # type: ignore[arg-type]

    return read, write


def _store(path: Path) -> tuple[Callable[[], int], Callable[[], int]]:
    import pyoxigraph as ox

    from kg.rdf.files import FORMATS

    store = ox.Store()

    def read() -> int:
        store.bulk_load(path=str(path), format=FORMATS[path.suffix])
        return len(store)

    def write() -> int:
        out = path.with_suffix(".out")
        store.dump(str(out), format=FORMATS[path.suffix])
        return out.stat().st_size

    return read, write


def _rdflib(path: Path) -> tuple[Callable[[], int], Callable[[], int]]:
    import rdflib

    dataset = rdflib.Dataset()
    name = {".nq": "nquads", ".trig": "trig"}[path.suffix]

    def read() -> int:
        dataset.parse(str(path), format=name)
        return len(dataset)

    def write() -> int:
        out = path.with_suffix(".out")
        dataset.serialize(str(out), format=name, encoding="utf-8")
        return out.stat().st_size

    return read, write


def _child(side: str, path: Path) -> None:
    read, write = {"kg": _kg, "store": _store, "rdflib": _rdflib}[side](path)
    before = _peak()
    started = time.process_time()
    quads = read()
    done = time.process_time()
    write()
    written = time.process_time()
    found = {
        "quads": quads,
        "read": done - started,
        "write": written - done,
        "mb": max(_peak() - before, 0.1),
    }
    sys.stdout.write(json.dumps(found))


def _peak() -> float:
    """MB; not ru_maxrss, which a process starts with at what its parent had."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main(arguments: Sequence[str]) -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quads", type=int, default=1_000_000)
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.child:
        _child(options.child[0], Path(options.child[1]))
        return
    with tempfile.TemporaryDirectory() as name:
        files = made_files(options.quads, Path(name))
        found = {(s, side): measured(side, files[s]) for s in files for side in SIDES}
    sys.stdout.write("\n".join([*table(found), ""]))


if __name__ == "__main__":
    main(sys.argv[1:])
