"""What comes from an article stays text: in tables, on a terminal, in Markdown, in queries."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import kg.cli.group as group
from kg.cli import cli
from kg.export.jsonl import render_jsonl
from kg.export.tables import render_csv
from kg.model.wording import plain_cell, without_user
from kg.ontology.domain import load_ontology
from kg.property_graph import property_graph
from kg.property_graph.dictionary import data_dictionary
from kg.property_graph.markdown import render_dictionary
from kg.rdf.store import run_query
from tests.export.written import known_graphs, written_in
from tests.factories import make_article, make_entity, make_evidence, make_fact, make_graph
from tests.property_graph.hostile import hostile_graph
from tests.rdf.strategies import ONTOLOGY

FORMULA = re.compile(r"\s*[=+\-@\t\r\n＝＋－＠]")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
BEGINNINGS = st.sampled_from(
    ["=1+1", "+SUM(A1)", "-2+3", "@A1", "\t=1", "\r=1", "\n=1", "＝1", "'=1"]
)


@given(st.builds("".join, st.lists(BEGINNINGS | st.text(max_size=5), max_size=4)))
def test_a_cell_is_no_formula_and_its_text_comes_back(text: str) -> None:
    cell = plain_cell(text)
    assert NUMBER.fullmatch(cell) or not re.match(r"[=+\-@\t\r\n＝＋－＠]", cell)
    assert cell in (text, f"'{text}")
    if cell != text:
        assert plain_cell(cell) != cell  # whoever takes apostrophes away knows which is ours


def test_two_texts_are_never_one_cell() -> None:
    texts = ["=1", "'=1", "''=1", "'tis", "1", "-1", "'-1", "'a"]
    assert len({plain_cell(text) for text in texts}) == len(texts)


NAMES = ('=HYPERLINK("http://x.example","y")', "+1-1", "-cmd|' /C calc'!A0", "@SUM(1)", "\t=1")


def named(*names: str) -> list[list[str]]:
    """The rows of the tables of a graph of entities of these names."""
    page = make_article("Words.", "a.txt")
    place = make_evidence(page, "Words.")
    facts = [
        make_fact(make_entity(name), "acquired", make_entity("Plain"), place) for name in names
    ]
    graph = property_graph(make_graph([page], facts), load_ontology())
    return [row for text in render_csv(graph).values() for row in csv.reader(io.StringIO(text))]


def test_no_cell_of_an_exported_table_is_a_formula() -> None:
    rows = named(*NAMES)
    cells = {cell for row in rows for cell in row}
    assert {f"'{name}" for name in NAMES} <= cells
    for cell in cells:
        assert NUMBER.fullmatch(cell) or not FORMULA.match(cell), cell


def test_no_cell_of_an_answer_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    values = ('"=1+1"', '"@x"', '"\\t=1"', "-5", "-1.5", '"plain, =1"', '"a\\nb"', "'\"=1\"'")
    path.write_text(f"<http://x.example/a> <http://x.example/b> {', '.join(values)} .", "utf-8")
    for form in ("SELECT ?o { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"):
        rows = list(csv.reader(io.StringIO(run_query(path, form).to_csv(), newline="")))
        found = {row[-1] for row in rows[1:]}
        assert found == {"'=1+1", "'@x", "'\t=1", "-5", "-1.5", "plain, =1", "a\nb", '"=1"'}


def test_a_definition_is_no_markup_in_the_dictionary() -> None:
    dictionary = data_dictionary(property_graph(known_graphs()["showcase"], ONTOLOGY), ONTOLOGY)
    hostile = "<script>x</script> | [y](javascript:z)\n# head ![i](http://x.example/i)"
    labels = tuple(replace(item, meaning=hostile) for item in dictionary.labels)
    text = render_dictionary(replace(dictionary, labels=labels))
    assert "<script" not in text
    assert "](" not in text
    assert not re.search(r"^# head", text, re.M)
    rows = [line for line in text.splitlines() if "javascript" in line]
    assert len(rows) == len(labels)
    assert {len(row.split(" | ")) for row in rows} == {4}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs, as far as verbs read them, of a graph whose every text is hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    written_in(folder, hostile_graph())
    facts = render_jsonl(hostile_graph(), ONTOLOGY)
    (folder / "facts.jsonl").write_text(facts, "utf-8", "surrogatepass", newline="")
    return folder


EVERYTHING = "SELECT * { ?s ?p ?o FILTER isLiteral(?o) }"


@pytest.mark.parametrize(
    "words",
    [
        ("query", "graph.trig", EVERYTHING),
        ("query", "graph.trig", EVERYTHING, "--format", "csv"),
        ("query", "graph.trig", EVERYTHING, "--format", "json"),
        ("query", "graph.trig", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "--format", "json"),
        ("ask", "names-as-written", "."),
        ("ask", "names-as-written", ".", "--format", "csv"),
        ("show", ".", "no such \x1b]0;name\x07"),
        ("export", ".", "--to", "csv", "--out", "to\x1b[2J"),
    ],
)
def test_nothing_that_a_verb_prints_steers_a_terminal(
    hostile: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(hostile)
    monkeypatch.setattr(group, "_is_terminal", lambda stream: True)
    result = CliRunner().invoke(cli, words)
    assert len(result.output) > 10
    assert all(char.isprintable() or char in "\n\t" for char in result.output)


def test_data_go_into_a_pipe_as_they_are(hostile: Path) -> None:
    words = ("query", str(hostile / "graph.trig"), EVERYTHING, "--format", "csv")
    assert "\x85" in CliRunner().invoke(cli, words).output


def test_every_verb_prints_through_what_protects_terminals(root: Path) -> None:
    for path in sorted((root / "kg/cli").glob("*.py")):
        if path.name != "group.py":
            text = path.read_text("utf-8")
            assert not re.search(
                r"click\.(echo|secho|print)|\bprint\(|std(out|err)\.write", text
            ), path


def test_the_password_of_an_address_is_in_no_name() -> None:
    for address in ("https://me:quite-secret@x.example/a@b", "http://me:quite-secret@[x/y"):
        assert "quite-secret" not in without_user(address)
    assert without_user("https://x.example/a@b?c=d@e") == "https://x.example/a@b?c=d@e"
