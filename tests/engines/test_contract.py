"""Load, then ask the same questions, get the same answers: in every triple store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from click.testing import CliRunner

from kg.cli import cli
from kg.ontology.domain import load_folders
from kg.ontology.questions import read_questions
from kg.pipeline import build
from kg.rdf.terms import facts_graph_iri
from kg.rdf.written import open_written
from tests.conftest import SHARED
from tests.engines.contract import Contract, Rows, as_virtuoso, table
from tests.engines.jena import running_jena
from tests.engines.oxigraph_server import OxigraphServer
from tests.engines.virtuoso import Virtuoso
from tests.load.graphs import BASE, write_graph

pytestmark = [pytest.mark.engine, pytest.mark.model]

ROOT = Path(__file__).resolve().parent.parent.parent
QUESTIONS = read_questions(load_folders("olympics"))
MAIN = SHARED.is_dir()  # else the examples, of which some questions find nothing


@dataclass(frozen=True, slots=True)
class Store:
    """A store that holds the graph: how it is asked, and how it shows what it was given."""

    query: Callable[[str], bytes]
    shown: Callable[[Rows], Rows] = list


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Contract:
    out = tmp_path_factory.mktemp("contract")
    if MAIN:
        build(sorted((SHARED / "articles").glob("*.txt")), out=out)
    else:
        build([ROOT / "examples", ROOT / "tests/fixtures/showcase"], out=out)
    return Contract(out, narrowed=MAIN)


def kg_load(out: Path, url: str, *options: str, user: str = "", password: str = "") -> None:
    words = ["load", str(out), "--to", url, *options, *(["--user", user] if user else [])]
    result = CliRunner().invoke(cli, words, env={"KG_LOAD_PASSWORD": password or None})
    assert result.exit_code == 0, result.output
    assert not password or password not in result.output


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


@contextmanager
def emptied(server: OxigraphServer) -> Iterator[OxigraphServer]:
    server.clear()
    try:
        yield server
    finally:
        server.clear()


def oxigraph_server_flat(request: pytest.FixtureRequest, out: Path) -> Iterator[Store]:
    with emptied(request.getfixturevalue("oxigraph")) as server:
        kg_load(out, server.store, "--flat", "--default-graph", "replace")
        yield Store(server.query)


def virtuoso_flat(request: pytest.FixtureRequest, out: Path) -> Iterator[Store]:
    """Virtuoso has no default graph: a plain query asks all graphs, its own included."""
    server: Virtuoso = request.getfixturevalue("virtuoso_server")
    url = f"{server.url}/sparql-graph-crud-auth"
    kg_load(out, url, "--flat", user=server.user, password=server.password)
    yield Store(server.query, as_virtuoso)
    server.clear(facts_graph_iri(open_written(out).base_iri))


def virtuoso_graphs(request: pytest.FixtureRequest, out: Path) -> Iterator[Store]:
    """By its own loader, all graphs; the request says which of them a plain query asks."""
    server: Virtuoso = request.getfixturevalue("virtuoso_server")
    written = open_written(out)
    facts = facts_graph_iri(written.base_iri)
    quads = out.parent / "graph.nq"
    exported = CliRunner().invoke(cli, ["export", str(out), "--to", "nquads", "--out", str(quads)])
    assert exported.exit_code == 0, exported.output
    server.load(quads, facts)
    graphs = {quad.graph_name for quad in written.quads} - {written.inferred_graph}
    names = [facts if graph == ox.DefaultGraph() else graph.value for graph in graphs]
    yield Store(lambda text: server.query(text, *sorted(names)), as_virtuoso)
    server.clear(*names)


WAYS = [
    rdflib_of_files,
    pyoxigraph_of_files,
    jena_of_files,
    oxigraph_server_flat,
    virtuoso_flat,
    virtuoso_graphs,
]


@pytest.fixture(scope="module", params=WAYS, ids=lambda way: way.__name__)
def store(request: pytest.FixtureRequest, contract: Contract) -> Iterator[Store]:
    yield from request.param(request, contract.out)


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_store_gives_the_rows_of_kg_ask(name: str, store: Store, contract: Contract) -> None:
    columns, rows = contract.expected(name)
    found = table(store.query(contract.text(name)))
    assert found == (columns, store.shown(rows))
    assert rows or not MAIN


def test_hostile_names_arrive_in_virtuoso(tmp_path: Path, virtuoso_server: Virtuoso) -> None:
    quads = write_graph(tmp_path)
    url = f"{virtuoso_server.url}/sparql-graph-crud-auth"
    kg_load(tmp_path, url, user=virtuoso_server.user, password=virtuoso_server.password)
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
