"""What the encoders of all kinds of node share."""

from __future__ import annotations

from functools import cached_property

import pyoxigraph as ox

from kg.model.graph import KnowledgeGraph
from kg.model.text import Article
from kg.ontology.domain import Ontology
from kg.rdf import literals, terms

__all__ = ["DEFAULT_GRAPH", "Context", "Graph", "Term", "quad"]

DEFAULT_GRAPH = ox.DefaultGraph()

Term = ox.NamedNode | ox.Literal
Graph = ox.NamedNode | ox.DefaultGraph


class Context:
    """One graph to be written under one ontology."""

    def __init__(self, graph: KnowledgeGraph, ontology: Ontology) -> None:
        self.graph = graph
        self.ontology = ontology
        self.base = ontology.base_iri
        self.run = literals.iri(terms.run_iri(self.base, graph.settings, graph.articles))

    @cached_property
    def articles(self) -> dict[str, Article]:
        """The articles of the graph by name."""
        return {article.name: article for article in self.graph.articles}


def quad(
    subject: ox.NamedNode, predicate: ox.NamedNode, object_: Term, graph: Graph = DEFAULT_GRAPH
) -> ox.Quad:
    """The quad; without a graph, in the default graph."""
    return ox.Quad(subject, predicate, object_, graph)
