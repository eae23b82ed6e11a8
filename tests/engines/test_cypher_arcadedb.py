"""Cypher on a real engine: the exported script, and the questions that SPARQL answers too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.export.cypher import statements
from kg.ontology.domain import load_ontology
from kg.pipeline import build
from kg.property_graph import EvidenceForm, PropertyGraph, property_graph, written_view
from kg.rdf.written import open_written
from tests.engines.arcadedb import ArcadeDB
from tests.engines.cypher_questions import CYPHER, ROOT, quoted_on_the_page, rows_of, sparql_rows
from tests.property_graph.hostile import hostile_graph

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def session(arcade: ArcadeDB) -> Iterator[Any]:
    neo4j = pytest.importorskip("neo4j")
    with (
        neo4j.GraphDatabase.driver(arcade.uri, auth=arcade.auth) as driver,
        driver.session(database=arcade.database) as session,
    ):
        yield session


def run_script(session: Any, graph: PropertyGraph) -> None:
    for statement in statements(graph):
        session.run(statement).consume()


def held(properties: dict[str, Any]) -> dict[str, Any]:
    """Properties as the view has them: no lists, days as Python has them."""
    return {
        name: tuple(v) if isinstance(v, list) else v.to_native() if hasattr(v, "to_native") else v
        for name, v in properties.items()
    }


def assert_holds(session: Any, graph: PropertyGraph) -> None:
    nodes = session.run("MATCH (n) RETURN labels(n), properties(n)").values()
    found = {p["id"]: (frozenset(labels), held(p)) for labels, p in nodes}
    assert len(found) == len(nodes)
    assert found == {
        node.id: (frozenset(node.labels), {"id": node.id, **node.properties})
        for node in graph.nodes
    }
    query = "MATCH (a)-[r]->(b) RETURN type(r), a.id, b.id, properties(r)"
    edges = [(t, a, b, held(p)) for t, a, b, p in session.run(query).values()]
    expected = [(r.type, r.start, r.end, {"id": r.id, **r.properties}) for r in graph.relationships]
    assert sorted(edges, key=repr_of) == sorted(expected, key=repr_of)


def repr_of(edge: tuple[str, str, str, dict[str, Any]]) -> tuple[str, str]:
    return edge[0], str(edge[3]["id"])


def test_the_script_builds_the_graph_whatever_is_in_its_names_and_can_be_run_again(
    session: Any,
) -> None:
    session.run("MATCH (n) DETACH DELETE n").consume()
    graph = property_graph(hostile_graph(), load_ontology(), evidence=EvidenceForm.PROPERTIES)
    assert any(isinstance(v, date) for r in graph.nodes for v in r.properties.values())
    for _ in range(2):
        run_script(session, graph)
        assert_holds(session, graph)


@pytest.fixture(scope="module")
def examples_build(tmp_path_factory: pytest.TempPathFactory, examples: Path) -> Path:
    out = tmp_path_factory.mktemp("examples")
    build([examples, ROOT / "tests/fixtures/showcase"], out=out)
    return out


@pytest.fixture(scope="module")
def main_build(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Path:
    out = tmp_path_factory.mktemp("main")
    build(sorted((shared / "articles").glob("*.txt")), out=out)
    return out


@pytest.fixture(scope="module")
def loaded_examples(session: Any, examples_build: Path) -> Path:
    return load(session, examples_build)


@pytest.fixture(scope="module")
def loaded_main(session: Any, main_build: Path) -> Path:
    return load(session, main_build)


def load(session: Any, out: Path) -> Path:
    session.run("MATCH (n) DETACH DELETE n").consume()
    graph = written_view(open_written(out), "nodes")
    run_script(session, graph)
    assert_holds(session, graph)
    return out


def same_rows(session: Any, name: str, out: Path, entity: str = "") -> int:
    """How many rows: the same ones as SPARQL gives, under the same columns."""
    result = session.run(CYPHER[name], entity=entity)
    columns, expected = sparql_rows(out, name, entity)
    rows = rows_of(result.values())
    assert rows == expected
    if rows:  # without any, this engine names no columns
        assert tuple(result.keys()) == columns
    return len(expected)


@pytest.mark.model
@pytest.mark.parametrize("name", CYPHER)
def test_cypher_answers_as_sparql_does(name: str, session: Any, loaded_examples: Path) -> None:
    same_rows(session, name, loaded_examples)


@pytest.mark.model
def test_a_question_can_be_narrowed_to_an_entity_by_any_of_its_names(
    session: Any, loaded_examples: Path
) -> None:
    everything = same_rows(session, "partners-and-roles", loaded_examples)
    named = same_rows(session, "partners-and-roles", loaded_examples, "ibm")
    assert 0 < named < everything


@pytest.mark.model
def test_what_the_page_quotes_runs(session: Any, loaded_examples: Path) -> None:
    for text in quoted_on_the_page():
        rows = session.run(text, entity="").values()
        assert rows or "Olympic Broadcasting" not in text


@pytest.mark.shared
@pytest.mark.model
@pytest.mark.parametrize("name", CYPHER)
def test_cypher_answers_as_sparql_does_on_the_main_articles(
    name: str, session: Any, loaded_main: Path
) -> None:
    assert same_rows(session, name, loaded_main) > 0


def test_there_are_ten_questions_each_with_its_twin_and_header() -> None:
    assert len(CYPHER) == 10
    for name, text in CYPHER.items():
        twin = (ROOT / "ontology/newsroom/questions" / f"{name}.rq").read_text("utf-8")
        head = re.findall(r"^(?://|#) (.*)$", twin, re.MULTILINE)
        assert re.findall(r"^// (.*)$", text, re.MULTILINE)[: len(head)] == head[:3]
