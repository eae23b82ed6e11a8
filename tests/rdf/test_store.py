"""Queries over written graphs: one answer from every format, nothing sent, nothing changed."""

import csv
import io
import json
import socket
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import InputError, QueryError
from kg.export.rdf import render_trig, render_turtle
from kg.rdf.codec import to_quads
from kg.rdf.files import FORMATS
from kg.rdf.queries import with_prefixes
from kg.rdf.store import QueryResult, open_graph, run_query
from tests.rdf.strategies import ONTOLOGY
from tests.showcase import showcase_graph

SHOWCASE = showcase_graph()
SPONSORS = """SELECT ?who ?what WHERE {
  ?s nr:sponsorOf ?o . ?s schema:name ?who . ?o schema:name ?what } ORDER BY ?who ?what"""
README_QUERY = """SELECT ?who ?initiative ?games ?quote WHERE {
  ?owner nr:provides ?thing .
  ?claim rdf:subject ?thing ; rdf:predicate nr:promotes ; rdf:object ?event ;
         nr:evidence/nr:quote ?quote .
  ?owner schema:name ?who . ?thing schema:name ?initiative . ?event schema:name ?games
} ORDER BY ?initiative"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("graphs")
    (folder / "graph.ttl").write_text(render_turtle(SHOWCASE, ONTOLOGY), "utf-8")
    (folder / "graph.trig").write_text(render_trig(SHOWCASE, ONTOLOGY), "utf-8")
    quads = to_quads(SHOWCASE, ONTOLOGY)
    for suffix in (".nt", ".nq", ".jsonld", ".rdf"):
        rows = quads if FORMATS[suffix].supports_datasets else [q.triple for q in quads]
        ox.serialize(rows, str(folder / f"graph{suffix}"), format=FORMATS[suffix])
    return {suffix: folder / f"graph{suffix}" for suffix in FORMATS}


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_every_format_gives_the_same_answers(files: dict[str, Path], suffix: str) -> None:
    expected = {
        (fact.subject.label, fact.object.label)
        for fact in SHOWCASE.facts
        if fact.predicate == "sponsorOf" and fact.is_plain
    }
    result = run_query(files[suffix], SPONSORS)
    assert result.columns == ("who", "what")
    assert {tuple(cell.value for cell in row) for row in result.rows} == expected
    assert len(result.rows) == len(expected)
    count = run_query(files[suffix], "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    assert count.rows[0][0].value == str(len(to_quads(SHOWCASE, ONTOLOGY)))


def test_named_graphs_of_a_dataset_can_still_be_asked_for(files: dict[str, Path]) -> None:
    query = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?claim nr:evidence ?e } }"
    assert len(run_query(files[".trig"], query).rows) == len(SHOWCASE.articles)


def test_one_query_says_whose_initiative_is_for_which_games_with_the_quote(
    files: dict[str, Path],
) -> None:
    rows = [[cell.value for cell in row] for row in run_query(files[".ttl"], README_QUERY).rows]
    assert rows[0][:3] == ["Halvor Group", "Arrival Garden", "Fjord Games 2028"]
    texts = "".join(article.text for article in SHOWCASE.articles)
    assert len(rows) == 2
    assert all(row[3] in texts for row in rows)


def test_a_table_has_a_header_aligned_columns_and_short_iris(files: dict[str, Path]) -> None:
    query = "SELECT ?p (COUNT(*) AS ?n) (MAX(?m) AS ?none) WHERE { ?s rdf:predicate ?p } "
    query += "GROUP BY ?p ORDER BY ?p"
    lines = run_query(files[".ttl"], query).to_table().splitlines()
    assert lines[0].split() == ["p", "n", "none"]
    assert set(lines[1]) == {"-", " "}
    assert lines[2].split() == ["nr:acquired", "1"]
    assert len({line.index(" 1") for line in lines[2:] if line.endswith(" 1")}) == 1


def test_a_line_break_in_a_value_does_not_break_the_table() -> None:
    result = QueryResult(("a",), ((ox.Literal("x\r\n y\tz"),), (None,)))
    assert result.to_table() == "a\n-----\nx y z\n\n"


def test_csv_and_json_are_the_standard_ones(files: dict[str, Path]) -> None:
    result = run_query(files[".ttl"], README_QUERY)
    rows = list(csv.DictReader(io.StringIO(result.to_csv())))
    bindings = json.loads(result.to_json())["results"]["bindings"]
    expected = [{n: c.value for n, c in zip(result.columns, r, strict=True)} for r in result.rows]
    assert rows == expected
    assert [{name: cell["value"] for name, cell in row.items()} for row in bindings] == expected


@pytest.mark.parametrize(
    ("query", "answer"), [("ASK { ?s nr:said ?o }", True), ("ASK { nr:x ?p ?o }", False)]
)
def test_ask_is_true_or_false_in_each_form(
    files: dict[str, Path], query: str, answer: bool
) -> None:
    result = run_query(files[".ttl"], query)
    assert result.boolean is answer
    assert result.to_table().strip() == result.to_csv().strip() == str(answer).lower()
    assert json.loads(result.to_json())["boolean"] is answer


def test_construct_gives_triples_in_each_form(files: dict[str, Path]) -> None:
    query = 'CONSTRUCT { ?s nr:x "a, \\"b\\"" } WHERE { ?s nr:broadcasts ?o }'
    result = run_query(files[".ttl"], query)
    assert result.triples is not None
    assert len(result.triples) == 1
    assert result.to_table().splitlines()[0].split() == ["subject", "predicate", "object"]
    (row,) = csv.DictReader(io.StringIO(result.to_csv()))
    assert row["object"] == 'a, "b"'
    parsed = ox.parse(result.to_json().encode(), format=ox.RdfFormat.JSON_LD)
    assert {quad.triple for quad in parsed} == set(result.triples)


def test_an_empty_answer_says_so(files: dict[str, Path]) -> None:
    result = run_query(files[".ttl"], "SELECT ?s WHERE { ?s nr:nothing ?o }")
    assert result.to_table().startswith("no rows")
    assert result.to_csv() == "s\r\n"
    assert json.loads(result.to_json())["results"]["bindings"] == []


@pytest.mark.parametrize(
    ("query", "place", "message"),
    [
        ("SELECT ?s WHERE { ?s ?p ", "line 1, column 2", "check its brackets"),
        ("SELECT ?s\nWHERE { ?s ?p ?o }}", "line 2, column 20", "check its brackets"),
        ("SELECT ?s WERE { ?s ?p ?o }", "line 1, column 16", "unexpected '{ ?s"),
        ("SELECT ?p ?q { ?s ?o ?p } GROUP BY ?p", "line 1", "a variable that is unbound"),
        ("SELECT ?s WHERE { ?s foo:bar ?o }", "line 1", "prefix foo: is not declared"),
        ("", "", "the query is empty"),
        ("# only a comment", "line 1", "does not parse"),
        ("SELECT ?s { ?s ?p 'open }", "line 1", "does not parse"),
        ("SELECT ?x { ?s ?p ?o FILTER(<urn:f>(?s)) }", "", "not supported"),
    ],
)
def test_a_bad_query_says_where_and_why(
    files: dict[str, Path], query: str, place: str, message: str
) -> None:
    with pytest.raises(QueryError) as caught:
        run_query(files[".ttl"], query)
    assert message in str(caught.value)
    assert place in str(caught.value)


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "PREFIX a: <urn:x#> BASE <urn:y> delete where { ?s ?p ?o }",
        "# a comment\nLOAD <http://127.0.0.1:9/x>",
        "DROP ALL",
    ],
)
def test_updates_are_refused(files: dict[str, Path], query: str) -> None:
    before = files[".ttl"].read_bytes()
    with pytest.raises(QueryError, match="would change the graph"):
        run_query(files[".ttl"], query)
    assert files[".ttl"].read_bytes() == before


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:{port}/> { ?s ?p ?o } }",
        "SELECT * { service SILENT <http://127.0.0.1:{port}/> { ?s ?p ?o } }",
        "SELECT * { ?a ?b ?c FILTER(?a<?b)SERVICE<http://127.0.0.1:{port}/>{ ?s ?p ?o } }",
        'SELECT * { ?a ?b \'#\', """\'""" .SERVICE<http://127.0.0.1:{port}/>{ ?s ?p ?o } }',
        "SELECT * { ?a <urn:x#y> ?c . SERVICE <http://127.0.0.1:{port}/> { ?s ?p ?o } }",
        "SELECT * { ?a ?b 'it\\'s # ' .\nSERVICE <http://127.0.0.1:{port}/> { ?s ?p ?o } }",
        "SELECT * { VALUES ?e {<http://127.0.0.1:{port}/>} ?a ?b nr: .SERVICE ?e { ?s ?p ?o } }",
    ],
)
def test_no_query_calls_another_server(files: dict[str, Path], query: str) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0.05)
        with pytest.raises(QueryError):
            run_query(files[".ttl"], query.replace("{port}", str(listener.getsockname()[1])))
        with pytest.raises(TimeoutError):
            listener.accept()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service a nr:Service }",
        "SELECT ?s { ?s schema:name 'a SERVICE desk' } # SERVICE",
        "SELECT ?s { ?s a <urn:SERVICE> }",
        "SELECT ?s { ?s nr:x.SERVICE ?e { ?s ?p ?o } }",  # a name may hold a dot
        "PREFIX service: <urn:x#> SELECT ?s { ?s a service:SERVICE }",
    ],
)
def test_the_word_alone_is_no_offence(files: dict[str, Path], query: str) -> None:
    assert run_query(files[".ttl"], query).boolean is None


