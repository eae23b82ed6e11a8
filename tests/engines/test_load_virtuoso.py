"""Loading into a real Virtuoso: by SPARQL Update, as a user it asks for by HTTP Digest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import LoadError
from kg.load import Credentials, LoadOptions, load, update
from kg.rdf.terms import loaded_graph_iri
from tests.engines.virtuoso import Virtuoso
from tests.load.graphs import BASE, arrived, article, expected, write_graph

pytestmark = pytest.mark.engine

PATHS = ("/sparql-auth", "/sparql-graph-crud-auth")


@pytest.fixture
def server(virtuoso_server: Virtuoso) -> Iterator[Virtuoso]:
    """One without graphs of these tests, before and after."""
    yield virtuoso_server
    for name in graphs(virtuoso_server):
        virtuoso_server.clear(name)


def rows(server: Virtuoso, query: str) -> list[ox.QuerySolution]:
    found = ox.parse_query_results(server.query(query), ox.QueryResultsFormat.JSON)
    assert isinstance(found, ox.QuerySolutions)
    return list(found)


def graphs(server: Virtuoso) -> list[str]:
    """Those of these tests."""
    listed = rows(server, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    names = sorted(row["g"].value for row in listed)
    return [name for name in names if name.startswith((BASE, "urn:x-newskg:"))]


def held(server: Virtuoso) -> set[ox.Quad]:
    return {
        ox.Quad(row["s"], row["p"], row["o"], ox.NamedNode(name))
        for name in graphs(server)
        for row in rows(server, f"SELECT ?s ?p ?o {{ GRAPH <{name}> {{ ?s ?p ?o }} }}")
    }


def who(server: Virtuoso) -> Credentials:
    return Credentials(server.user, server.password)


@pytest.mark.parametrize("path", PATHS)
def test_hostile_names_arrive_and_gone_graphs_are_pruned(
    tmp_path: Path, server: Virtuoso, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(update, "TRIPLES", 10)  # so that a staging graph is used
    write_graph(tmp_path, ("gone.txt",))
    load(tmp_path, server.url + path, credentials=who(server))
    quads = write_graph(tmp_path)
    load(tmp_path, server.url + path, credentials=who(server))
    assert article("gone.txt") in graphs(server)
    pruned = LoadOptions(prune=True)
    load(tmp_path, server.url + path, credentials=who(server), options=pruned)
    assert arrived(held(server)) == expected(quads)
    assert loaded_graph_iri(BASE) in graphs(server)


@pytest.mark.parametrize("path", PATHS)
def test_a_wrong_password_is_told(tmp_path: Path, server: Virtuoso, path: str) -> None:
    write_graph(tmp_path)
    with pytest.raises(LoadError, match=r"does not accept the password of dba \(status 401\)"):
        load(tmp_path, server.url + path, credentials=Credentials("dba", "wrong"))
    assert graphs(server) == []


def test_whoever_may_only_read_is_told(tmp_path: Path, server: Virtuoso) -> None:
    write_graph(tmp_path)
    with pytest.raises(LoadError, match="does not let you write with no user"):
        load(tmp_path, f"{server.url}/sparql-graph-crud")
    assert graphs(server) == []
