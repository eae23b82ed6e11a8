"""How a build on an engine grows: `python -m tools.scale_engine [1000 20000]`.

Reading is recorded: what extraction would give for so many articles (`tools.scale`) is made first,
in a process of its own, so that resolution and output are what is measured, and no language model
hides how they grow. The peak is that of the largest process of the build.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from kg.engine.build import build_on
from kg.engine.disk import DiskFlow
from kg.engine.reading import Found
from kg.engine.setup import Setup
from kg.ontology.domain import load_ontology
from kg.pipeline.settings import Settings
from kg.read.load import Source
from kg.state.reading import Reading
from tools.scale import Maker

SIZES = (1000, 20_000)
TOGETHER = 250  # readings of a file
DOMAIN = "newsroom"


def record(folder: Path, size: int, together: int = TOGETHER) -> None:
    """Writes the readings of so many articles; the same each time."""
    maker = Maker(size, load_ontology(DOMAIN).base_iri)
    for start in range(0, size, together):
        made = [maker.article(n) for n in range(start, min(start + together, size))]
        readings = [Reading(a, e, (), "recorded", verbatim=False) for a, e in made]
        with (folder / f"{start:08}.txt").open("wb") as file:
            pickle.dump(readings, file, protocol=pickle.HIGHEST_PROTOCOL)


def recorded(sources: Iterator[tuple[int, Source]], *, setup: Setup) -> Iterable[tuple[str, Any]]:
    """As `kg.engine.reading.read_sources`, for files that `record` wrote."""
    for number, source in sources:
        with source.path.open("rb") as file:
            readings = pickle.load(file)  # noqa: S301 - written by `record`
        for at, reading in enumerate(readings):
            yield "found", (reading.article.name, Found((number, at), False, "", reading))


def measure(folder: Path, size: int, processes: int) -> dict[str, float]:
    """Seconds of processor and clock, MB of the largest process, and what was found."""
    start, clock = _processor(), time.perf_counter()
    with DiskFlow(folder / "spill", processes=processes) as flow:
        report = build_on(
            flow, [folder / "recorded"], Settings(DOMAIN), folder / "out", step=recorded
        )
    found: dict[str, float] = dict(report.counts)
    found["cpu"], found["clock"] = _processor() - start, time.perf_counter() - clock
    peaks = (
        resource.getrusage(w).ru_maxrss for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    found["peak"] = max(peaks) / 1e3
    for name in ("spill", "out"):
        sizes = (p.stat().st_size for p in (folder / name).rglob("*") if p.is_file())
        found[name] = sum(sizes) / 1e6
    return found


def _processor() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _run(*arguments: str) -> str:
    command = [sys.executable, "-m", "tools.scale_engine", *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--at", type=Path, help="folder for what is written in between")
    parser.add_argument("--only", choices=("record", "measure"), help="one step, for one size")
    given = parser.parse_args(arguments)
    if given.only == "record":
        record(given.at, given.sizes[0])
        return
    if given.only == "measure":
        print(json.dumps(measure(given.at, given.sizes[0], given.processes)))  # noqa: T201
        return
    print("| articles | entities | facts | CPU s | clock s | peak MB | spill MB | output MB |")  # noqa: T201
    print("|--:|--:|--:|--:|--:|--:|--:|--:|")  # noqa: T201
    for size in given.sizes:
        with tempfile.TemporaryDirectory(dir=given.at) as folder:
            Path(folder, "recorded").mkdir()
            _run(str(size), "--only", "record", "--at", str(Path(folder, "recorded")))
            processes = ("--processes", str(given.processes))
            m = json.loads(_run(str(size), "--only", "measure", "--at", folder, *processes))
        print(  # noqa: T201
            f"| {size} | {m['entities']} | {m['facts']} | {m['cpu']:.0f} | {m['clock']:.0f} "
            f"| {m['peak']:.0f} | {m['spill']:.0f} | {m['out']:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
