"""Nothing that is read reaches the network: not by HTML, XML, JSON-LD, OWL, SHACL or SPARQL.

Engines that are not written in Python go past the guard of the tests, so these tests name a server
of this machine and look at what it was asked.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import cli
from kg.errors import InputError, OntologyError, QueryError
from kg.ontology.domain import load_ontology
from kg.rdf.store import open_graph
from kg.rdf.validate import validate_quads
from kg.read.clean import clean
from kg.read.load import read_source
from kg.read.sources import Source

OWL = "@prefix owl: <http://www.w3.org/2002/07/owl#> ."
SH = "@prefix sh: <http://www.w3.org/ns/shacl#> ."
SENTENCE = "The harbour of Vestby opened a second quay for electric ferries on Monday morning. "


class Witness(HTTPServer):
    """A server that notes what it is asked."""

    asked: list[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@pytest.fixture
def witness() -> Iterator[Witness]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        do_POST = do_GET  # noqa: N815

        def log_message(self, *args: object) -> None:
            """Says nothing."""

    server = Witness(("127.0.0.1", 0), Handler)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
    assert server.asked == []


def new_domain(tmp_path: Path, name: str, text: str) -> Result:
    source = tmp_path / name
    source.write_text(text, "utf-8")
    made = ["ontology", "new", "made", "--from", str(source), "--out", str(tmp_path / "made")]
    return CliRunner().invoke(cli, made)


def test_a_page_fetches_nothing(witness: Witness, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        f'<!DOCTYPE html SYSTEM "{witness.url}/dtd"><html lang="en" manifest="{witness.url}/m">'
        "<head>"
        f'<base href="{witness.url}/"><link rel="stylesheet" href="style.css">'
        f'<meta http-equiv="refresh" content="0;url={witness.url}/next"><title>A quay</title>'
        f'<script src="s.js"></script></head><body><article><h1>A quay</h1><p>{SENTENCE * 4}</p>'
        f'<img src="a.png" srcset="b.png 2x"><iframe src="f"></iframe><object data="o"></object>'
        f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{witness.url}/x"/>'
        "</article></body></html>",
        "utf-8",
    )
    assert "second quay" in clean(read_source(Source("page.html", path))).text


def test_a_remote_context_of_json_ld_is_not_loaded(witness: Witness, tmp_path: Path) -> None:
    class_ = {"@id": "http://x.example/A", "@type": "http://www.w3.org/2002/07/owl#Class"}
    graph = {"@context": f"{witness.url}/context.jsonld", "@graph": [class_]}
    result = new_domain(tmp_path, "o.jsonld", json.dumps(graph))
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")


def test_entities_of_xml_are_not_loaded(witness: Witness, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("quite-secret", "utf-8")
    result = new_domain(
        tmp_path,
        "o.rdf",
        f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "{witness.url}/a">'
        f'<!ENTITY % b SYSTEM "{witness.url}/b"> %b; <!ENTITY c SYSTEM "{secret.as_uri()}">]>'
        '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:s="http://www.w3.org/2000/01/rdf-schema#" xmlns:o="http://www.w3.org/2002/07/owl#">'
        '<o:Class r:about="http://x.example/A"><s:label>&a;&c;</s:label></o:Class></r:RDF>',
    )
    written = b"".join(p.read_bytes() for p in (tmp_path / "made").rglob("*") if p.is_file())
    assert b"quite-secret" not in written + result.output.encode()


def test_imports_of_an_ontology_are_not_loaded(witness: Witness, tmp_path: Path) -> None:
    result = new_domain(
        tmp_path,
        "o.ttl",
        f"{OWL} @prefix s: <http://www.w3.org/2000/01/rdf-schema#> ."
        "@prefix x: <http://x.example/o#> ."
        f"<http://x.example/o> a owl:Ontology ; owl:imports <{witness.url}/more.ttl> ."
        'x:Quay a owl:Class ; s:label "quay"@en . x:serves a owl:ObjectProperty ; '
        's:label "serves"@en ; s:domain x:Quay ; s:range x:Quay .',
    )
    assert result.exit_code == 0, result.output
    assert CliRunner().invoke(cli, ["ontology", "check", str(tmp_path / "made")]).output
    assert "was not fetched" in result.output


def test_imports_of_a_linkml_schema_are_not_loaded(witness: Witness, tmp_path: Path) -> None:
    schema = f"id: http://x.example\nimports:\n- {witness.url}/x\nslots:\n  serves:\n    range: Q\n"
    result = new_domain(tmp_path, "o.yaml", f"{schema}classes:\n  Q:\n    slots: [serves]\n")
    assert "was not read" in result.output


@pytest.mark.parametrize(
    "target", ["sh:targetNode <http://x.example/n>", "sh:targetSubjectsOf <http://x.example/p>"]
)
@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this WHERE {{ SERVICE <{url}/sparql> {{ $this ?p ?o }} }}",
        "SELECT $this FROM <{url}/graph.ttl> WHERE {{ $this ?p ?o }}",
        "SELECT $this FROM NAMED <{url}/graph.ttl> WHERE {{ GRAPH ?g {{ $this ?p ?o }} }}",
    ],
)
def test_a_query_of_shapes_stays_here(
    witness: Witness, tmp_path: Path, target: str, query: str
) -> None:
    folder = tmp_path / "harbours"
    folder.mkdir()
    iri = "http://x.example/harbours#"
    (folder / "domain.toml").write_text(f'title = "H"\niri = "{iri}"\nimports = []\n', "utf-8")
    imports = f"<http://x.example/h> a owl:Ontology ; owl:imports <{witness.url}/o.ttl> ."
    (folder / "ontology.ttl").write_text(f"{OWL} {imports}", "utf-8")
    select = query.format(url=witness.url)
    (folder / "shapes.ttl").write_text(
        f"{SH} <http://x.example/s> a sh:NodeShape ; {target} ;"
        f'sh:sparql [ sh:select "{select}" ] ;'
        f"<http://www.w3.org/2002/07/owl#imports> <{witness.url}/shapes.ttl> .",
        "utf-8",
    )
    with pytest.raises(OntologyError, match="a query of the shapes"):
        validate_quads((), load_ontology(folder))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ SERVICE <{url}/> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SERVICE SILENT ?x {{ ?s ?p ?o }} VALUES ?x {{ <{url}/> }} }}",
        "LOAD <{url}/>",
        "INSERT {{ ?s ?p ?o }} USING <{url}/> WHERE {{ ?s ?p ?o }}",
    ],
)
def test_a_query_that_reaches_out_is_refused(witness: Witness, tmp_path: Path, query: str) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("<http://x.example/a> <http://x.example/b> 1 .", "utf-8")
    with pytest.raises(QueryError):
        open_graph(path).query(query.format(url=witness.url))


@pytest.mark.parametrize("clause", ["FROM", "FROM NAMED"])
def test_from_names_graphs_of_the_file_only(witness: Witness, tmp_path: Path, clause: str) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("<http://x.example/a> <http://x.example/b> 1 .", "utf-8")
    secret = (tmp_path / "graph.ttl").as_uri()
    for source in (f"{witness.url}/g.ttl", secret):
        rows = open_graph(path).query(f"SELECT * {clause} <{source}> {{ ?s ?p ?o }}").rows
        assert rows == ()


def test_an_address_with_a_password_is_refused(witness: Witness) -> None:
    from kg.read.connection import checked_address

    for url in (
        f"http://me:quite-secret@127.0.0.1:{witness.server_port}/",
        "http://me:quite-secret@[x/",
    ):
        with pytest.raises(InputError) as caught:
            checked_address(url)
        assert "quite-secret" not in str(caught.value)
