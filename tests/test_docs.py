"""The documents say what is so: the reference is fresh, the code in the README runs."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner

from kg.cli import cli

LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)")


def load_script(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def code_blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="session")
def readme(root: Path) -> str:
    return (root / "README.md").read_text("utf-8")


def test_command_line_reference_is_up_to_date(root: Path) -> None:
    reference = load_script(root / "docs/cli_reference.py").reference()
    written = (root / "docs/cli.md").read_text("utf-8")
    assert written == reference, "docs/cli.md is stale: run `make docs`"


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_lead_to_files_of_the_project(root: Path, name: str) -> None:
    text = (root / name).read_text("utf-8")
    missing = [link for link in LINK.findall(text) if not (root / link).exists()]
    assert missing == []


def test_documents_name_no_module_that_is_not_there(root: Path) -> None:
    for name in ("README.md", "CONTRIBUTING.md"):
        text = (root / name).read_text("utf-8")
        for path in re.findall(r"`(kg/[\w/]+\.py|tests/[\w/]+\.py|ontology/\w+/\w+\.\w+)`", text):
            assert (root / path).exists(), f"{name} names {path}"


def test_make_targets_of_the_documents_exist(root: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text("utf-8"), re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md"):
        text = (root / name).read_text("utf-8")
        used = set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE))
        assert used
        assert used <= targets, f"{name} names targets that the Makefile does not have"


def test_readme_query_is_the_one_of_the_docs(root: Path, readme: str) -> None:
    (query,) = code_blocks(readme, "sparql")
    assert query == (root / "docs/initiatives.rq").read_text("utf-8")


@pytest.mark.model
def test_readme_library_code_runs(
    root: Path, readme: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root)
    (code,) = code_blocks(readme, "python")
    assert len(code.splitlines()) <= 8
    exec(compile(code, "README.md", "exec"), {"__name__": "__main__"})  # noqa: S102 - our own
    printed = capsys.readouterr().out
    (expected,) = code_blocks(readme, "text library")
    assert printed == expected


@pytest.mark.model
def test_readme_query_answers_from_the_examples(root: Path, readme: str, tmp_path: Path) -> None:
    runner = CliRunner()
    built = runner.invoke(cli, ["build", str(root / "examples"), "--out", str(tmp_path)])
    assert built.exit_code == 0, built.output
    query = str(root / "docs/initiatives.rq")
    answer = runner.invoke(cli, ["query", str(tmp_path / "graph.ttl"), "--file", query])
    assert answer.exit_code == 0, answer.output
    (expected,) = code_blocks(readme, "text query")
    assert answer.output == expected
