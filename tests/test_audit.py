"""The audit of dependencies: what it finds, and that it says what it could not ask."""

from __future__ import annotations

import subprocess
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from tools import audit
from tools.audit import Finding, bad_bounds, bad_licences, bad_releases, fits, told_of

KNOWN = [{"name": "Quay.Lib", "bad": "<2.1", "why": "it leaks"}]


class Package(Distribution):
    """A package that is said to be installed."""

    def __init__(self, name: str, version: str, *lines: str) -> None:
        self.text = "\n".join([f"Name: {name}", f"Version: {version}", *lines, ""])

    def read_text(self, filename: str) -> str | None:
        return self.text if filename == "METADATA" else None

    def locate_file(self, path: Any) -> Any:
        raise FileNotFoundError(path)


def test_the_dependencies_of_this_project_pass() -> None:
    bad, found = audit.offline()
    assert bad == []
    assert {"spacy", "pyoxigraph", "pydantic"} < found.keys()  # also what others bring


@pytest.mark.parametrize(
    ("told", "fit"),
    [
        ("MIT", True),
        ("BSD-3-Clause AND Zlib", True),
        ("GPL-3.0-only", False),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-2.0-only OR MIT", True),
        ("GNU Affero General Public License v3", False),
        ("Proprietary", False),
        ("", False),
    ],
)
def test_licences(told: str, fit: bool) -> None:
    assert fits(told) is fit


def test_a_licence_is_found_wherever_it_stands() -> None:
    found = {
        "a": Package("a", "1", "License-Expression: MIT"),
        "b": Package("b", "1", "Classifier: License :: OSI Approved :: BSD License"),
        "c": Package("c", "1", "License: Apache 2.0"),
        "d": Package("d", "1", "Classifier: License :: OSI Approved"),
        "e": Package("e", "1", "License-Expression: GPL-3.0-only"),
    }
    assert [finding.package for finding in bad_licences(found)] == ["d", "e"]


def test_bounds_have_two_sides_and_hold() -> None:
    wanted = [Requirement(line) for line in ("a>=1,<2", "b>=1", "c==3", "d~=1.2", "e<2")]
    found = {"a": Package("a", "2.1"), "c": Package("c", "3")}
    assert list(bad_bounds(wanted, found)) == [
        Finding("a", "2.1 is not <2,>=1"),
        Finding("b", "pyproject.toml bounds it on one side only"),
        Finding("e", "pyproject.toml bounds it on one side only"),
    ]


def test_bad_releases_are_found_where_they_are_installed_or_admitted() -> None:
    installed = {"quay-lib": Package("quay-lib", "2.0")}
    wanted = [Requirement("quay_lib>=2.0,<3")]
    assert [f.what for f in bad_releases(wanted, installed, KNOWN)] == [
        "2.0 is bad: it leaks",
        "pyproject.toml admits 2.0, bad: it leaks",
    ]
    mended = {"quay-lib": Package("quay-lib", "2.1")}
    assert list(bad_releases([Requirement("quay_lib>=2.1,<3")], mended, KNOWN)) == []


def test_an_answer_about_nothing_is_no_answer() -> None:
    skipped = '{"dependencies": [{"name": "a", "skip_reason": "not found"}]}'
    assert told_of(skipped) == (0, [])
    known = '{"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "X-1"}]}]}'
    assert told_of(known) == (1, [Finding("a", "1: X-1")])


@pytest.mark.parametrize(
    ("output", "last", "strict"),
    [
        ('{"dependencies": [{"name": "a", "skip_reason": "none"}]}', "no advisories", 1),
        ("", "no advisories", 1),
        ('{"dependencies": [{"name": "a", "version": "1", "vulns": []}]}', "on 1 of them", 0),
    ],
)
def test_it_says_whether_advisories_were_asked_for(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    output: str,
    last: str,
    strict: int,
) -> None:
    def run(command: list[str], **how: Any) -> subprocess.CompletedProcess[str]:
        assert Path(command[-1]).read_text("utf-8") == "a==1\n"
        return subprocess.CompletedProcess(command, 0, output, "")

    monkeypatch.setattr(audit, "find_spec", lambda name: True)
    monkeypatch.setattr(audit.subprocess, "run", run)
    monkeypatch.setattr(audit, "offline", lambda: ([], {"a": Package("a", "1")}))
    assert audit.main([]) == 0
    assert audit.main(["--advisories"]) == strict
    assert last in capsys.readouterr().out


def test_without_pip_audit_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit, "find_spec", lambda name: None)
    monkeypatch.setattr(audit, "offline", lambda: ([Finding("a", "is bad")], {}))
    assert audit.main([]) == 1
    assert "no advisories: pip-audit is not installed" in capsys.readouterr().out
