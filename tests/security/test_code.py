"""Nothing that is read can run code: no module of the package has what would let it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli

# What makes code of data, or a program of a text. In workers our own processes talk by pickles,
# in engine/files.py by files of a temporary folder that is nobody else's.
FORBIDDEN_MODULES = {"cloudpickle", "dill", "joblib", "marshal", "pickle", "shelve", "torch"}
FORBIDDEN_CALLS = {
    "eval", "exec", "compile", "__import__", "breakpoint",
    "os.system", "os.popen", "os.startfile", "subprocess.getoutput", "subprocess.getstatusoutput",
    "yaml.load", "yaml.full_load", "yaml.unsafe_load", "numpy.load", "np.load",
    "shutil.unpack_archive", "code.interact",
}  # fmt: skip
ALLOWED = {("workers/answers.py", "pickle"), ("engine/files.py", "pickle")}
# Imports of modules by name, each with the reason why no reader of data can choose the name.
BY_NAME = {
    "__init__.py": "names of the public interface",
    "cli/group.py": "homes of verbs",
    "export/formats.py": "homes of exporters",
    "model/graph.py": "one name, written there",
    "read/extras.py": "names written by the readers",
}


@cache
def parsed(root: Path) -> tuple[tuple[str, ast.Module], ...]:
    home = root / "kg"
    files = sorted(home.rglob("*.py"))
    return tuple((p.relative_to(home).as_posix(), ast.parse(p.read_text("utf-8"))) for p in files)


def imported(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def test_no_module_makes_code_of_data(root: Path) -> None:
    found = {(name, m) for name, t in parsed(root) for m in imported(t) & FORBIDDEN_MODULES}
    assert found <= ALLOWED
    found = {(name, called) for name, t in parsed(root) for called, _ in calls(t)}
    assert {item for item in found if item[1] in FORBIDDEN_CALLS} == set()


def test_no_shell_is_started(root: Path) -> None:
    for name, tree in parsed(root):
        for called, node in calls(tree):
            shell = [k for k in node.keywords if k.arg == "shell"]
            assert not shell, f"{name}: {called}"


def test_modules_are_imported_by_names_of_our_own_only(root: Path) -> None:
    found = {name for name, t in parsed(root) for c, _ in calls(t) if c.endswith("import_module")}
    assert found == BY_NAME.keys()


def test_the_check_finds_what_it_looks_for() -> None:
    tree = ast.parse("import pickle, os\nfrom yaml import load\nos.system('x')\neval('1')")
    assert imported(tree) & FORBIDDEN_MODULES == {"pickle"}
    assert {called for called, _ in calls(tree)} == {"os.system", "eval"}


def test_no_template_takes_code_or_leaves_markup_as_it_is(root: Path) -> None:
    for path in sorted((root / "kg").rglob("*.html")):
        text = path.read_text("utf-8")
        assert "| safe" not in text, path
        assert "|safe" not in text, path
    pages = (root / "kg/serve/pages.py").read_text("utf-8")
    site = "".join(p.read_text("utf-8") for p in (root / "kg/serve").glob("*.py"))
    assert "autoescape=True" in pages + site


@pytest.mark.parametrize(
    "tag",
    [
        '!!python/object/apply:os.system ["touch ran"]',
        "!!python/name:os.system",
        '!!python/object/new:subprocess.Popen [["touch", "ran"]]',
    ],
)
def test_a_yaml_tag_makes_no_object(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tag: str
) -> None:
    monkeypatch.chdir(tmp_path)
    schema = tmp_path / "schema.yaml"
    schema.write_text(f"id: http://x.example\nname: {tag}\nclasses:\n  A: {{}}\n", "utf-8")
    made = ["ontology", "new", "made", "--from", str(schema), "--out", str(tmp_path / "made")]
    result = CliRunner().invoke(cli, made)
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert not (tmp_path / "ran").exists()


def test_what_was_learned_is_data(root: Path) -> None:
    folders = [p for p in (root / "ontology").rglob("learned") if p.is_dir()]
    suffixes = {p.suffix for folder in folders for p in folder.rglob("*") if p.is_file()}
    assert suffixes <= {".json", ".jsonl", ".toml", ".md", ".txt"}
