"""One graph as a page of ours, of bare pyvis, and of Cytoscape.js, for `tools.viewer_speed`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from pyvis.network import Network

from kg.export.html import render_html
from kg.model.graph import Entity, Fact, KnowledgeGraph
from kg.ontology.domain import Ontology

__all__ = ["write_cytoscape", "write_ours", "write_pyvis"]

# The example of the manual, https://js.cytoscape.org/#getting-started, with names on it.
CYTOSCAPE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Graph</title>
<style>#cy { width: 100vw; height: 100vh; }</style></head><body><div id="cy"></div>
<script>%s</script>
<script>
window.cy = cytoscape({ container: document.getElementById("cy"), elements: %s,
  layout: { name: "cose" }, style: [
  { selector: "node", style: { label: "data(label)" } },
  { selector: "edge", style: { label: "data(label)", "curve-style": "bezier",
                               "target-arrow-shape": "triangle" } },
] });
</script></body></html>
"""


def write_ours(graph: KnowledgeGraph, ontology: Ontology, file: Path) -> None:
    """What `kg build` writes."""
    file.write_text(render_html(graph, ontology), "utf-8")


def write_pyvis(graph: KnowledgeGraph, ontology: Ontology, file: Path) -> None:
    """What pyvis writes without any option but that its library shall be in the page."""
    network = Network(directed=True, cdn_resources="in_line")
    for entity in graph.entities:
        network.add_node(entity.id, label=entity.label, title=entity.type)
    for fact, object_ in _between(graph):
        label = ontology.relations[fact.predicate].label
        network.add_edge(fact.subject.id, object_.id, label=label, title=fact.evidence[0].quote)
    network.write_html(str(file), open_browser=False, notebook=False)


def write_cytoscape(library: Path, graph: KnowledgeGraph, ontology: Ontology, file: Path) -> None:
    """A page with the library in it, laid out by `cose`, the force layout that comes with it."""
    elements: list[dict[str, dict[str, str]]] = [
        {"data": {"id": e.id, "label": e.label, "type": e.type}} for e in graph.entities
    ]
    for fact, object_ in _between(graph):
        label, quote = ontology.relations[fact.predicate].label, fact.evidence[0].quote
        ends = {"source": fact.subject.id, "target": object_.id}
        elements.append({"data": {"id": fact.id, **ends, "label": label, "quote": quote}})
    code = library.read_text("utf-8")
    if "</script" in code:
        raise ValueError(f"{library} cannot stand in a page: it holds </script")
    data = json.dumps(elements).replace("<", "\\u003c")
    file.write_text(CYTOSCAPE % (code, data), "utf-8")


def _between(graph: KnowledgeGraph) -> Iterator[tuple[Fact, Entity]]:
    """The facts that a line can stand for, with their object."""
    for fact in graph.facts:
        if isinstance(fact.object, Entity):
            yield fact, fact.object
