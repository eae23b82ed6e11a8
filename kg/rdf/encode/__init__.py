"""A graph as RDF 1.1 quads, without a blank node.

The default graph holds what the articles say taken together: the entities, the plain triples and
the merged statements. The named graph of an article holds what was read there: its evidence,
passages and mentions. What no article states stands in a graph of its own, and so does what does
not fit together. The runs graph holds how it was made. Every triple is in exactly one graph, so
dropping the graph names loses and doubles nothing (docs/decisions/0102, 1001).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.model.graph import Entity, KnowledgeGraph
from kg.model.text import Span
from kg.ontology.domain import Ontology
from kg.rdf import literals, terms
from kg.rdf.encode.articles import article_quads
from kg.rdf.encode.by_article import article_graph_quads, by_article, fact_evidence
from kg.rdf.encode.context import Context, quad
from kg.rdf.encode.discrepancies import discrepancy_quads
from kg.rdf.encode.entities import entity_quads
from kg.rdf.encode.evidence import evidence_quads
from kg.rdf.encode.inferences import inferred_quads
from kg.rdf.encode.mentions import mention_quads
from kg.rdf.encode.order import flatten, in_order, triples_in_order
from kg.rdf.encode.partnerships import partnership_quads
from kg.rdf.encode.passages import around_quads
from kg.rdf.encode.runs import run_quads
from kg.rdf.encode.statements import fact_quads
from kg.rdf.terms import NR

__all__ = [
    "article_part",
    "flatten",
    "in_order",
    "part_quads",
    "quads_by_graph",
    "to_quads",
    "triples_in_order",
]


def to_quads(graph: KnowledgeGraph, ontology: Ontology) -> tuple[ox.Quad, ...]:
    """The whole graph as quads, sorted and without repetition.

    Raises InvalidGraphError for a class, relation, qualifier, datatype or IRI that cannot be
    written.
    """
    return in_order(quad for some in quads_by_graph(graph, ontology) for quad in some)


def quads_by_graph(graph: KnowledgeGraph, ontology: Ontology) -> Iterator[Iterator[ox.Quad]]:
    """As `to_quads`, unsorted and some of them twice: all of one or more graphs at a time.

    Most stand in the graphs of articles, so that whoever forgets those of one graph when the next
    one comes never has many.
    """
    context = Context(graph, ontology)
    entities = _entities(graph)
    # The largest first, while least lies beside it.
    yield _merged_quads(context, entities)
    yield run_quads(context)
    yield (quad for item in graph.discrepancies for quad in discrepancy_quads(context, item))
    for name, found in by_article(context, entities).items():
        yield article_graph_quads(context, name, found)


def part_quads(
    graph: KnowledgeGraph,
    ontology: Ontology,
    run: str,
    around: Iterable[tuple[Span, str, str]] = (),
) -> Iterator[ox.Quad]:
    """The quads of a part of a graph whose run has the IRI `run`, with repetitions, unsorted.

    Articles of the part tell when they were published; what is known of them comes from
    `article_part`. `around` is what stands before and after passages. Raises as `to_quads`.
    """
    context = Context(graph, ontology, run=run, has_texts=False)
    for value in graph.entities:
        yield from entity_quads(context, value)
        yield from mention_quads(context, value)
    yield from _claim_quads(context)
    for evidence in fact_evidence(context):
        yield from evidence_quads(context, *evidence)
    for span, before, after in around:
        yield from around_quads(context, span, before, after)


def article_part(graph: KnowledgeGraph, ontology: Ontology, run: str) -> Iterator[ox.Quad]:
    """The quads of the articles and mentions of a part of a graph, as `part_quads`."""
    context = Context(graph, ontology, run=run)
    for value in graph.entities:
        yield from mention_quads(context, value)
    for text in graph.articles:
        yield from article_quads(context, text)
    yield from run_quads(context)


def _merged_quads(context: Context, entities: Iterable[Entity]) -> Iterator[ox.Quad]:
    """What the articles say taken together, and what follows from it."""
    for value in entities:
        yield from entity_quads(context, value)
    yield from _claim_quads(context)
    for partnership in context.graph.partnerships:
        yield from partnership_quads(context, partnership)


def _claim_quads(context: Context) -> Iterator[ox.Quad]:
    graph = context.graph
    for item in graph.facts:
        yield from fact_quads(context, item)
    for plan, happening in graph.fulfilments:
        ends = [literals.iri(terms.statement_iri(context.base, key)) for key in (plan, happening)]
        yield quad(ends[0], NR["fulfilledBy"], ends[1])
    for item in graph.inferred:  # after the facts, whose plain triples it does not repeat
        yield from inferred_quads(context, item)


def _entities(graph: KnowledgeGraph) -> Iterable[Entity]:
    """Those of the graph, and those that only its facts know."""
    found = {item.id: item for item in graph.entities}
    for fact in (*graph.facts, *graph.inferred):
        others = (fact.object, fact.attributed_to, *(value for _, value in fact.qualifiers))
        for value in (fact.subject, *others):
            if isinstance(value, Entity):
                found.setdefault(value.id, value)
    return found.values()
