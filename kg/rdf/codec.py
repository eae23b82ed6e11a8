"""KnowledgeGraph to RDF quads and back."""

from __future__ import annotations

from kg.rdf.decode import from_quads, read_graph
from kg.rdf.encode import article_part, part_rows, to_quads
from kg.rdf.order import flatten

__all__ = [
    "article_part",
    "flatten",
    "from_quads",
    "part_rows",
    "read_graph",
    "to_quads",
]
