"""Does a build survive `kill -9` at any moment? `python -m tools.crash --kills 200`.

Builds of changing articles, whole and in parts, reviews and loads into a store run in processes
that are killed at random moments, half of them while files are being written. After each kill every
output must be a whole file of before or after, and the next run must end with the very bytes of one
that nobody disturbed. While a run goes on, its outputs are read again and again: none may ever be
half a file. With --disk (as root) the disk is full, then read-only. Seeds are fixed; the moments
are not.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

from kg.engine.running import build_with_engine
from kg.errors import InputError
from kg.load import LoadOptions, load
from kg.pipeline import Settings, build_with_report, review_build
from kg.state.manifest import MANIFEST

__all__ = [
    "Tally",
    "crash_builds",
    "crash_loads",
    "crash_parts",
    "crash_reviews",
    "fill_disk",
    "prepare",
]

Files = Mapping[str, bytes]

_FIRST = {
    "rail.txt": "Fjord Rail grows\n\nFjord Rail has acquired Halvor Motors for $40 million. Fjord "
    "Rail is based in Oslo. Fjord Rail may acquire Nordvik Works, said Ada Lund, its director.\n",
    "motors.txt": "Halvor Motors signs with Baltic Foods\n\nHalvor Motors has signed a ten-year "
    "partnership with Baltic Foods. Halvor Motors denied that it had acquired Nordvik Works.\n",
    "foods.html": "<!doctype html><html lang='en'><head><title>Baltic Foods opens</title></head>"
    "<body><article><h1>Baltic Foods opens</h1><p>Baltic Foods launched Larder, a platform for "
    "small shops, in 2026. It plans to sponsor the Oslo Marathon, said Bo Lie, chief executive of "
    "Baltic Foods, on Monday.</p></article></body></html>",
}
_SECOND = {
    "rail.txt": _FIRST["rail.txt"],
    "motors.txt": _FIRST["motors.txt"].replace("ten-year", "five-year"),
    "works.html": _FIRST["foods.html"].replace("Baltic Foods", "Nordvik Works"),
}
_LIST = ".kg-changes"
_TRIES = 10  # for each kill: some runs are over before their moment comes
_ALL = "SELECT ?g ?s ?p ?o WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


@dataclass
class Tally:
    """What became of the runs that were to be killed."""

    what: str
    ended: int = 0  # before the moment came
    killed: Counter[str] = field(default_factory=Counter)  # by what the run was doing
    reads: int = 0  # of the outputs during a run
    problems: list[str] = field(default_factory=list)

    def runs(self, kills: int) -> Iterator[int]:
        """Numbers of runs, until so many are killed; too quick ones are given up."""
        for number in range(_TRIES * kills):
            if self.killed.total() >= kills:
                return
            yield number

    def __str__(self) -> str:
        """One line, and one for each problem."""
        during = ", ".join(f"{count} {name}" for name, count in sorted(self.killed.items()))
        counts = f"{sum(self.killed.values())} killed ({during}), {self.ended} ended before that"
        lines = [f"{self.what}: {counts}; {self.reads} reads, {len(self.problems)} problems"]
        return "\n  ".join([*lines, *self.problems])


@dataclass(frozen=True)
class Prepared:
    """Two corpora, and what a build of each writes into an empty folder."""

    corpora: tuple[Path, Path]
    outs: tuple[Path, Path]
    files: tuple[Files, Files]


def prepare(folder: Path) -> Prepared:
    """Writes two corpora that share an article, and builds them undisturbed."""
    corpora, outs = (folder / "1", folder / "2"), (folder / "out1", folder / "out2")
    for corpus, texts, out in zip(corpora, (_FIRST, _SECOND), outs, strict=True):
        corpus.mkdir()
        for name, text in texts.items():
            (corpus / name).write_text(text, "utf-8")
        build_with_report(corpus, out=out)
    return Prepared(corpora, outs, (files_of(outs[0]), files_of(outs[1])))


def files_of(out: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


class _Killer:
    """Runs things in processes of their own, and kills them at random moments."""

    def __init__(self, seed: int, tally: Tally) -> None:
        self._random = random.Random(seed)  # noqa: S311 (no secret)
        self.tally = tally
        self._whole: list[float] = []  # seconds of whole runs
        self._writing: list[float] = []  # seconds of them from the first file on

    def undisturbed(self, run: Callable[[], object], out: Path | None = None) -> bool:
        """Whether the run succeeds; how long it takes is kept."""
        began = first = time.monotonic()
        pid = _forked(run)
        while not (status := os.waitpid(pid, os.WNOHANG))[0]:
            if first == began and out is not None and _is_writing(out):
                first = time.monotonic()
            time.sleep(0.0005)
        now = time.monotonic()
        self._whole.append(now - began)
        self._writing.append(now - first)
        return os.waitstatus_to_exitcode(status[1]) == 0

    def kill(self, run: Callable[[], object], out: Path | None, watch: Callable[[], None]) -> None:
        """Kills the run at a moment of all its time, or of the time in which it writes."""
        late = out is not None and self._random.random() < 0.5
        usual = (self._writing if late else self._whole)[-9:]
        left = self._random.random() * sum(usual) / len(usual)
        began = None if late else time.monotonic()
        pid = _forked(run)
        while not os.waitpid(pid, os.WNOHANG)[0]:
            if began is None and out is not None and _is_writing(out):
                began = time.monotonic()
            if began is not None and time.monotonic() - began >= left:
                os.kill(pid, signal.SIGKILL)
                if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL:
                    self.tally.killed[_stage(out)] += 1
                    return
                break
            watch()
            time.sleep(0.0005)
        self.tally.ended += 1


def _forked(run: Callable[[], object]) -> int:
    """The process that runs it, silent, and ends with 0 or 1."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        if not os.environ.get("KG_CRASH_LOUD"):
            os.dup2(silent, 2)
        run()
        code = 0
    finally:
        os._exit(code)


