"""Sets measured each in a process of its own: memory is that set's, and several run at once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

__all__ = ["measure_apart", "one_thread"]

# With more, threads of such short sums mostly wait: training took four times the processor time.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def one_thread() -> bool:
    """True where this process was started so that sums take one thread."""
    return os.environ.get("OMP_NUM_THREADS") == "1"


def measure_apart(sets: Sequence[str], processes: int) -> None:
    """Measures each set by the command that this process was called with.

    Raises SystemExit naming the sets that failed, when all have been tried.
    """
    with ThreadPoolExecutor(processes) as pool:
        codes = list(pool.map(_measure, sets))
    failed = [name for name, code in zip(sets, codes, strict=True) if code]
    if failed:
        raise SystemExit(f"not measured: {', '.join(failed)}")


def _measure(name: str) -> int:
    command = [sys.executable, "-m", "tools.bench_quality", *sys.argv[1:]]
    command += ["--sets", name, "--report", os.devnull]  # of a repeated option the last counts
    return subprocess.run(command, env=os.environ | _ONE_THREAD, check=False).returncode
