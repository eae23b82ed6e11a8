"""The SPARQL 1.1 Protocol over a real socket: answers, formats, graphs, and errors."""

import csv
import io
import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from kg.ask import ask, graph_of, questions_of
from tests.rdf.test_guarded import ENDLESS
from tests.serve.running import Server, serving

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
NAMES = "SELECT ?name WHERE { ?s a nr:Company ; schema:name ?name } ORDER BY ?name"
TRIPLES = "CONSTRUCT { ?s schema:name ?o } WHERE { ?s a nr:Company ; schema:name ?o }"


def test_the_three_ways_to_ask_give_the_same(server: Server) -> None:
    get = server.query(NAMES)
    form = server.ask(
        "/sparql", method="POST", body=urlencode({"query": NAMES}).encode(), content_type=FORM
    )
    plain = server.ask(
        "/sparql", method="POST", body=NAMES.encode(), content_type=f"{QUERY}; charset=utf-8"
    )
    assert [reply.status for reply in (get, form, plain)] == [200] * 3
    assert get.body == form.body == plain.body
    rows = json.loads(get.body)["results"]["bindings"]
    assert {"Grünwald & Söhne", "Orrin Rail"} <= {row["name"]["value"] for row in rows}


@pytest.mark.parametrize(
    "type_",
    [
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    ],
)
def test_rows_in_every_format_are_the_same_rows(server: Server, type_: str) -> None:
    expected = json.loads(server.query(NAMES).body)["results"]["bindings"]
    names = [row["name"]["value"] for row in expected]
    reply = server.query(NAMES, type_)
    assert reply.status == 200
    assert reply.type.split(";")[0] == type_
    if type_ == "text/csv":
        assert [row[0] for row in csv.reader(io.StringIO(reply.text))] == ["name", *names]
    else:
        format_ = ox.QueryResultsFormat.from_media_type(type_)
        rows = ox.parse_query_results(reply.body, format_)
        assert [row[0].value for row in rows] == names  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "type_", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"]
)
def test_triples_in_every_format_are_the_same_triples(server: Server, type_: str) -> None:
    expected = set(
        ox.parse(server.query(TRIPLES, "application/n-triples").body, format=ox.RdfFormat.N_TRIPLES)
    )
    reply = server.query(TRIPLES, type_)
    assert (reply.status, reply.type) == (200, type_)
    found = ox.parse(reply.body, format=ox.RdfFormat.from_media_type(type_))
    assert set(found) == expected
    assert len(expected) >= 3


def test_the_best_of_what_the_client_takes_is_sent(server: Server) -> None:
    accept = "text/csv;q=0.3, application/sparql-results+xml;q=0.9, application/rdf+xml;q=0.2"
    assert server.query("ASK {}", accept).type == "application/sparql-results+xml"
    assert server.query(TRIPLES, accept).type == "application/rdf+xml"
    assert server.query("ASK {}", "application/json").type == "application/json"
    assert server.query("ASK {}").headers["vary"] == "Accept"


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        ("ASK {}", "image/png"),
        ("ASK {}", "text/turtle"),
        (TRIPLES, "text/csv"),
    ],
)
def test_what_the_client_does_not_take_is_406(server: Server, query: str, accept: str) -> None:
    reply = server.query(query, accept)
    assert reply.status == 406
    assert "application/" in reply.text


def test_the_graphs_of_the_protocol_are_honoured(server: Server) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    graphs = server.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")
    names = [row["g"]["value"] for row in json.loads(graphs.body)["results"]["bindings"]]
    article = next(name for name in names if "deal" in name)

    def number(query: str, **parameters: str) -> int:
        reply = json.loads(server.query(query, **parameters).body)
        return int(reply["results"]["bindings"][0]["n"]["value"])

    inside = number(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{article}> {{ ?s ?p ?o }} }}")
    assert 0 < inside < number(count)
    parameters = {"default-graph-uri": article}
    assert number(count, **parameters) == inside
    other = "SELECT (COUNT(*) AS ?n) FROM <http://example.org/none> WHERE { ?s ?p ?o }"
    assert number(other, **parameters) == inside  # the protocol outranks the query
    named = "SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert number(named, **{"named-graph-uri": article}) == 1
    assert number(count, **{"named-graph-uri": article}) == 0
    posted = server.ask(
        f"/sparql?default-graph-uri={quote(article, safe='')}",
        method="POST",
        body=count.encode(),
        content_type=QUERY,
    )
    assert f'"{inside}"' in posted.text


def test_the_questions_have_the_answers_of_kg_ask(server: Server, out: Path) -> None:
    graph = graph_of(out)
    questions = questions_of(graph)
    assert len(questions) > 20
    answered = 0
    for question in questions.values():
        expected = ask(graph, question)
        reply = server.query(question.query)
        assert reply.status == 200, question.name
        assert json.loads(reply.body) == json.loads(expected.json), question.name
        answered += bool(expected.rows)
    assert answered >= 5


def test_a_query_that_does_not_parse_is_400_and_says_where(server: Server) -> None:
    reply = server.query("SELECT ?s WHERE {\n ?s what:ever ?o }")
    assert (reply.status, reply.type) == (400, "text/plain; charset=utf-8")
    assert "line 2" in reply.text
    assert "prefix what:" in reply.text