def _is_writing(out: Path) -> bool:
    return (out / _LIST).exists() or _is_unfinished(out)


def _is_unfinished(out: Path) -> bool:
    """Whether a file is half written, or parts are, before whose manifest there is none."""
    # what is spilled comes and goes, and is not looked at
    halves = (*out.glob(".*.part"), *out.glob("[!.]*/**/.*.part"))
    return bool(halves) or not (out / MANIFEST).exists()


def _stage(out: Path | None) -> str:
    if out is None:
        return "sending"
    if (out / _LIST).exists():
        return "renaming"
    return "writing" if _is_unfinished(out) else "reading"


def crash_builds(prepared: Prepared, out: Path, kills: int, seed: int = 1) -> Tally:
    """Kills builds that turn one corpus into the other, there and back."""
    tally = Tally("builds")
    names = ("facts.jsonl", "graph.ttl", "report.json", "graph.html", "state/build.json")

    def build(corpus: Path) -> object:
        return build_with_report(corpus, out=out)

    def read() -> Files:
        return {name: _content(out / name) or b"" for name in names}

    _crash(build, read, prepared.corpora, prepared.files, out, kills, _Killer(seed, tally))
    return tally


def crash_parts(prepared: Prepared, out: Path, kills: int, seed: int = 4) -> Tally:
    """The same of builds with `--engine disk`, of which any part may be missing meanwhile."""
    tally = Tally("builds in parts")
    wholes = []
    for corpus in prepared.corpora:
        with tempfile.TemporaryDirectory() as folder:
            build_with_engine("disk", [corpus], Settings(), folder)
            wholes.append(files_of(Path(folder)))
    names = sorted({*wholes[0], *wholes[1]})

    def build(corpus: Path) -> object:
        return build_with_engine("disk", [corpus], Settings(), out)

    def read() -> Files:
        found = {name: _content(out / name) for name in names}
        return {name: data for name, data in found.items() if data is not None}

    _crash(build, read, prepared.corpora, wholes, out, kills, _Killer(seed, tally))
    return tally


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _crash(
    build: Callable[[Path], object],
    read: Callable[[], Files],
    corpora: Sequence[Path],
    wholes: Sequence[Files],
    out: Path,
    kills: int,
    killer: _Killer,
) -> None:
    """Kills builds, and looks at what is read in `out` meanwhile and after the next."""
    tally = killer.tally

    def watch() -> None:
        tally.reads += 1
        for name, data in read().items():
            if data not in (whole.get(name) for whole in wholes):
                tally.problems.append(f"{name} was read half written ({len(data)} bytes)")

    for corpus in corpora:  # how long it takes, and from which build it begins
        killer.undisturbed(lambda corpus=corpus: build(corpus), out)
    for number in tally.runs(kills):
        after = number % 2
        run = partial(build, corpora[after])
        killer.kill(run, out, watch)
        watch()
        if not killer.undisturbed(run, out):
            tally.problems.append(f"kill {number}: the next run failed")
        _compare(files_of(out), wholes[after], f"kill {number}", tally)


def _compare(found: Files, wanted: Files, when: str, tally: Tally) -> None:
    for name in sorted({*found, *wanted}):
        if found.get(name) != wanted.get(name):
            kind = "missing" if name not in found else "extra" if name not in wanted else "other"
            tally.problems.append(f"{when}: {name} is {kind}")


