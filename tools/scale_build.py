"""How a whole build grows: `python -m tools.scale_build [250 500 1000 2000]`.

Writes so many invented articles, made of sentence templates and of the names of `tools.scale`, and
builds them, each size in a process of its own. Seconds of the phases are processor time of all
processes, the last column is the clock.
"""

from __future__ import annotations

import argparse
import importlib
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from kg.pipeline import Settings, build_with_report
from kg.pipeline.stored import load_stored
from kg.resolve import resolve
from kg.state.reading import named
from tools.scale import Maker

SIZES = (250, 500, 1000, 2000)
SENTENCES = 10  # of an article
COPIED = 20  # each so manieth article is the one before it with another first line
TEMPLATES = (
    "{a} has signed a {n}-year partnership with {b}.",
    "{p}, chief executive of {a}, said that the company will open an office in {t}.",
    "{a} is based in {t} and was founded in {y}.",
    "{a} launched {x}, a platform for small shops, in {y}.",
    '"We are glad to work with {b}," said {p}, director of {a}.',
    "{b} has acquired {a} for ${n} million.",
    "{a} plans to acquire {b} next year.",
    "{a} denied that it had acquired {b}.",
    "{x} was developed by {a} with {b}.",
    "{b} may become a sponsor of {a}, according to {p}.",
    "{a} employs {n}00 people in {t}.",
    "{p} joined {a} in {y} as chief financial officer.",
)
PHASES = (  # (name, module, function)
    ("read", "kg.pipeline.building", "read_all"),
    ("resolve", "kg.resolve", "resolve"),
    ("reason", "kg.reason", "reason"),
    ("validate", "kg.rdf.validate", "validate"),
    ("render", "kg.pipeline.outputs", "render"),
    ("write", "kg.pipeline.building", "write_build"),
)


class Writer(Maker):
    """Articles as text."""

    def text(self, number: int) -> str:
        """A headline, a date line, and sentences in two paragraphs."""
        company = self.companies.pick(self._random)
        sentences = [self._sentence(company) for _ in range(SENTENCES)]
        half = SENTENCES // 2
        day = f"{1 + number % 28} March {2010 + number % 15}"
        body = f"{' '.join(sentences[:half])}\n\n{' '.join(sentences[half:])}\n"
        return f"{company} in the news, part {number}\n\n{day}\n\n{body}"

    def _sentence(self, company: str) -> str:
        other = company
        while other == company:
            other = self.companies.pick(self._random)
        return self._pick(TEMPLATES).format(
            a=self._written(company, "Company"),
            b=self._written(other, "Company"),
            p=self.people.pick(self._random),
            t=self.towns.pick(self._random),
            x=self.products.pick(self._random),
            n=self._random.randint(2, 90),
            y=self._random.randint(1950, 2024),
        )


def write_articles(folder: Path, size: int) -> None:
    """So many articles; the same each time."""
    writer, before = Writer(size, "https://example.org/"), ""
    for number in range(size):
        text = writer.text(number)
        if number % COPIED == COPIED - 1:
            text = f"Reprinted, part {number}\n" + before.partition("\n")[2]
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")
        before = text


def measure(size: int, processes: int) -> dict[str, float]:
    """Seconds of each phase and of the whole; peak MB of this process and of one that reads."""
    found: dict[str, float] = {}
    for name, module, function in PHASES:
        loaded = importlib.import_module(module)
        setattr(loaded, function, _timed(getattr(loaded, function), name, found))
    with tempfile.TemporaryDirectory() as folder:
        write_articles(Path(folder), size)
        out = Path(folder, "out")
        start = time.perf_counter()
        graph, _ = build_with_report(folder, Settings(), out=out, processes=processes)
        found["clock"] = time.perf_counter() - start
        found["facts"] = len(graph.facts)
        found["entities"] = len(graph.article_entities)
        found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        found["reader"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
        found["resolve peak"] = _resolve_peak(out)
    return found


def _timed(function: Callable[..., Any], name: str, found: dict[str, float]) -> Callable[..., Any]:
    def run(*arguments: Any, **options: Any) -> Any:
        start = _processor()
        try:
            return function(*arguments, **options)
        finally:
            found.setdefault(name, _processor() - start)

    return run


def _processor() -> float:
    """Seconds of processor time of this process and of those it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _resolve_peak(out: Path) -> float:
    """Peak MB of Python's memory in resolution alone."""
    stored = load_stored(out)
    readings = [named(stored.readings[a.key], a.name) for a in stored.record.articles]
    tracemalloc.start()
    resolve([r.article for r in readings], [r.extraction for r in readings], stored.ontology)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--one", action="store_true", help="measure one size here, as JSON")
    given = parser.parse_args(arguments)
    if given.one:
        print(json.dumps(measure(given.sizes[0], given.processes)))  # noqa: T201
        return
    columns = "articles|article entities|facts|read|resolve|s / (n log n)|reason|validate|write"
    columns += "|resolve MB|peak MB|peak MB of a reader|by the clock"
    print(f"|{columns}|\n{'|--:' * 13}|")  # noqa: T201
    for size in given.sizes:
        command = [sys.executable, "-m", "tools.scale_build", str(size), "--one"]
        command += ["--processes", str(given.processes)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        m = json.loads(done.stdout)
        unit = 1e6 * m["resolve"] / (m["entities"] * math.log2(m["entities"]))
        phases = " | ".join(f"{m[name]:.1f}" for name in ("reason", "validate", "write"))
        print(  # noqa: T201
            f"| {size} | {m['entities']} | {m['facts']} | {m['read']:.0f} | {m['resolve']:.1f} "
            f"| {unit:.0f}e-6 | {phases} | {m['resolve peak']:.0f} | {m['peak']:.0f} "
            f"| {m['reader']:.0f} | {m['clock']:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
