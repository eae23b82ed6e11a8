"""What a build costs beside the bare language model: `python -m tools.bench_speed`.

Writes so many pages (`tools.varied_pages`) and measures, each in a process of its own and one after
another: the bare pipeline over the raw pages (half of them before the build and half after it, as
other work on the machine slows both), the build by one process, again with nothing changed, again
with one page changed, fresh by two processes, and both halves of the bare pipeline at once, which
tells what two processes that share nothing gain on the machine. With `--distinct` the pages repeat
no paragraph, which would be parsed once; with `--engine disk` builds are in parts. Processor time
is that of the process and of those it started, user and system, loading of libraries and model
included.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tools.varied_pages import SOURCES, sources_in, write_pages

PAGES = 200
CHANGE = "\n\nNobody gave more detail when asked about the page.\n"
PHASES = {  # by engine: name, module, function
    "memory": (
        ("read and extract", "kg.pipeline.building", "read_all"),
        ("resolve", "kg.resolve", "resolve"),
        ("reason", "kg.reason", "reason"),
        ("make the triples, check them", "kg.rdf.validate", "validate"),  # and the texts of graphs
        ("render the files", "kg.pipeline.outputs", "render"),
        ("write", "kg.pipeline.building", "write_build"),
    ),
    "disk": (
        ("read and extract", "kg.engine.build", "read_articles"),
        ("find copies", "kg.engine.build", "find_copies"),
        ("resolve", "kg.engine.build", "clusters_of"),
        ("describe the entities", "kg.engine.build", "found_entities"),
        ("merge and reason", "kg.engine.build", "merged_facts"),
        ("make and write the parts", "kg.engine.build", "write_parts"),
    ),
}


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one process: seconds of the processor, seconds by the clock, peak MB, and what it told."""

    cpu: float
    clock: float
    peak: float
    told: dict[str, float]


def measured(*arguments: object) -> Cost:
    """What it costs to run this module with other arguments, in one thread."""
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    command = [sys.executable, "-m", "tools.bench_speed", *map(str, arguments)]
    before, start = _children(), time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, **one}
    ) as process:
        told, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed")
    found = json.loads(told.splitlines()[-1])
    return Cost(_children() - before, time.perf_counter() - start, found.pop("peak"), found)


def _at_once(*commands: Sequence[object]) -> Cost:
    """What it costs to run this module with each of these arguments beside each other."""
    before, start = _children(), time.perf_counter()
    with ThreadPoolExecutor(len(commands)) as pool:
        costs = list(pool.map(lambda arguments: measured(*arguments), commands))
    clock = time.perf_counter() - start
    return Cost(_children() - before, clock, sum(cost.peak for cost in costs), {})


def _children() -> float:
    times = os.times()
    return times.children_user + times.children_system


def bare(folder: Path, half: int) -> None:
    """The pipeline as spaCy gives it, over every second page as it is."""
    import spacy

    from kg.read.annotate import DEFAULT_MODEL

    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())[half::2]]
    tokens = sum(len(doc) for doc in spacy.load(DEFAULT_MODEL).pipe(texts))
    _tell(tokens=tokens)


def whole(folder: Path, out: Path, engine: str, processes: int) -> None:
    """A build as `kg build` makes it, with the seconds of its phases."""
    from kg.engine.running import build_with_engine
    from kg.pipeline import Settings, build_files

    found: dict[str, float] = {}
    for name, module, function in PHASES[engine]:
        loaded = importlib.import_module(module)
        setattr(loaded, function, _timed(getattr(loaded, function), name, found))
    report = (
        build_files([folder], Settings(), out=out, processes=processes)
        if engine == "memory"
        else build_with_engine(engine, [folder], Settings(), out, processes=processes)
    )
    _tell(**found, facts=report.facts.total, anew=report.anew or 0)


def _timed(function: Callable[..., Any], name: str, found: dict[str, float]) -> Callable[..., Any]:
    def run(*arguments: Any, **options: Any) -> Any:
        start = sum(os.times()[:4])
        try:
            return function(*arguments, **options)
        finally:
            found[name] = found.get(name, 0.0) + sum(os.times()[:4]) - start

    return run


