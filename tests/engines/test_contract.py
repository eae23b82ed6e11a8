"""Load, then ask the same questions, get the same answers: in every triple store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
import rdflib

from kg.rdf.written import open_written
from tests.engines.contract import QUESTIONS, Contract, Store, kg, stated_graphs, table
from tests.engines.jena import running_jena
from tests.engines.oxigraph_server import OxigraphServer

pytestmark = [
    pytest.mark.engine,
    pytest.mark.model,
    # rdflib tells itself, at every triple, that it uses what it has deprecated
    pytest.mark.filterwarnings("ignore:.*is deprecated, use Dataset:DeprecationWarning"),
]


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Contract:
    return Contract.of_articles(tmp_path_factory.mktemp("contract") / "out")


def rdflib_of_files(request: pytest.FixtureRequest, out: Path) -> Iterator[Store]:
    data = rdflib.Dataset()
    data.parse(out / "graph.trig", format="trig")
    data.default_graph.parse(out / "graph.ttl", format="turtle")
    yield Store(lambda text: data.query(text).serialize(format="json") or b"")


def pyoxigraph_of_files(request: pytest.FixtureRequest, out: Path) -> Iterator[Store]:
    store = ox.Store()
    store.load(path=out / "graph.trig", format=ox.RdfFormat.TRIG)
    store.load(path=out / "graph.ttl", format=ox.RdfFormat.TURTLE)

    def query(text: str) -> bytes:
        found = store.query(text)
        assert isinstance(found, ox.QuerySolutions)
        return found.serialize(format=ox.QueryResultsFormat.JSON) or b""

    yield Store(query)


def jena_of_files(request: pytest.FixtureRequest, out: Path) -> Iterator[Store]:
    with running_jena(out.parent / "jena.log") as jena:
        jena.load(out / "graph.trig")
        quads = len(open_written(out).quads) + len(open_written(out).stated)
        facts = sum(q.graph_name == ox.DefaultGraph() for q in open_written(out).quads)
        assert jena.load(out / "graph.ttl") == quads - facts  # which are in both files
        yield Store(jena.query)


def oxigraph_server(request: pytest.FixtureRequest, out: Path) -> Iterator[Store]:
    """As the first page of the documentation has it; a second load changes nothing."""
    server: OxigraphServer = request.getfixturevalue("oxigraph")
    server.clear()
    kg("load", out, "--to", server.store)
    held = sorted(server.dump().splitlines())
    kg("load", out, "--to", server.store)
    assert sorted(server.dump().splitlines()) == held
    yield Store(server.query)
    server.clear()


def oxigraph_server_graphs(request: pytest.FixtureRequest, out: Path) -> Iterator[Store]:
    """All graphs; the request says which of them a plain query asks."""
    server: OxigraphServer = request.getfixturevalue("oxigraph")
    server.clear()
    kg("load", out, "--to", server.store, "--default-graph", "named")
    asked = urlencode([("default-graph-uri", graph) for graph in stated_graphs(out)])
    headers = {
        "Content_Type": "application/sparql-query",
        "Accept": "application/sparql-results+json",
    }

    def query(text: str) -> bytes:
        status, body = server.ask("POST", f"/query?{asked}", text.encode(), **headers)
        assert status == 200, body
        return body

    yield Store(query)
    server.clear()


WAYS = [
    rdflib_of_files,
    pyoxigraph_of_files,
    jena_of_files,
    oxigraph_server,
    oxigraph_server_graphs,
]


@pytest.fixture(scope="module", params=WAYS, ids=lambda way: way.__name__)
def store(request: pytest.FixtureRequest, contract: Contract) -> Iterator[Store]:
    yield from request.param(request, contract.out)


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_store_gives_the_rows_of_kg_ask(name: str, store: Store, contract: Contract) -> None:
    for query, columns, rows in contract.cases(name):
        assert table(store.query(query)) == (columns, store.shown(rows))
