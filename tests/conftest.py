"""Fixtures of all tests, and the two rules they run under: no network, no silent skip in CI."""

from __future__ import annotations

import gc
import ipaddress
import json
import os
import socket
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

LONGEST = (
    "tests/test_incremental.py",
    "tests/test_package.py",
    "tests/engines/test_contract_virtuoso.py",
    "tests/engines/test_bolt.py",
    "tests/engines/test_contract.py",
    "tests/export/test_formats.py",
    "tests/browser/test_accessibility.py",
    "tests/export/test_exports_page.py",
    "tests/llm/test_build.py",
    "tests/engines/test_cypher_arcadedb.py",
    "tests/test_determinism.py",
    "tests/engines/test_cypher_lint.py",
    "tests/test_ask.py",
    "tests/state/test_readings.py",
    "tests/learn/test_learn.py",
    "tests/test_own_subject.py",
    "tests/browser/test_scale.py",
    "tests/bench/test_polnear.py",
    "tests/rdf/test_codec.py",
    "tests/engines/test_load_bolt_tool.py",
)
"""Files that take longer than half a minute, the longest first; see `make test`."""

# The model and the domains stay until the end: looking through them for garbage takes a tenth of
# the time of all tests.
gc.set_threshold(100_000, 20, 50)

# Before NumPy is loaded: threads that wait for one another take five times as long to learn.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# The same examples on every run and machine, as the rest of the project.
settings.register_profile(
    "repeatable",
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("repeatable")


def _must_run() -> frozenset[str]:
    """Markers whose tests may not be skipped: those that need a real part, when asked for."""
    if os.environ.get("KG_REQUIRE_ALL") != "1":
        return frozenset()
    always = {"browser", "engine", "model", "slow"}
    return frozenset(always | {"shared"} if SHARED.is_dir() else always)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turns the skip of a test that must run into a failure."""
    report = yield
    needed = {mark.name for mark in item.iter_markers()} & _must_run()
    if report.skipped and needed and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"KG_REQUIRE_ALL=1, but this {sorted(needed)} test was skipped: " + str(
            report.longrepr
        )
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turns the skip of a whole file into an error, when nothing may be skipped."""
    report = yield
    if report.skipped and _must_run():
        report.outcome = "failed"
        report.longrepr = f"KG_REQUIRE_ALL=1, but this file was skipped: {report.longrepr}"
    return report


def _is_local(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a Unix socket
    host = str(address[0])
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in ("", "localhost")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the files that take longest first, so that no process is left alone with one of them."""
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.nodeid.partition("::")[0], len(place)))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets sockets of this process reach this machine only."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if not _is_local(address):
            raise RuntimeError(f"a test tried to reach {address!r}; tests work offline")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session", autouse=True)
def every_report_adds_up() -> Generator[None]:
    """Makes every build of every test fail whose report.json loses an input or a candidate."""
    from kg.engine.report import EngineReport
    from kg.model.accounts import unaccounted
    from kg.report import BuildReport

    def checking(to_json: Callable[[Any], str]) -> Callable[[Any], str]:
        def checked(self: Any) -> str:
            text = to_json(self)
            assert unaccounted(json.loads(text)) == ()
            return text

        return checked

    with pytest.MonkeyPatch.context() as patch:
        for report in (BuildReport, EngineReport):
            patch.setattr(report, "to_json", checking(report.to_json))
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real articles and gold facts beside the project."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside the project: real articles and gold facts are not there")
    return SHARED


@pytest.fixture(scope="session")
def examples(root: Path) -> Path:
    """The folder of the example articles."""
    return root / "examples"
