"""The exported CSV in a second property-graph engine: what it holds, and how it answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.export.neo4j_csv import render_neo4j_csv
from kg.ontology.domain import load_ontology
from kg.pipeline import build
from kg.property_graph import EvidenceForm, PropertyGraph, property_graph, written_view
from kg.rdf.written import open_written
from tests.conftest import SHARED
from tests.engines.cypher_questions import CYPHER, ROOT, rows_of, sparql_rows
from tests.engines.ladybug import Ladybug, ladybug
from tests.property_graph.hostile import hostile_graph

pytestmark = [pytest.mark.engine, pytest.mark.model]

MAIN = SHARED.is_dir()  # else the examples, of which some questions find nothing


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("contract")
    if MAIN:
        build(sorted((SHARED / "articles").glob("*.txt")), out=out)
    else:
        build([ROOT / "examples", ROOT / "tests/fixtures/showcase"], out=out)
    return out


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, out: Path) -> Iterator[Ladybug]:
    folder = tmp_path_factory.mktemp("ladybug")
    words = ["export", str(out), "--to", "neo4j-csv", "--out", str(folder / "csv")]
    exported = CliRunner().invoke(cli, words)
    assert exported.exit_code == 0, exported.output
    with ladybug() as engine:
        engine.load(folder / "csv")
        yield engine


def as_written(value: Any) -> Any:
    """A value as the files can hold it: lists, and no U+0000 or U+001F."""
    if isinstance(value, tuple):
        return [as_written(item) for item in value]
    if isinstance(value, str):
        return value.translate({0: "\ufffd", 0x1F: "\ufffd"})
    return value


def assert_holds(engine: Ladybug, graph: PropertyGraph) -> None:
    _, nodes = engine.run("MATCH (n) RETURN n")
    found = {}
    for (node,) in nodes:
        held = {k: v for k, v in node.items() if v is not None and k in engine.columns}
        found[held.pop("id")] = (held.pop("labels"), held)
    assert found == {
        node.id: (list(node.labels), {k: as_written(v) for k, v in node.properties.items()})
        for node in graph.nodes
    }
    _, edges = engine.run("MATCH (a)-[r]->(b) RETURN label(r), a.id, b.id, r.id, r")
    expected = {
        r.id: (r.type, r.start, r.end, {k: as_written(v) for k, v in r.properties.items()})
        for r in graph.relationships
    }
    assert len(edges) == len(expected)
    for type_, start, end, id_, edge in edges:
        held = {k: v for k, v in edge.items() if v is not None and k in engine.columns}
        del held["id"]
        assert (type_, start, end, held) == expected[id_]


def test_all_that_was_exported_arrives(loaded: Ladybug, out: Path) -> None:
    assert_holds(loaded, written_view(open_written(out), "nodes"))


def test_hostile_names_arrive(tmp_path: Path) -> None:
    ontology = load_ontology()
    graph = property_graph(hostile_graph(), ontology, evidence=EvidenceForm.NODES)
    for name, text in render_neo4j_csv(graph, ontology).items():
        (tmp_path / name).write_text(text, "utf-8", newline="")
    with ladybug() as engine:
        engine.load(tmp_path)
        assert_holds(engine, graph)


@pytest.mark.parametrize("name", CYPHER)
def test_cypher_answers_as_sparql_does(name: str, loaded: Ladybug, out: Path) -> None:
    columns, rows = loaded.ask(CYPHER[name], entity="")
    assert (tuple(columns), rows_of(rows)) == sparql_rows(out, name)
    assert rows or not MAIN
