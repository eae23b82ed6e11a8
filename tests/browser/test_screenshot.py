"""Which pictures `make screenshots` takes; what they look like is for people to judge."""

from __future__ import annotations

from pathlib import Path

from kg.export.html import render_html
from kg.export.html.address import read_page
from kg.model.graph import KnowledgeGraph
from kg.ontology.domain import load_ontology
from kg.reason import reason
from tests.browser.screenshot import Shot, shots
from tests.factories import make_graph, make_ontology
from tests.showcase import showcase_graph


def shots_of(graph: KnowledgeGraph, folder: Path) -> dict[str, Shot]:
    file = folder / "graph.html"
    file.write_text(render_html(graph, make_ontology()), "utf-8")
    return {shot.name: shot for shot in shots(read_page(file))}


def test_there_are_those_that_the_project_shows(tmp_path: Path) -> None:
    graph = reason(showcase_graph(), load_ontology())
    found = shots_of(graph, tmp_path)
    assert {"overview", "evidence", "conflict", "dark", "phone"} <= found.keys()
    assert bool(graph.discrepancies)
    fact = next(f for f in graph.facts if f.id == found["evidence"].state["fact"])
    assert fact.attributed_to is not None
    degrees = {e.label: 0 for e in graph.entities}
    for fact in graph.facts:
        for end in {fact.subject.label, getattr(fact.object, "label", "")} - {""}:
            degrees[end] += 1
    main = max(degrees, key=degrees.__getitem__)
    (key,) = (e.id for e in graph.entities if e.label == main)
    assert key.endswith(found["entity"].state["e"])


def test_an_empty_graph_has_its_overviews(tmp_path: Path) -> None:
    assert set(shots_of(make_graph(), tmp_path)) == {"overview", "laptop", "dark", "phone", "table"}
