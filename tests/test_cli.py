"""The command line: exit codes, what goes to stdout and to stderr, and one line for an error."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

import kg.pipeline
from kg.cli import KgGroup, cli
from kg.errors import InputError
from kg.model.graph import KnowledgeGraph
from kg.report import Skipped, report_build

SENTENCE = re.compile(r"[A-Z].*\.", re.DOTALL)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def verbs(
    command: click.Command = cli, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that call it, groups included."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            yield from verbs(child, (*path, name))


VERBS = dict(verbs())


def test_there_are_the_verbs_that_the_documents_name() -> None:
    assert {path[0] for path in VERBS if path} >= {"build", "query", "evaluate", "show", "ontology"}
    assert {("ontology", "check"), ("ontology", "list")} <= set(VERBS)


def test_the_list_of_verbs_says_what_their_own_help_says() -> None:
    assert isinstance(cli, KgGroup)
    for name, (_, sentence) in cli.homes.items():
        first = (VERBS[name,].help or "").split("\n\n")[0]
        assert " ".join(first.split()) == sentence, name


@pytest.mark.parametrize("path", VERBS, ids=" ".join)
def test_every_command_has_help_with_an_example_of_itself(path: tuple[str, ...]) -> None:
    command = VERBS[path]
    assert SENTENCE.fullmatch((command.help or "").strip())
    assert len(command.get_short_help_str(100)) < 90
    result = run(*path, "--help")
    assert result.exit_code == 0
    if not isinstance(command, click.Group):
        assert f"Example:\n    kg {' '.join(path)}" in result.stdout
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{path} {parameter.name} has no help"


def test_a_foreseen_error_is_one_line_on_stderr_and_exit_code_1() -> None:
    @click.group(cls=KgGroup)
    def group() -> None:
        pass

    @group.group()
    def inner() -> None:
        pass

    @inner.command()
    def fail() -> None:
        raise InputError("a.txt: line 3\n  is odd")

    result = CliRunner().invoke(group, ["inner", "fail"])
    assert result.exit_code == 1
    assert result.stderr == "Error: a.txt: line 3 is odd\n"
    assert result.stdout == ""


def test_an_unforeseen_error_is_not_hidden() -> None:
    @click.group(cls=KgGroup)
    def group() -> None:
        pass

    @group.command()
    def fail() -> None:
        raise ZeroDivisionError

    assert isinstance(CliRunner().invoke(group, ["fail"]).exception, ZeroDivisionError)


@pytest.fixture
def skipped() -> list[Skipped]:
    """What the stand-in for the build says it left out; a test fills it."""
    return []


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch, skipped: list[Skipped]) -> list[dict[str, Any]]:
    """A stand-in for the build that records how it was called."""
    made: list[dict[str, Any]] = []

    def fake(paths: Any, settings: Any, **options: Any) -> Any:
        made.append({"paths": paths, "settings": settings, **options})
        if options["progress"]:
            options["progress"](1, 1, "a.txt")
        return report_build(KnowledgeGraph(), (), skipped, {}, ())

    monkeypatch.setattr(kg.pipeline, "build_files", fake)
    return made


def test_build_passes_on_what_it_is_given(calls: list[dict[str, Any]]) -> None:
    result = run(
        *("build", "a.txt", "b", "--out", "o", "--domain", "newsroom", "--processes", "2"),
        *("--base-iri", "https://example.org/", "--model", "m", "--max-chars", "9"),
        *("--timeout", "60"),
        *(
            "--url",
            "https://a.example",
            "--url",
            "https://b.example",
            "--allow-private",
            "--no-text",
        ),
    )
    assert result.exit_code == 0, result.output
    (call,) = calls
    assert call["paths"] == ("a.txt", "b")
    assert call["urls"] == ("https://a.example", "https://b.example")
    settings = kg.pipeline.Settings(
        "newsroom", "https://example.org/", "m", 9, True, page_text=False, timeout=60.0
    )
    assert call["settings"] == settings
    assert (call["out"], call["processes"]) == ("o", 2)


@pytest.mark.usefixtures("calls")
def test_build_prints_plain_lines_and_a_summary_in_a_pipe() -> None:
    result = run("build", "a.txt")
    assert result.stderr == "1/1 a.txt\n"
    assert result.stdout.startswith("articles   0 read, 0 skipped\n")
    assert "graph.html" in result.stdout
    assert "\x1b" not in result.output


@pytest.mark.usefixtures("calls")
def test_quiet_build_prints_nothing() -> None:
    result = run("build", "a.txt", "--quiet")
    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.usefixtures("calls")
def test_build_exits_with_1_when_an_input_was_skipped(skipped: list[Skipped]) -> None:
    skipped.append(Skipped("b.txt", "it is empty"))
    result = run("build", "a.txt", "b.txt")
    assert result.exit_code == 1
    assert "skipped    b.txt: it is empty" in result.stdout
    result = run("build", "a.txt", "b.txt", "--quiet")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Skipped: b.txt: it is empty\n"


@pytest.mark.usefixtures("calls")
def test_names_of_articles_cannot_steer_the_terminal(skipped: list[Skipped]) -> None:
    skipped.append(Skipped("b\x1b[2J\n.txt", "it is empty"))
    result = run("build", "a.txt", "--quiet")
    assert result.stderr == "Skipped: b [2J .txt: it is empty\n"
    refused = run("ask", "a\x1b[2Jb")
    assert refused.exit_code == 1
    assert "a [2Jb: no such folder or file" in refused.stderr


@pytest.mark.usefixtures("calls")
def test_build_shows_a_bar_on_a_terminal() -> None:
    pty = pytest.importorskip("pty", reason="no terminals on this platform")
    import os

    script = (
        "import sys, time, kg.cli.progress\n"
        "with kg.cli.progress.shown_progress('Reading', quiet=False) as progress:\n"
        "    for done in 1, 2:\n"
        "        time.sleep(0.2)\n"
        "        progress(done, 2, f'{done}.txt')\n"
    )
    parent, child = pty.openpty()
    with subprocess.Popen([sys.executable, "-c", script], stderr=child) as process:
        process.wait(20)
        os.close(child)
        shown = os.read(parent, 10_000).decode()
        os.close(parent)
    assert "100%" in shown
    assert "2.txt" in shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("build",), "Missing argument 'PATH...', or give --url"),
        (("build", "a.txt", "--max-chars", "0"), "0 is not in the range"),
        (("build", "a.txt", "--processes", "0"), "0 is not in the range"),
        (("query", "README.md"), "give either a QUERY or --file"),
        (("query", "none.ttl", "ASK {}"), "'none.ttl' does not exist"),
        (("evaluate", "none.jsonl", "."), "'none.jsonl' does not exist"),
        (("show", "none.jsonl", "Acme"), "'none.jsonl' does not exist"),
    ],
)
def test_wrong_usage_exits_with_2(
    monkeypatch: pytest.MonkeyPatch, root: Path, arguments: tuple[str, ...], message: str
) -> None:
    monkeypatch.chdir(root)
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_build_with_an_unknown_domain_names_the_known_ones(tmp_path: Path) -> None:
    result = run("build", tmp_path, "--domain", "chess", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert result.stderr.startswith(
        "Error: no domain named 'chess'; there are: newsroom, olympics, space"
    )
    assert not (tmp_path / "out").exists()


@pytest.fixture
def graph_file(tmp_path: Path) -> Path:
    """A graph of one triple."""
    path = tmp_path / "graph.ttl"
    path.write_text('<https://example.org/a> <https://example.org/name> "Acme, Ltd" .\n')
    return path


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("table", "name\n---------\nAcme, Ltd\n"),
        ("csv", 'name\r\n"Acme, Ltd"\r\n'),
        ("json", '"value":"Acme, Ltd"'),
    ],
)
def test_query_prints_rows_in_the_format_asked_for(
    graph_file: Path, output: str, expected: str
) -> None:
    query = graph_file.with_name("query.rq")
    query.write_text("SELECT ?name WHERE { ?s ?p ?name }")
    from_file = run("query", graph_file, "--file", query, "--format", output)
    assert (from_file.exit_code, from_file.stderr) == (0, "")
    assert expected in from_file.stdout_bytes.decode()
    assert run("query", graph_file, query.read_text(), "--format", output).stdout_bytes == (
        from_file.stdout_bytes
    )


def test_query_that_does_not_parse_is_one_line(graph_file: Path) -> None:
    result = run("query", graph_file, "SELECT WHERE")
    assert result.exit_code == 1
    assert re.fullmatch(r"Error: .+\n", result.stderr)


def test_query_file_in_another_encoding_is_one_line(graph_file: Path) -> None:
    query = graph_file.with_name("query.rq")
    query.write_bytes("ASK { ?s ?p 'é' }".encode("utf-16"))
    result = run("query", graph_file, "--file", query)
    assert result.exit_code == 1
    assert "is not UTF-8" in result.stderr


def test_evaluate_prints_scores_and_fails_below_the_bound(root: Path, tmp_path: Path) -> None:
    (tmp_path / "facts.jsonl").write_text("")
    arguments = ("evaluate", tmp_path / "facts.jsonl", root / "tests/fixtures/gold")
    table = run(*arguments)
    assert table.exit_code == 0, table.output
    assert table.stdout.splitlines()[0].split()[:3] == ["P", "R", "F1"]
    scores = run(*arguments, "--format", "json", "--min-f1", "0.5")
    assert scores.exit_code == 1
    assert json.loads(scores.stdout)["overall"]["recall"] == 0
    assert scores.stderr == "Error: F1 is 0.000, below 0.5\n"


def test_show_prints_facts_with_quotes_or_close_names(tmp_path: Path) -> None:
    from kg.export.jsonl import render_jsonl
    from tests.factories import (
        make_article,
        make_entity,
        make_evidence,
        make_fact,
        make_graph,
        make_ontology,
    )

    article = make_article("Acme bought Beta.")
    evidence = make_evidence(article, "Acme bought Beta.")
    fact = make_fact(make_entity("Acme"), "acquired", make_entity("Beta"), evidence)
    facts = tmp_path / "facts.jsonl"
    facts.write_text(render_jsonl(make_graph([article], [fact]), make_ontology()), "utf-8")
    found = run("show", facts, "acme")
    assert found.exit_code == 0, found.output
    assert "“Acme bought Beta.”" in found.stdout
    missing = run("show", facts, "Acmee")
    assert (missing.exit_code, missing.stdout) == (1, "")
    assert missing.stderr.startswith("Error: no entity named 'Acmee'; there are: Acme")


def test_ontology_list_names_every_domain() -> None:
    result = run("ontology", "list")
    assert result.exit_code == 0
    names = [line.split(":")[0] for line in result.stdout.splitlines()]
    assert names == ["newsroom", "olympics", "space"]
    assert re.search(r"[1-9]\d* classes, [1-9]\d* relations", result.stdout)
    assert "proposed" not in result.stdout  # somebody has read the frames of each


def test_ontology_check_passes_the_packaged_domains() -> None:
    result = run("ontology", "check")
    assert result.exit_code == 0, result.output
    said = [f"{name}: no problem found" for name in ("newsroom", "olympics", "space")]
    assert result.stdout.splitlines() == said


def test_ontology_check_fails_on_a_broken_domain(tmp_path: Path) -> None:
    (tmp_path / "domain.toml").write_text('title = "Broken"\niri = "https://example.org/b#"\n')
    (tmp_path / "ontology.ttl").write_text("this is no Turtle")
    result = run("ontology", "check", tmp_path)
    assert result.exit_code == 1
    assert "ontology.ttl" in result.stdout


def test_module_runs_as_the_command() -> None:
    command = [sys.executable, "-m", "kg", "--version"]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert result.stdout == f"kg, version {kg.__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", "--list", "out"],
        ["conflicts", "out"],
        ["diff", "out", "out"],
        ["export", "out", "--to", "nquads"],
        ["query", "out/a.txt", "ASK {}"],
        ["show", "out", "Zorvex"],
        ["verify", "out"],
        ["view", "out", "--print"],
    ],
)
def test_a_change_that_was_begun_is_finished_before_outputs_are_read(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "a.txt").write_text("old")
    (out / ".a.txt.0badcafe.part").write_text("new")
    (out / "gone.txt").write_text("old")
    changes = {"replace": {".a.txt.0badcafe.part": "a.txt"}, "remove": ["gone.txt"]}
    (out / ".kg-changes").write_text(json.dumps(changes))
    monkeypatch.chdir(tmp_path)
    run(*arguments)  # that these are no outputs of a build, it says afterwards
    assert {path.name: path.read_text() for path in out.iterdir()} == {"a.txt": "new"}
