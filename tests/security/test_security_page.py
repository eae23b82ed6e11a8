"""SECURITY.md: each line of the threat model names a test, and every test that it names exists."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


@cache
def functions_in(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text("utf-8"))
    functions = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(function.name for function in functions)


def test_every_test_that_the_page_names_exists(root: Path) -> None:
    named = NAMED.findall((root / "SECURITY.md").read_text("utf-8"))
    assert len(named) > 60
    gone = [f"{file}::{name}" for file, name in named if not (root / file).is_file()]
    gone += [f"{f}::{n}" for f, n in named if not gone and n not in functions_in(root / f)]
    assert gone == []


def test_every_threat_has_a_test(root: Path) -> None:
    page = (root / "SECURITY.md").read_text("utf-8")
    threats = page.partition("## Threats")[2].partition("## What is left")[0]
    rows = [line for line in threats.splitlines() if line.startswith("| ")]
    rows = [row for row in rows if not row.endswith("| test |")]
    assert len(rows) > 35
    assert [row for row in rows if not NAMED.search(row.rsplit(" | ", 1)[1])] == []


def test_no_test_of_this_folder_is_unnamed(root: Path) -> None:
    named = {name for _, name in NAMED.findall((root / "SECURITY.md").read_text("utf-8"))}
    here = {n for p in (root / "tests/security").glob("test_*.py") for n in functions_in(p)}
    about_tests = {n for n in functions_in(Path(__file__)) if n.startswith("test_")}
    of_the_checks = {
        "test_the_check_finds_what_it_looks_for",
        "test_two_texts_are_never_one_cell",
        "test_data_go_into_a_pipe_as_they_are",
        "test_the_password_of_an_address_is_in_no_name",
    }
    found = {n for n in here if n.startswith("test_")} - about_tests - of_the_checks
    assert found - named == set()