def crash_reviews(prepared: Prepared, kills: int, seed: int = 2) -> Tally:
    """Kills reviews that write a file anew in which a person has answered."""
    tally = Tally("reviews")
    killer = _Killer(seed, tally)
    out = prepared.outs[0]
    file = out / "review.yaml"
    review_build(out, below=1.0)
    answered = file.read_bytes().replace(b'decision: "?"', b"decision: yes  # Ada knows", 1)
    file.write_bytes(answered)
    review_build(out, below=0.5)
    wanted = file.read_bytes()
    if b"Ada knows" not in answered or b"Ada knows" not in wanted or answered == wanted:
        tally.problems.append("there was nothing to ask")

    def run() -> object:
        return review_build(out, below=0.5)

    def watch() -> None:
        tally.reads += 1
        if file.read_bytes() not in (answered, wanted):
            tally.problems.append("review.yaml was read half written")

    killer.undisturbed(run, out)
    for number in tally.runs(kills):
        file.write_bytes(answered)
        killer.kill(run, out, watch)
        watch()
        if not killer.undisturbed(run, out):
            tally.problems.append(f"kill {number}: the next run failed")
        _compare(files_of(out), {**prepared.files[0], file.name: wanted}, f"kill {number}", tally)
    file.unlink()
    return tally


def crash_loads(prepared: Prepared, url: str, kills: int, seed: int = 3) -> Tally:
    """Kills loads of one graph over the other into the store with /store and /query at `url`."""
    tally = Tally("loads")
    killer = _Killer(seed, tally)

    def loaded(out: Path) -> object:
        return load(out, f"{url}/store", options=LoadOptions(prune=True))

    def content() -> list[str]:
        with urlopen(f"{url}/query?{urlencode({'query': _ALL})}") as answer:  # noqa: S310
            rows = json.load(answer)["results"]["bindings"]
        return sorted(json.dumps(row, sort_keys=True) for row in rows)

    wanted = []
    for out in (*prepared.outs, prepared.outs[0]):
        killer.undisturbed(lambda out=out: loaded(out))
        wanted.append(content())
    if not wanted[0] or wanted[0] != wanted[2] or wanted[0] == wanted[1]:
        tally.problems.append("an undisturbed load does not give what it should")
    for number in tally.runs(kills):
        after = 1 - number % 2

        def run(out: Path = prepared.outs[after]) -> object:
            return loaded(out)

        killer.kill(run, None, lambda: None)
        if not killer.undisturbed(run):
            tally.problems.append(f"kill {number}: the next load failed")
        if content() != wanted[after]:
            tally.problems.append(f"kill {number}: the store does not hold what it should")
    return tally


def fill_disk(prepared: Prepared, folder: Path) -> Tally:
    """Builds on a disk that becomes full, then on one that cannot be written; needs root."""
    tally = Tally("disk")
    with _mounted(folder, sum(map(len, prepared.files[0].values())) * 3 // 2):
        out = folder / "out"
        build_with_report(prepared.corpora[0], out=out)
        for words in ("No space left on device", "no permission to write here"):
            try:
                build_with_report(prepared.corpora[1], out=out)
            except InputError as error:
                if words not in str(error):
                    tally.problems.append(f"said {error}")
            else:
                tally.problems.append(f"nothing was said of {words}")
            tally.reads += 1
            _compare(files_of(out), prepared.files[0], words, tally)
            _run("mount", "-o", "remount,ro", str(folder))
    return tally


@contextmanager
def _mounted(folder: Path, size: int) -> Iterator[None]:
    folder.mkdir()
    _run("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder))
    try:
        yield
    finally:
        _run("umount", str(folder))


def _run(*command: str) -> None:
    subprocess.run(command, check=True)


@contextmanager
def _oxigraph(folder: Path) -> Iterator[str]:
    """The address of a real Oxigraph server, of `make engines`."""
    program = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if program is None:
        raise SystemExit("no oxigraph for the loads; `make engines` installs it, or give --store")
    port = random.randint(20_000, 30_000)  # noqa: S311 (no secret)
    place = ("--location", str(folder), "--bind", f"127.0.0.1:{port}")
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([program, "serve", *place], **silent) as server:
        try:
            for _ in range(600):
                with contextlib.suppress(OSError):
                    urlopen(f"http://127.0.0.1:{port}/").close()
                    break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def main() -> None:
    """Prints a line for each kind of run; exit code 1 with a problem."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="of all kinds together")
    parser.add_argument("--disk", action="store_true", help="as root: full and read-only disks too")
    parser.add_argument("--store", metavar="URL", help="with /store and /query; else Oxigraph")
    args = parser.parse_args()
    fifth = args.kills // 5
    problems = 0
    with tempfile.TemporaryDirectory(prefix="kg-crash-") as name:
        folder = Path(name)
        prepared = prepare(folder)

        def loads() -> Tally:
            if args.store:
                return crash_loads(prepared, args.store, fifth)
            with _oxigraph(folder / "store") as url:
                return crash_loads(prepared, url, fifth)

        kinds: list[Callable[[], Tally]] = [
            lambda: crash_builds(prepared, folder / "out", args.kills - 3 * fifth),
            lambda: crash_parts(prepared, folder / "parts", fifth),
            lambda: crash_reviews(prepared, fifth),
            loads,
        ]
        if args.disk:
            kinds.append(lambda: fill_disk(prepared, folder / "disk"))
        for kind in kinds:
            tally = kind()
            problems += len(tally.problems)
            print(tally, flush=True)  # noqa: T201
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