@pytest.mark.parametrize(
    ("method", "path", "body", "type_", "status"),
    [
        ("POST", "/sparql", b"CLEAR ALL", "application/sparql-update", 405),
        ("POST", "/sparql", b"update=CLEAR%20ALL", FORM, 405),
        ("GET", "/sparql?update=CLEAR%20ALL", None, "", 405),
        ("POST", "/sparql", b"INSERT DATA { <a:a> <a:b> 1 }", QUERY, 400),
        ("PUT", "/sparql", b"<a:a> <a:b> 1 .", "text/turtle", 405),
        ("DELETE", "/sparql", None, "", 405),
        ("POST", "/sparql", b"{}", "application/json", 415),
        ("POST", "/sparql", b"", "", 415),
        ("POST", "/sparql", b"", FORM, 400),
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", None, "", 400),
        ("POST", "/sparql?query=ASK%7B%7D", b"ASK {}", QUERY, 400),
        ("POST", "/sparql", b"\xff\xfe", QUERY, 400),
        ("GET", "/sparql?query=%FF", None, "", 400),
        ("GET", "/sparql?query=", None, "", 400),
        ("GET", "/sparql?query=" + quote("ASK {}") + "&default-graph-uri=no%20iri", None, "", 400),
        ("POST", "/sparql", b"ASK {}" + b" " * 300_000, QUERY, 413),
        ("POST", "/sparql", b" " * 1_100_000, QUERY, 413),
        (
            "GET",
            "/sparql?query=" + quote("SELECT * { SERVICE <http://127.0.0.1:1/> {} }"),
            None,
            "",
            400,
        ),
        ("GET", "/sparql?query=" + quote("SELECT * { ?a ?b ?c . ?d ?e ?f }"), None, "", 422),
        ("GET", "/sparql?query=" + quote(ENDLESS), None, "", 504),
    ],
)
def test_errors_are_errors_with_a_text(
    server: Server, method: str, path: str, body: bytes | None, type_: str, status: int
) -> None:
    headers = {"content_type": type_} if type_ else {}
    reply = server.ask(path, method=method, body=body, **headers)
    assert reply.status == status, reply.text
    assert reply.type == "text/plain; charset=utf-8"
    assert len(reply.text) > 10
    assert server.query("ASK {}").status == 200


def test_an_endless_query_ends_in_time_and_holds_nobody_up(server: Server) -> None:
    with ThreadPoolExecutor(3) as pool:
        start = time.monotonic()
        slow = [pool.submit(server.query, ENDLESS) for _ in range(3)]
        time.sleep(0.2)
        assert server.query("ASK {}").status == 200
        assert time.monotonic() - start < 3
        assert [reply.result().status for reply in slow] == [504] * 3
        assert time.monotonic() - start < 10
        assert "limit of 3 s" in slow[0].result().text


def test_twenty_clients_at_once_each_get_their_answer(server: Server) -> None:
    def one(number: int) -> bool:
        reply = server.query(f"SELECT ({number} AS ?x) WHERE {{}}", "text/csv")
        return reply.status == 200 and reply.text.split() == ["x", str(number)]

    with ThreadPoolExecutor(20) as pool:
        assert all(pool.map(one, range(200)))


def test_the_service_describes_itself(server: Server) -> None:
    reply = server.ask("/sparql", accept="application/n-triples")
    assert reply.type == "application/n-triples"
    triples = {
        (str(q.subject), q.predicate.value, str(q.object))
        for q in ox.parse(reply.body, format=ox.RdfFormat.N_TRIPLES)
    }
    sd, service = "http://www.w3.org/ns/sparql-service-description#", f"<{server.url}/sparql>"
    assert (service, f"{sd}endpoint", service) in triples
    assert (service, f"{sd}supportedLanguage", f"<{sd}SPARQL11Query>") in triples
    assert not [t for t in triples if t[2] == f"<{sd}BasicFederatedQuery>"]
    named = {t[2] for t in triples if t[1] == f"{sd}name"}
    graphs = server.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
    rows = json.loads(graphs.body)["results"]["bindings"]
    assert named == {f"<{row['g']['value']}>" for row in rows}
    assert server.ask("/sparql", accept="text/turtle").body == server.ask("/sparql").body
    assert server.ask("/sparql", accept="image/png").status == 406
    browser = server.ask("/sparql", accept="text/html,*/*;q=0.8")
    assert (browser.status, browser.headers["location"]) == (303, "/query")


def test_head_is_get_without_a_body(server: Server) -> None:
    path = "/sparql?" + urlencode({"query": NAMES})
    head, get = server.ask(path, method="HEAD"), server.ask(path)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == get.headers["content-length"]


def test_no_other_origin_may_read_unless_one_is_named(server: Server, out: Path) -> None:
    origin = "https://pages.example"
    assert "access-control-allow-origin" not in server.ask("/sparql", origin=origin).headers
    with serving(out, "--cors", origin) as shared:
        reply = shared.ask("/sparql?query=ASK%7B%7D", origin=origin)
        assert reply.headers["access-control-allow-origin"] == origin
        other = shared.ask("/sparql?query=ASK%7B%7D", origin="https://other.example")
        assert other.headers.get("access-control-allow-origin") in (None, origin)
        preflight = shared.ask(
            "/sparql",
            method="OPTIONS",
            origin=origin,
            access_control_request_method="POST",
            access_control_request_headers="content-type",
        )
        assert preflight.status == 200
        assert "POST" in preflight.headers["access-control-allow-methods"]


def test_a_long_query_fits_into_an_address(server: Server) -> None:
    assert server.query("ASK {} #" + "x" * 50_000).status == 200