def _tell(**found: float) -> None:
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(json.dumps({**found, "peak": peak}))  # noqa: T201


def run(size: int, sources: Path, engine: str, *, are_distinct: bool) -> dict[str, Cost]:
    """Every measurement, by name."""
    with tempfile.TemporaryDirectory() as place:
        pages, out = Path(place, "pages"), Path(place, "out")
        write_pages(pages, size, sources_in(sources), are_distinct=are_distinct)
        found = {"bare, one half": measured("--bare", pages, 0)}
        found["first"] = measured("--build", pages, out, engine, 1)
        found["bare, other half"] = measured("--bare", pages, 1)
        found["unchanged"] = measured("--build", pages, out, engine, 1)
        with sorted(pages.iterdir())[size // 2].open("a", encoding="utf-8") as file:
            file.write(CHANGE)
        found["one changed"] = measured("--build", pages, out, engine, 1)
        found["two processes"] = measured("--build", pages, Path(place, "two"), engine, 2)
        found["bare, both at once"] = _at_once(("--bare", pages, 0), ("--bare", pages, 1))
    return found


def table(found: dict[str, Cost], size: int, engine: str) -> str:
    """The figures as Markdown."""
    first, two = found["first"], found["two processes"]
    halves = (found["bare, one half"], found["bare, other half"])
    both = sum(half.cpu for half in halves)
    lines = [
        f"{size} pages, {first.told['facts']:.0f} facts; {_machine()}.",
        "",
        "| what | CPU s | ratio | of |",
        "|---|--:|--:|---|",
        f"| bare pipeline over the raw pages | {both:.1f} | 1 | itself |",
        f"| first build | {first.cpu:.1f} | {first.cpu / both:.2f} | the bare pipeline |",
    ]
    lines += [
        f"| again, {name} | {found[name].cpu:.1f} | {found[name].cpu / first.cpu:.3f} "
        "| the first build |"
        for name in ("unchanged", "one changed")
    ]
    lines += ["", "| phase of the first build | CPU s | ms a page | share |", "|---|--:|--:|--:|"]
    phases = {name: first.told[name] for name, _, _ in PHASES[engine]}
    phases["start, hashes and the rest"] = first.cpu - sum(phases.values())
    lines += [
        f"| {name} | {cost:.1f} | {1000 * cost / size:.0f} | {cost / first.cpu:.0%} |"
        for name, cost in phases.items()
    ]
    gain = sum(half.clock for half in halves) / found["bare, both at once"].clock
    lines += [
        "",
        f"Two processes: {first.clock / two.clock:.2f} times one by the clock of this run, "
        f"two of the bare pipeline that share nothing {gain:.2f} times. "
        f"Peak of the main process {two.peak:.0f} MB, of one process alone {first.peak:.0f} MB.",
        "",
    ]
    return "\n".join(lines)


def _machine() -> str:
    libraries = ", ".join(f"{n} {version(n)}" for n in ("newskg", "spacy", "pyoxigraph"))
    load = f"load {os.getloadavg()[0]:.1f} at its end"
    return f"Python {platform.python_version()}, {libraries}, {os.cpu_count()} CPUs, {load}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--sources", type=Path, default=SOURCES)
    parser.add_argument("--distinct", action="store_true", help="pages that share no paragraph")
    parser.add_argument("--bare", nargs=2, metavar=("PAGES", "HALF"), help=argparse.SUPPRESS)
    parser.add_argument("--engine", choices=sorted(PHASES), default="memory")
    parser.add_argument("--build", nargs=4, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.bare:
        bare(Path(given.bare[0]), int(given.bare[1]))
    elif given.build:
        pages, out, engine, processes = given.build
        whole(Path(pages), Path(out), engine, int(processes))
    else:
        found = run(given.pages, given.sources, given.engine, are_distinct=given.distinct)
        print(table(found, given.pages, given.engine))  # noqa: T201


if __name__ == "__main__":
    main()
