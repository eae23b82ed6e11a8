"""Files that the graph is written to.

An exporter is one module with a function from graph and ontology to text or its UTF-8, and an
entry in EXPORTERS. The modules are imported when they are first used, so that importing this
package loads neither pyvis nor networkx nor an RDF library.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import UnknownNameError
from kg.model.graph import KnowledgeGraph

if TYPE_CHECKING:
    from kg.ontology.domain import Ontology

__all__ = ["EXPORTERS", "Content", "Exporter", "exporter"]


Content = str | bytes | Sequence[bytes]
"""Text, its UTF-8, or the chunks of that."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """One output file: what it is called and how its text is made.

    `render` gives the same text for the same graph on every run and machine.
    """

    name: str
    file_name: str
    render: Callable[[KnowledgeGraph, Ontology], Content]


def _jsonl(graph: KnowledgeGraph, ontology: Ontology) -> str:
    from kg.export.jsonl import render_jsonl

    return render_jsonl(graph, ontology)


def _discrepancies(graph: KnowledgeGraph, ontology: Ontology) -> str:
    from kg.export.jsonl import render_discrepancies

    return render_discrepancies(graph, ontology)


def _inferred(graph: KnowledgeGraph, ontology: Ontology) -> str:
    from kg.export.jsonl import render_inferred

    return render_inferred(graph, ontology)


def _turtle(graph: KnowledgeGraph, ontology: Ontology) -> Content:
    from kg.export.rdf import turtle_chunks

    return turtle_chunks(graph, ontology)


def _trig(graph: KnowledgeGraph, ontology: Ontology) -> Content:
    from kg.export.rdf import trig_chunks

    return trig_chunks(graph, ontology)


def _html(graph: KnowledgeGraph, ontology: Ontology) -> str:
    from kg.export.html import render_html

    return render_html(graph, ontology, with_text=graph.is_text_shown)


def _graphml(graph: KnowledgeGraph, ontology: Ontology) -> str:
    from kg.export.graphml import render_graphml

    return render_graphml(graph, ontology)


EXPORTERS: tuple[Exporter, ...] = (
    Exporter("jsonl", "facts.jsonl", _jsonl),
    Exporter("discrepancies", "discrepancies.jsonl", _discrepancies),
    Exporter("inferred", "inferred.jsonl", _inferred),
    Exporter("turtle", "graph.ttl", _turtle),
    Exporter("trig", "graph.trig", _trig),
    Exporter("html", "graph.html", _html),
    Exporter("graphml", "graph.graphml", _graphml),
)


def exporter(name: str) -> Exporter:
    """The exporter of that name. Raises UnknownNameError, which lists the names there are."""
    for candidate in EXPORTERS:
        if candidate.name == name:
            return candidate
    raise UnknownNameError("exporter", name, (candidate.name for candidate in EXPORTERS))
