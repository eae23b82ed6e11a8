"""The documents say what is so: the reference is fresh, the code in the README runs."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)")


def load_script(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def generate(root: Path) -> ModuleType:
    """docs/generate.py, which writes what the documents quote."""
    return load_script(root / "docs/generate.py")


@pytest.fixture(scope="session")
def readme(root: Path) -> str:
    return (root / "README.md").read_text("utf-8")


def test_command_line_reference_is_up_to_date(root: Path, generate: ModuleType) -> None:
    written = (root / "docs/cli.md").read_text("utf-8")
    assert written == generate.cli_reference(), "docs/cli.md is stale: run `make docs`"


@pytest.mark.model
def test_readme_quotes_what_its_commands_and_code_print(generate: ModuleType, readme: str) -> None:
    assert readme == generate.readme(readme), "README.md is stale: run `make docs`"


@pytest.mark.model
def test_the_data_dictionary_is_that_of_the_examples(root: Path, generate: ModuleType) -> None:
    text = (root / "docs/property-graph.md").read_text("utf-8")
    assert text == generate.property_graph(text), "docs/property-graph.md is stale: run `make docs`"


def test_readme_library_code_is_short(generate: ModuleType, readme: str) -> None:
    assert len(generate.code_block(readme, "python").splitlines()) <= 8


@pytest.mark.parametrize("fence", ["text show", "text query", "text library"])
def test_readme_outputs_are_not_empty(generate: ModuleType, readme: str, fence: str) -> None:
    assert len(generate.code_block(readme, fence).splitlines()) >= 3


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/property-graph.md"]
)
def test_links_lead_to_files_of_the_project(root: Path, name: str) -> None:
    text = (root / name).read_text("utf-8")
    folder = (root / name).parent
    missing = [link for link in LINK.findall(text) if not (folder / link).exists()]
    assert missing == []


def test_documents_name_no_module_that_is_not_there(root: Path) -> None:
    for name in ("README.md", "CONTRIBUTING.md"):
        text = (root / name).read_text("utf-8")
        for path in re.findall(r"`(kg/[\w/]+\.py|tests/[\w/]+\.py|ontology/\w+/\w+\.\w+)`", text):
            assert (root / path).exists(), f"{name} names {path}"


def test_make_targets_of_the_documents_exist(root: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text("utf-8"), re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md"):
        text = (root / name).read_text("utf-8")
        used = set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE))
        assert used
        assert used <= targets, f"{name} names targets that the Makefile does not have"
