"""Writes what the documents quote: `make docs`.

docs/cli.md is made from the help texts of the command line. In README.md, the blocks that begin
with ```sparql or ```text are filled with the query, and with what the commands and the code beside
them print. docs/property-graph.md shows the questions in Cypher and ends with the
data dictionary of the examples.
"""

from __future__ import annotations

import contextlib
import functools
import io
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
from click.testing import CliRunner

from kg.cli import cli
from kg.property_graph import written_view
from kg.property_graph.dictionary import data_dictionary
from kg.property_graph.markdown import render_dictionary
from kg.rdf.written import open_written

ROOT = Path(__file__).resolve().parent.parent
QUERY = ROOT / "docs" / "initiatives.rq"
QUESTIONS = ("<!-- questions: written by `make docs` -->", "<!-- end of the questions -->")
DICTIONARY = (
    "<!-- dictionary: written by `make docs` -->",
    "<!-- end of the dictionary -->",
)
WIDTH = 90


def cli_reference() -> str:
    """The text of docs/cli.md: each command with its help, in the order of the help."""
    parts = ["# Command line\n\nWritten by `make docs`; edit the help texts in `kg/cli/`.\n"]
    parts += [f"## `{path}`\n\n```\n{text}\n```\n" for path, text in _helps(cli, "kg", None)]
    return "\n".join(parts)


def _helps(
    command: click.Command, name: str, parent: click.Context | None
) -> Iterator[tuple[str, str]]:
    settings = command.context_settings | {"terminal_width": WIDTH, "max_content_width": WIDTH}
    context = click.Context(command, info_name=name, parent=parent, **settings)
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            if found is not None:
                yield from _helps(found, child, context)


def readme(text: str) -> str:
    """The README with its quoting blocks filled; all else as it is."""
    folder = _examples().name
    blocks = {
        "sparql": QUERY.read_text("utf-8"),
        "text show": _run("show", f"{folder}/facts.jsonl", "OBS Cloud"),
        "text query": _run("query", f"{folder}/graph.ttl", "--file", str(QUERY)),
        "text library": _output_of(code_block(text, "python")),
    }
    for fence, content in blocks.items():
        old = f"```{fence}\n{code_block(text, fence)}```\n"
        text = text.replace(old, f"```{fence}\n{content}```\n")
    return text


def property_graph(text: str) -> str:
    """docs/property-graph.md with its questions and the data dictionary of the examples."""
    return _filled(_filled(text, QUESTIONS, _cypher()), DICTIONARY, _dictionary())


def _filled(text: str, marks: tuple[str, str], content: str) -> str:
    """The text with the content between two marks."""
    start, end = marks
    before, after = text.split(start)[0], text.split(end)[1]
    return f"{before}{start}\n\n{content}\n{end}{after}"


def _cypher() -> str:
    parts = []
    for path in sorted((ROOT / "ontology" / "newsroom" / "cypher").glob("*.cypher")):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        count = next(n for n, line in enumerate(lines) if not line.startswith("//"))
        said, query = lines[:count], "".join(lines[count:])
        question = next(line for line in said if "question:" in line).split(": ", 1)[1].strip()
        link = f"[{path.stem}](../ontology/newsroom/cypher/{path.name})"
        parts.append(f"### {link}\n\n{question}\n\n```cypher\n{query}```\n")
    return "\n".join(parts)


def _dictionary() -> str:
    written = open_written(Path(_examples().name))
    dictionary = data_dictionary(written_view(written, "nodes"), written.ontology)
    heading, tables = render_dictionary(dictionary, level=2).split("\n", 1)
    about = "What the [examples](../examples) have; a number counts nodes or relationships."
    return f"{heading}\n\n{about}\n{tables.rstrip()}\n"


@functools.cache
def _examples() -> tempfile.TemporaryDirectory[str]:
    """A build of the examples, which is there until the process ends."""
    folder = tempfile.TemporaryDirectory()
    _run("build", str(ROOT / "examples"), "--out", folder.name)
    return folder


def code_block(text: str, fence: str) -> str:
    """The content of the one block that begins with that fence. Raises ValueError for none."""
    (content,) = re.findall(rf"^```{fence}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return str(content)


def _run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    if result.exit_code:
        raise RuntimeError(f"kg {' '.join(arguments)}: {result.output}")
    return result.stdout


def _output_of(code: str) -> str:
    """What the code prints when it is run in the project's folder."""
    printed = io.StringIO()
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        with contextlib.redirect_stdout(printed):
            exec(compile(code, "README.md", "exec"), {"__name__": "__main__"})  # noqa: S102 - ours
    finally:
        os.chdir(before)
    return printed.getvalue()


if __name__ == "__main__":
    (ROOT / "docs" / "cli.md").write_text(cli_reference(), "utf-8")
    README = ROOT / "README.md"
    README.write_text(readme(README.read_text("utf-8")), "utf-8")
    PROPERTY_GRAPH = ROOT / "docs" / "property-graph.md"
    PROPERTY_GRAPH.write_text(property_graph(PROPERTY_GRAPH.read_text("utf-8")), "utf-8")
