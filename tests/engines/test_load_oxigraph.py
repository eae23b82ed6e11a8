"""Loading into a real Oxigraph server: what it holds then, byte for byte."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import LoadError
from kg.load import LoadOptions, connection, load
from tests.engines.oxigraph_server import OxigraphServer, oxigraph_server
from tests.load.graphs import arrived, expected, shared, write_graph
from tools import load_quads

pytestmark = pytest.mark.engine

THEIRS = "INSERT DATA { <urn:x> <urn:p> 'default' GRAPH <urn:theirs> { <urn:x> <urn:p> 'named' } }"


@pytest.fixture
def server(oxigraph: OxigraphServer) -> Iterator[OxigraphServer]:
    oxigraph.clear()
    yield oxigraph
    oxigraph.clear()


def held(server: OxigraphServer) -> set[ox.Quad]:
    return set(ox.parse(server.dump(), format=ox.RdfFormat.N_QUADS))


@pytest.mark.parametrize("way", ["store", "update"])
def test_hostile_names_arrive_as_they_are(tmp_path: Path, server: OxigraphServer, way: str) -> None:
    quads = write_graph(tmp_path)
    server.ask("POST", "/update", THEIRS.encode(), Content_Type="application/sparql-update")
    theirs = held(server)
    url = server.store if way == "store" else server.update
    plan = load(tmp_path, url)
    assert arrived(held(server)) == expected(quads) | theirs
    first = sorted(server.dump().splitlines())
    assert load(tmp_path, url) == plan
    assert sorted(server.dump().splitlines()) == first


def test_both_ways_give_the_same(tmp_path: Path, server: OxigraphServer) -> None:
    write_graph(tmp_path, names=[f"name {number}" for number in range(2_000)])
    named = LoadOptions(default_graph="named")
    load(tmp_path, server.store, options=named)
    first = held(server)
    server.clear()
    load(tmp_path, server.update, options=named)  # in several pieces
    assert held(server) == first
    assert len(first) > 6_000


def test_a_plain_question_finds_a_flat_load_in_the_default_graph(
    tmp_path: Path, server: OxigraphServer
) -> None:
    write_graph(tmp_path)
    load(tmp_path, server.store, options=LoadOptions(flat=True, default_graph="replace"))
    found = server.query(
        "SELECT (COUNT(*) AS ?n) { ?e a <https://w3id.org/newskg/newsroom#Entity> }"
    )
    assert b'"value":"9"' in found
    assert b"InferredStatement" not in server.dump()


ENTITIES = "SELECT ?e { ?e a <https://w3id.org/newskg/newsroom#Entity> }"


def test_a_plain_question_finds_a_plain_load(tmp_path: Path, server: OxigraphServer) -> None:
    write_graph(tmp_path, names=("old",))
    load(tmp_path, server.store)
    quads = write_graph(tmp_path)
    load(tmp_path, server.store)
    assert arrived(held(server)) == shared(quads)
    assert server.query(ENTITIES).count(b'"uri"') == 9
    server.ask("POST", "/update", THEIRS.encode(), Content_Type="application/sparql-update")
    theirs = held(server)
    plan = load(tmp_path, server.store)
    assert "changed since, so it is left alone" in plan.notes[-1]
    assert held(server) > theirs


def test_where_all_graphs_are_asked_a_plain_question_finds_nothing_twice(tmp_path: Path) -> None:
    quads = write_graph(tmp_path)
    with oxigraph_server(union=True) as server:
        load(tmp_path, server.store)
        assert arrived(held(server)) == expected(quads)
        assert server.query(ENTITIES).count(b'"uri"') == 9


def test_a_read_only_store_is_told(tmp_path: Path) -> None:
    write_graph(tmp_path / "out")
    data = tmp_path / "data"
    with oxigraph_server(data):
        pass
    with oxigraph_server(data, read_only=True) as server:
        for url in (server.store, server.update):
            with pytest.raises(LoadError, match=r"\(status 403\).*read-only") as caught:
                load(tmp_path / "out", url)
            assert re.fullmatch(r"[^\n]+", str(caught.value))
        assert server.dump() == b""


def test_the_query_page_is_no_store(tmp_path: Path, server: OxigraphServer) -> None:
    write_graph(tmp_path)
    for path in ("/", "/query", "/nowhere"):
        with pytest.raises(LoadError, match="check its path: Oxigraph has /store"):
            load(tmp_path, server.url + path)
    assert server.dump() == b""


@pytest.mark.parametrize("way", ["store", "update"])
def test_a_server_killed_half_way_holds_whole_graphs_and_is_completed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr(connection, "BACK_OFF_S", 0.001)
    quads = write_graph(tmp_path / "out", names=[f"name {number}" for number in range(1_500)])
    data = tmp_path / "data"
    with oxigraph_server(data) as server:

        def kill(done: int, total: int, name: str) -> None:
            if done == 3:
                os.kill(server.pid, signal.SIGKILL)

        with pytest.raises(LoadError, match=r"3 of 6 steps are done.*run again to complete"):
            load(tmp_path / "out", getattr(server, way), progress=kill)
    with oxigraph_server(data) as server:
        half = {q for q in held(server) if "graph/loaded" not in str(q.graph_name)}
        names = {q.graph_name for q in half}
        assert len(names) == 2
        placed = shared(quads) if way == "store" else expected(quads)
        assert half == {q for q in placed if q.graph_name in names}
        load(tmp_path / "out", getattr(server, way))
        assert arrived(held(server)) == placed


@pytest.mark.usefixtures("oxigraph")  # skips where the server is not installed
def test_the_tool_that_measures_checks_each_way(capfd: pytest.CaptureFixture[str]) -> None:
    load_quads.main(["--quads", "600"])
    lines = capfd.readouterr().out.splitlines()
    quads = int(lines[0].split()[0])
    assert 300 < quads < 1_200
    assert [line[:24].strip() for line in lines[2:]] == list(load_quads.WAYS)
