"""One target in a process of its own: `python -m tools.fuzz.worker TARGET COUNT SEED FOLDER`.

Writes to FOLDER what was tried and what went wrong. With atheris the modules of kg are watched.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import sys
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.fuzz.mutate import changed, mutants
from tools.fuzz.seeds import TOKENS, seeds_of

__all__ = ["Tally", "run_random"]

_SLOW = 10.0  # seconds of one input that are a finding
_SHOWN = 20  # findings of a target
_LONGEST = 20_000  # bytes of an input


@dataclass
class Tally:
    """What became of the inputs of one target."""

    target: str
    seed: int
    tried: int = 0
    taken: int = 0  # gave a result; the others a KgError
    slowest: float = 0.0  # seconds of the processor
    findings: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, data: bytes, folder: Path) -> None:
        """Tries one input."""
        from tools.fuzz.targets import TARGETS, check

        self.tried += 1
        start = time.process_time()
        try:
            self.taken += check(TARGETS[self.target], data, folder)
        except Exception as error:  # what is looked for
            self._found(_kind(error), data, traceback.format_exc(limit=-6))
        spent = time.process_time() - start
        self.slowest = max(self.slowest, spent)
        if spent > _SLOW:
            self._found("slow", data, f"{spent:.1f} s")

    def _found(self, kind: str, data: bytes, trace: str) -> None:
        if len(self.findings) < _SHOWN and kind not in self.findings:
            self.findings[kind] = {"trace": trace, "input": data.hex()}

    def record(self) -> dict[str, Any]:
        """What the report needs, as JSON."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        return {
            "target": self.target,
            "seed": self.seed,
            "tried": self.tried,
            "taken": self.taken,
            "slowest_s": round(self.slowest, 2),
            "cpu_s": round(time.process_time()),
            "peak_mb": peak,
            "findings": self.findings,
        }


def _kind(error: BaseException) -> str:
    """The error and where in the project it came from: the same one is told once."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "/kg/" in f.filename]
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "outside"
    return f"{type(error).__name__} at {place}"


def run_random(target: str, count: int, seed: int, folder: Path) -> Tally:
    """So many inputs changed at random."""
    tally = Tally(target, seed)
    for data, _ in zip(mutants(target, seed), range(count), strict=False):
        tally.add(data, folder)
    return tally


def _run_guided(target: str, count: int, seed: int, folder: Path, report: Path) -> None:
    """So many inputs guided by coverage; does not return."""
    import atheris

    with atheris.instrument_imports(include=["kg"]):
        tally = Tally(target, seed)
        tally.add(seeds_of(target)[0], folder)  # imports what it needs
        tally.tried = tally.taken = 0
    corpus, words = folder / "corpus", folder / "words"
    corpus.mkdir()
    for data in seeds_of(target):
        (corpus / hashlib.sha1(data, usedforsecurity=False).hexdigest()).write_bytes(data)
    # libFuzzer's words: each between quotes, bytes as \xNN
    words.write_text("".join(map(_word, TOKENS)))

    def one(data: bytes) -> None:
        tally.add(data, folder)
        if tally.tried % 1000 == 0 or tally.tried >= count:
            report.write_text(json.dumps(tally.record()))
        if tally.tried >= count:
            os._exit(0)  # libFuzzer's own end takes the interpreter down with a trace

    def mutator(data: bytes, longest: int, number: int) -> bytes:
        rng = random.Random(number)  # noqa: S311 (no secret)
        if rng.random() < 0.5:
            return bytes(atheris.Mutate(data, longest))
        return changed(data, seeds_of(target), rng)[:longest]

    options = [f"-seed={seed}", f"-max_len={_LONGEST}", f"-dict={words}", "-timeout=120"]
    atheris.Setup(
        [sys.argv[0], *options, "-rss_limit_mb=3000", "-verbosity=0", str(corpus)],
        one,
        custom_mutator=mutator,
    )
    atheris.Fuzz()


def _word(token: bytes) -> str:
    """A line of libFuzzer's dictionary, which takes no long ones."""
    return '"' + "".join(f"\\x{byte:02x}" for byte in token[:60]) + '"\n'


def main() -> None:
    """Runs one target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target")
    parser.add_argument("count", type=int)
    parser.add_argument("seed", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--guided", action="store_true")
    args = parser.parse_args()
    work = args.folder / "work"
    work.mkdir(parents=True)
    report = args.folder / "report.json"
    if args.guided:
        _run_guided(args.target, args.count, args.seed, work, report)
    tally = run_random(args.target, args.count, args.seed, work)
    report.write_text(json.dumps(tally.record()))


if __name__ == "__main__":
    main()