def test_a_prefix_of_the_query_outranks_the_known_ones(files: dict[str, Path]) -> None:
    query = "PREFIX nr: <urn:other#> SELECT ?s { ?s a nr:Statement }"
    assert run_query(files[".ttl"], query).rows == ()


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.ttl", "<urn:a> <urn:b> .", "not valid Turtle"),
        ("a.txt", "", "is no RDF file"),
        ("graph", "", "no suffix"),
        ("a.trig", "\0", "not valid TriG"),
    ],
)
def test_a_file_that_is_no_graph_is_named(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(InputError, match=message) as caught:
        open_graph(tmp_path / name)
    assert name in str(caught.value)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.ttl: cannot be read"):
        open_graph(tmp_path / "none.ttl")
    (tmp_path / "folder.ttl").mkdir()
    with pytest.raises(InputError, match=r"folder\.ttl: cannot be read"):
        open_graph(tmp_path / "folder.ttl")


def test_a_query_declares_the_prefixes_that_it_uses_and_no_others() -> None:
    query = """PREFIX schema: <http://example.org/mine#>
SELECT ?s WHERE { ?s schema:name "skos:x" ; nr:sponsorOf <prov:y> ; mine:z ?z } # owl:Thing
"""
    declared = with_prefixes(query)
    assert declared.splitlines()[0] == "PREFIX nr: <https://w3id.org/newskg/newsroom#>"
    assert declared.partition("\n")[2] == query
    assert with_prefixes(declared) == declared
    assert with_prefixes("ASK {}") == "ASK {}"
