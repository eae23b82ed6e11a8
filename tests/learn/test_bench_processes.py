"""Sets measured each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from tools.bench_processes import measure_apart


def test_each_set_has_a_process_of_one_thread_and_a_failed_one_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls: dict[str, list[str]] = {}

    def run(command: list[str], *, env: dict[str, str], check: bool) -> Any:
        name = command[len(command) - command[::-1].index("--sets")]
        calls[name] = command
        assert env["OMP_NUM_THREADS"] == "1"
        assert not check
        return SimpleNamespace(returncode=name == "b")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(sys, "argv", ["tool", "shared", "--sets", "a,b,c", "--zero"])
    with pytest.raises(SystemExit, match=r"^not measured: b$"):
        measure_apart(["a", "b", "c"], processes=2)
    assert sorted(calls) == ["a", "b", "c"]
    assert all("--zero" in command for command in calls.values())
