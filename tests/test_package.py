"""The package as others get it: its public names, what importing costs, and the wheel."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

import kg
from kg.ontology.domain import domain_names

DOMAIN = ("domain.toml", "ontology.ttl", "shapes.ttl", "names.ttl", "frames.toml", "README.md")
HEAVY = (
    *("spacy", "pyvis", "rdflib", "pyshacl", "networkx", "trafilatura", "jinja2", "lxml"),
    *("pypdf", "warcio", "feedparser", "protego", "http.client", "scipy", "openai", "httpx2"),
)


def loaded_after(code: str) -> set[str]:
    """The heavy libraries that a fresh interpreter has loaded after running `code`."""
    script = (
        f"{code}\nimport sys, json\nprint(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    return set(json.loads(result.stdout.splitlines()[-1]))


def test_every_public_name_can_be_loaded() -> None:
    assert sorted(kg.__all__) == kg.__all__
    for name in kg.__all__:
        assert getattr(kg, name) is not None
    assert dir(kg) == kg.__all__


def test_public_names_are_the_documented_ones() -> None:
    assert set(kg.__all__) == {
        "Article",
        "Entity",
        "Fact",
        "KnowledgeGraph",
        "LlmSettings",
        "Statement",
        "__version__",
        "build",
        "errors",
        "load_ontology",
        "review_build",
        "to_networkx",
    }


def test_version_is_the_one_of_the_project_file(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    assert kg.__version__ == project["version"]


def test_unknown_name_raises_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = kg.nonsense


@pytest.mark.parametrize(
    "code",
    [
        "import kg",
        "import importlib, kg.cli\n"
        "[importlib.import_module(home.split(':')[0]) for home, _ in kg.cli.VERBS.values()]",
        "import kg.pipeline",
        "import kg; kg.build",
        "import kg; kg.KnowledgeGraph",
        "from click.testing import CliRunner; from kg.cli import cli\n"
        "assert CliRunner().invoke(cli, ['build', '--help']).exit_code == 0",
    ],
)
def test_importing_loads_no_heavy_library(code: str) -> None:
    assert loaded_after(code) == set()


def test_help_imports_no_verb_and_little_else_of_the_package() -> None:
    code = "from click.testing import CliRunner; from kg.cli import cli\nimport sys\n"
    code += "assert CliRunner().invoke(cli, ['--help']).exit_code == 0\n"
    code += "print(*(name for name in sys.modules if name.split('.')[0] == 'kg'))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert set(result.stdout.decode().split()) <= {
        *("kg", "kg.cli", "kg.cli.group", "kg.errors", "kg.model", "kg.model.wording"),
    }


def test_heavy_libraries_are_seen_when_they_are_loaded() -> None:
    assert "networkx" in loaded_after("import networkx")


@pytest.mark.slow
def test_wheel_works_in_an_empty_environment(root: Path, tmp_path: Path, examples: Path) -> None:
    pytest.importorskip("build")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "KG_"))}
    dist = tmp_path / "dist"
    # the wheel is built from the unpacked sdist, so that both are tested
    run([sys.executable, "-m", "build", "--outdir", str(dist), str(root)], tmp_path, environment)
    wheel = next(dist.glob("*.whl"))
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"kg/domains/{d}/{f}" for d in domain_names() for f in DOMAIN} <= names
    assert "kg/domains/space/learned/model.json" in names
    assert {"kg/py.typed", "kg/cli/__init__.py", "kg/serve/templates/base.html"} <= names
    assert {
        f"kg/serve/static/yasgui.{end}" for end in ("min.js", "min.css", "LICENSES.txt")
    } <= names
    assert not {name for name in names if name.startswith(("tests/", "ontology/"))}

    venv.create(tmp_path / "env", with_pip=True)
    scripts = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    run([str(scripts / "python"), "-m", "pip", "install", "-q", str(wheel)], tmp_path, environment)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "article.txt").write_bytes((examples / "obs-cloud.txt").read_bytes())
    kg_command = str(scripts / "kg")
    printed = run([kg_command, "build", "article.txt"], elsewhere, environment)
    assert "1 read, 0 skipped" in printed
    facts = [json.loads(line) for line in (elsewhere / "out/facts.jsonl").open("rb")]
    assert any(fact["predicate"] == "partnerOf" for fact in facts)
    assert json.loads((elsewhere / "out/report.json").read_text("utf-8"))["conforms"]
    assert (elsewhere / "out/graph.html").stat().st_size > 10_000
    listed = run([kg_command, "ontology", "list"], elsewhere, environment)
    assert [line.split(":")[0] for line in listed.splitlines()] == list(domain_names())


def run(command: list[str], folder: Path, environment: dict[str, str]) -> str:
    """What the command printed; its errors are shown when it fails."""
    result = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, f"{command}: {result.stdout}{result.stderr}"
    return result.stdout
