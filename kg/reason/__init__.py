"""What follows from the facts of a merged graph, and what does not fit together in it.

Nothing here changes or drops a fact: it adds views beside them.
"""

from dataclasses import replace

from kg.model.graph import KnowledgeGraph
from kg.ontology.domain import Ontology
from kg.reason.discrepancies import discrepancies
from kg.reason.fulfilments import fulfilments
from kg.reason.inference import infer
from kg.reason.partnerships import partnerships

__all__ = ["reason"]


def reason(graph: KnowledgeGraph, ontology: Ontology) -> KnowledgeGraph:
    """The graph with its fulfilments, inferred facts, partnerships and discrepancies.

    The steps run in this order, each on what the one before it gave; the result depends on nothing
    but the two arguments.
    """
    graph = replace(graph, fulfilments=fulfilments(graph))
    graph = replace(graph, inferred=infer(graph.facts, ontology))
    graph = replace(graph, partnerships=partnerships(graph, ontology))
    return replace(graph, discrepancies=discrepancies(graph, ontology))
