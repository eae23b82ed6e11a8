"""KnowledgeGraph to RDF quads and back."""

from __future__ import annotations

from kg.rdf.decode import from_quads
from kg.rdf.encode import flatten, to_quads

__all__ = ["flatten", "from_quads", "to_quads"]
