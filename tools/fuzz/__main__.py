"""Shares the inputs out among the targets and reports what became of them."""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tools.fuzz.targets import TARGETS, WEIGHTS

__all__: list[str] = []


def _shares(targets: list[str], inputs: int) -> dict[str, int]:
    """So many inputs for each target; together at least `inputs`."""
    total = sum(WEIGHTS[name] for name in targets)
    return {name: -(-inputs * WEIGHTS[name] // total) for name in targets}


def _run(target: str, count: int, seed: int, *, guided: bool) -> dict[str, Any]:
    """The tally of one target; of a process that died what it had tried by then."""
    with tempfile.TemporaryDirectory(prefix="kg-fuzz-") as folder:
        work = [target, str(count), str(seed), f"{folder}/run", *(["--guided"] if guided else [])]
        command = [sys.executable, "-m", "tools.fuzz.worker", *work]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        report = Path(folder, "run", "report.json")
        found: dict[str, Any] = json.loads(report.read_text()) if report.exists() else {}
    found = {"target": target, "seed": seed, "tried": 0, "taken": 0, "findings": {}} | found
    if ended.returncode or found["tried"] < count:
        found["findings"]["died"] = {"trace": ended.stderr[-2000:], "input": ""}
    return found


def main() -> None:
    """Prints a table of the targets, then each finding; exit code 1 with a finding."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000, help="of all targets together")
    parser.add_argument("--targets", default=",".join(TARGETS), help="with commas")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--random", action="store_true", help="without atheris")
    parser.add_argument("--out", type=Path, help="write all tallies and inputs found here, as JSON")
    args = parser.parse_args()
    names = args.targets.split(",")
    guided = not args.random and importlib.util.find_spec("atheris") is not None
    say = print
    say(f"{'guided by coverage (atheris)' if guided else 'at random'}, seed {args.seed}")
    say(f"{'target':<12} {'inputs':>9} {'results':>9} {'errors':>9} {'slowest':>8} {'peak MB':>8}")
    tallies = []
    for name, count in _shares(names, args.inputs).items():
        found = _run(name, count, args.seed, guided=guided)
        tallies.append(found)
        errors = found["tried"] - found["taken"] - len(found["findings"])
        say(
            f"{name:<12} {found['tried']:>9} {found['taken']:>9} {errors:>9} "
            f"{found.get('slowest_s', 0):>7}s {found.get('peak_mb', 0):>8}",
            flush=True,
        )
        for kind, finding in found["findings"].items():
            say(f"  FOUND {kind}\n{finding['trace']}\n  input {finding['input'][:200]}", flush=True)
        if args.out is not None:
            args.out.write_text(json.dumps(tallies, indent=1))
    say(f"{'together':<12} {sum(t['tried'] for t in tallies):>9}")
    sys.exit(any(t["findings"] for t in tallies))


if __name__ == "__main__":
    main()
