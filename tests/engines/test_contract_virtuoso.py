"""The same questions of Virtuoso, which has no default graph and its own idea of durations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.rdf.terms import facts_graph_iri
from kg.rdf.written import open_written
from tests.engines.contract import QUESTIONS, Contract, Store, as_virtuoso, kg, stated_graphs, table
from tests.engines.virtuoso import Virtuoso
from tests.load.graphs import BASE, write_graph

pytestmark = [pytest.mark.engine, pytest.mark.model]


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Contract:
    return Contract.of_articles(tmp_path_factory.mktemp("contract") / "out")


def virtuoso_flat(request: pytest.FixtureRequest, out: Path) -> Iterator[Store]:
    """Virtuoso has no default graph: a plain query asks all graphs, its own included."""
    server: Virtuoso = request.getfixturevalue("virtuoso_server")
    url = f"{server.url}/sparql-graph-crud-auth"
    kg("load", out, "--to", url, "--flat", "--user", server.user, password=server.password)
    yield Store(server.query, as_virtuoso)
    server.clear(facts_graph_iri(open_written(out).base_iri))


def virtuoso_graphs(request: pytest.FixtureRequest, out: Path) -> Iterator[Store]:
    """By its own loader, all graphs; the request says which of them a plain query asks."""
    server: Virtuoso = request.getfixturevalue("virtuoso_server")
    facts = facts_graph_iri(open_written(out).base_iri)
    quads = out.parent / "graph.nq"
    kg("export", out, "--to", "nquads", "--out", quads)
    server.load(quads, facts)
    names = stated_graphs(out)
    yield Store(lambda text: server.query(text, *names), as_virtuoso)
    server.clear(*names)


WAYS = [virtuoso_flat, virtuoso_graphs]


@pytest.fixture(scope="module", params=WAYS, ids=lambda way: way.__name__)
def store(request: pytest.FixtureRequest, contract: Contract) -> Iterator[Store]:
    yield from request.param(request, contract.out)


@pytest.mark.parametrize("name", QUESTIONS)
def test_virtuoso_gives_the_rows_of_kg_ask(name: str, store: Store, contract: Contract) -> None:
    for query, columns, rows in contract.cases(name):
        assert table(store.query(query)) == (columns, store.shown(rows))


def test_hostile_names_arrive_in_virtuoso(tmp_path: Path, virtuoso_server: Virtuoso) -> None:
    quads = write_graph(tmp_path)
    url = f"{virtuoso_server.url}/sparql-graph-crud-auth"
    words = ("load", tmp_path, "--to", url, "--user", virtuoso_server.user)
    kg(*words, password=virtuoso_server.password)
    for graph in {quad.graph_name for quad in quads}:
        name = facts_graph_iri(BASE) if graph == ox.DefaultGraph() else graph.value
        sent = {quad.triple for quad in quads if quad.graph_name == graph}
        found = ox.parse_query_results(
            virtuoso_server.query("SELECT ?s ?p ?o WHERE { ?s ?p ?o }", name),
            ox.QueryResultsFormat.JSON,
        )
        assert isinstance(found, ox.QuerySolutions)
        assert {ox.Triple(*row) for row in found} == sent
        virtuoso_server.clear(name)
