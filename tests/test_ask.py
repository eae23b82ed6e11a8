"""The questions of the domains: that they run on any graph, and what they answer."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from kg.ask import ask, graph_of, questions_of
from kg.cli import cli
from kg.errors import InputError, OntologyError, UnknownNameError
from kg.ontology.domain import load_folders
from kg.ontology.questions import Question, read_questions
from kg.pipeline import build
from kg.rdf.terms import PREFIXES
from tests.answers import as_rows, read_answer

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = read_questions(load_folders("olympics"))
INCOMPLETE = {  # what the graph does not hold of an answer that a careful reader gives
    "unresolved": "of a business in a list and of efforts named like a choir nothing is stated",
}
EMPTY = frozenset(  # what neither the examples nor the invented articles say anything of
    {
        "brand-building",
        "does-not-fit",
        "how-presented",
        "objectives",
        "slogans-and-missions",
        "success-measures",
        "who-develops-with-whom",
    }
)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory, examples: Path) -> Path:
    """A build of the example articles and of invented ones."""
    folder = tmp_path_factory.mktemp("examples")
    build([examples, ROOT / "tests/fixtures/showcase"], out=folder)
    return folder


@pytest.fixture(scope="module")
def main(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Path:
    """A build of the two main articles."""
    folder = tmp_path_factory.mktemp("main")
    build(sorted((shared / "articles").glob("*.txt")), out=folder)
    return folder


def _kg(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def test_there_are_thirty_questions_with_an_answer_each() -> None:
    assert len(QUESTIONS) == 30
    assert sorted(QUESTIONS) == sorted(p.stem for p in (ROOT / "tests/questions").glob("*.json"))


@pytest.mark.shared
@pytest.mark.model
@pytest.mark.parametrize("name", QUESTIONS)
def test_question_has_the_rows_spans_and_voices_that_the_articles_give(
    name: str, main: Path, shared: Path, request: pytest.FixtureRequest
) -> None:
    if name in INCOMPLETE:
        request.applymarker(pytest.mark.xfail(strict=True, reason=INCOMPLETE[name]))
    answer = read_answer(ROOT / f"tests/questions/{name}.json")
    texts = {p.name: p.read_text("utf-8") for p in (shared / "articles").glob("*.txt")}
    result = ask(graph_of(main), QUESTIONS[name], answer["params"])
    assert as_rows(result, texts) == answer["rows"]


@pytest.mark.model
@pytest.mark.parametrize("name", QUESTIONS)
def test_question_runs_on_the_examples(name: str, out: Path) -> None:
    result = ask(graph_of(out), QUESTIONS[name])
    assert bool(result.rows) == (name not in EMPTY)
    assert ask(graph_of(out / "graph.ttl"), QUESTIONS[name]).rows == result.rows


@pytest.mark.model
def test_list_has_each_question_on_a_line(out: Path) -> None:
    lines = _kg("ask", "--list", out).stdout.splitlines()
    assert [line.split("  ")[0].strip() for line in lines] == list(QUESTIONS)
    assert all(line.endswith((".", "?")) for line in lines)
    assert _kg("ask", out).stdout.splitlines() == lines


@pytest.mark.model
def test_answer_as_table_csv_and_json(out: Path) -> None:
    table = _kg("ask", "who-is-who", out).stdout
    assert "Yiannis Exarchos" in table
    cells = [cell for line in table.splitlines()[2:] for cell in line.split("  ")]
    assert max(len(cell) for cell in cells) <= 60
    csv = _kg("ask", "who-is-who", out, "--format", "csv").stdout
    assert csv.startswith("person,title,organisation,")
    assert '"bindings"' in _kg("ask", "who-is-who", out, "--format", "json").stdout


@pytest.mark.model
def test_an_entity_narrows_the_answer_by_any_of_its_names(out: Path) -> None:
    graph, question = graph_of(out), QUESTIONS["who-is-who"]
    everything = ask(graph, question).rows
    named = ask(graph, question, {"entity": "chris tung"}).rows
    assert 0 < len(named) < len(everything)
    assert {str(row[0]) for row in named} == {'"Chris Tung"'}


@pytest.mark.model
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("who-sponsor-what",), "no question named 'who-sponsor-what'; there are: who-"),
        (("who-is-who", "--entity", "Chris Tang"), "no entity named 'Chris Tang'; there are: Ch"),
        (("who-is-who", "--param", "colour=red"), "no parameter of who-is-who named 'colour'"),
    ],
)
def test_unknown_names_are_answered_with_near_ones(
    arguments: tuple[str, ...], message: str, out: Path
) -> None:
    name, *rest = arguments
    result = _kg("ask", name, out, *rest)
    assert result.exit_code == 1
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("arguments", [(), ("a", "b", "c"), ("--list", "a", "b")])
def test_wrong_number_of_arguments_is_a_usage_error(arguments: tuple[str, ...]) -> None:
    assert _kg("ask", *arguments).exit_code == 2


def test_folder_without_a_build_says_what_to_do(tmp_path: Path) -> None:
    result = _kg("ask", "--list", tmp_path)
    assert result.exit_code == 1
    assert "no graph.trig or graph.ttl here; run kg build" in result.stderr
    with pytest.raises(InputError, match="no such folder"):
        graph_of(tmp_path / "nowhere")


@pytest.mark.model
def test_show_prints_a_query_that_runs_by_itself(out: Path, tmp_path: Path) -> None:
    shown = _kg("ask", "who-said-what", out, "--param", 'words=most "new"', "--show").stdout
    assert 'VALUES ?words { "most \\"new\\"" }' in shown
    query = tmp_path / "q.rq"
    shown = _kg("ask", "who-sponsors-what", out, "--show").stdout
    assert ox.Store().query(shown) is not None  # where no prefix is known beforehand
    assert shown.endswith(QUESTIONS["who-sponsors-what"].query)
    query.write_text(shown, "utf-8")
    by_hand = _kg("query", out / "graph.trig", "--file", query, "--format", "csv").stdout
    assert by_hand == _kg("ask", "who-sponsors-what", out, "--format", "csv").stdout


@given(st.text())
def test_no_value_of_a_parameter_breaks_out_of_its_string(value: str) -> None:
    question = QUESTIONS["who-said-what"]
    safe = value.encode("utf-8", "replace").decode()
    query = question.with_values({"words": safe, "entity": safe})
    for name in ("words", "entity"):
        bound = ox.Store().query(f"SELECT ?{name} WHERE {{ {_values(query, name)} }}")
        assert [row[name].value for row in bound] == [safe]  # type: ignore[union-attr]


def _values(query: str, name: str) -> str:
    start = query.index(f"VALUES ?{name} ")
    return query[start:].split("\n", 1)[0]


def _domain(folder: Path, query: str) -> Path:
    domain = folder / "mine"
    (domain / "questions").mkdir(parents=True)
    (domain / "domain.toml").write_text(
        'title = "Mine"\niri = "https://example.org/mine#"\nimports = ["newsroom"]\n', "utf-8"
    )
    (domain / "questions/mine.rq").write_text(query, "utf-8")
    return domain


@pytest.mark.model
def test_a_domain_of_one_s_own_adds_questions(out: Path, tmp_path: Path) -> None:
    query = "# title: Mine\n# question: What is there?\nSELECT ?s WHERE { ?s a nr:Person }\n"
    domain = _domain(tmp_path, query)
    found = questions_of(graph_of(out), domain)
    assert set(found) == {"mine", *read_questions(load_folders("newsroom"))}
    result = _kg("ask", "mine", out, "--domain", domain, "--format", "csv")
    assert len(result.stdout.splitlines()) > 1


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT * WHERE {}\n", "mine.rq:1: the header lacks '# title"),
        ("# title: x\nSELECT * WHERE {}\n", "mine.rq:1: the header lacks '# question"),
        ("# titel: x\n", "mine.rq:1: a header line is"),
        (
            "# title: x\n# question: y\n# param z: w\nSELECT * WHERE {}\n",
            r"mine.rq:3: the query lacks VALUES \?z",
        ),
    ],
)
def test_a_wrong_header_names_file_and_line(query: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=message):
        read_questions([_domain(tmp_path, query)])


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_question_is_about_no_one_subject(question: Question) -> None:
    """The query parses, asks one clear sentence, and names nothing but the vocabulary."""
    ox.Store().query(question.query, prefixes=dict(PREFIXES))
    assert question.question.endswith((".", "?"))
    assert not set(question.params) - {"entity", "relation", "words"}
    assert "<http" not in question.query


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_the_rows_of_a_question_have_one_order(question: Question) -> None:
    """Each column is sorted by; the quote is known by its article, start and end."""
    query, _, order = question.query.rpartition("ORDER BY")
    head = re.findall(r"^SELECT (?:DISTINCT )?(.*) WHERE \{$", query, re.MULTILINE)
    selected, ordered = (set(re.findall(r"\?\w+", text)) for text in (head[0], order))
    assert ordered == selected - {"?quote"}
    assert {"?article", "?start", "?end"} <= ordered


def test_a_parameter_that_a_question_does_not_have_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="there are: entity"):
        QUESTIONS["who-is-who"].with_values({"colour": "red"})
