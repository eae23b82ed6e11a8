"""Graphs as a build leaves them, for what is made of them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from kg.export.rdf import render_trig
from kg.model.graph import KnowledgeGraph
from kg.rdf.written import WrittenGraph, open_written
from kg.reason import reason
from tests.factories import make_graph, make_hostile_graph
from tests.rdf.strategies import ONTOLOGY
from tests.showcase import showcase_graph

SETTINGS = {"base_iri": ONTOLOGY.base_iri, "domain": ONTOLOGY.name}


def written_in(folder: Path, graph: KnowledgeGraph, **settings: str) -> WrittenGraph:
    """The graph, reasoned about, written as a build does and opened again."""
    graph = reason(replace(graph, settings={**graph.settings, **SETTINGS, **settings}), ONTOLOGY)
    path = folder / "graph.trig"
    path.write_text(render_trig(graph, ONTOLOGY), "utf-8", newline="")
    return open_written(folder)


@cache
def known_graphs() -> dict[str, KnowledgeGraph]:
    """An empty graph, one of every kind of fact, and one whose every text is hostile."""
    return {"empty": make_graph(), "showcase": showcase_graph(), "hostile": make_hostile_graph()}
