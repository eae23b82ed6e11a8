"""A graph as RDF 1.1 quads, without a blank node.

The default graph holds what the articles say taken together: the entities, the plain triples and
the merged statements. The named graph of an article holds what was read there: its evidence,
passages and mentions. What no article states stands in a graph of its own, and so does what does
not fit together. The runs graph holds how it was made. Every triple is in exactly one graph, so
dropping the graph names loses and doubles nothing (docs/decisions/0102, 1001).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import itemgetter

import pyoxigraph as ox

from kg.model.graph import Entity, KnowledgeGraph
from kg.model.text import Span
from kg.ontology.domain import Ontology
from kg.rdf import ntriples, terms
from kg.rdf.encode.articles import article_rows
from kg.rdf.encode.by_article import article_graph_rows, by_article, fact_evidence
from kg.rdf.encode.context import Context
from kg.rdf.encode.discrepancies import discrepancy_rows
from kg.rdf.encode.entities import entity_rows
from kg.rdf.encode.evidence import evidence_rows
from kg.rdf.encode.inferences import inferred_rows
from kg.rdf.encode.mentions import mention_rows, written_mentions
from kg.rdf.encode.partnerships import drawn_rows, partnership_rows
from kg.rdf.encode.passages import around_rows
from kg.rdf.encode.runs import run_rows
from kg.rdf.encode.statements import fact_rows
from kg.rdf.ntriples import DEFAULT_GRAPH, NR, Graph, Row

__all__ = [
    "article_part",
    "part_rows",
    "rows_by_graph",
    "to_quads",
]


def to_quads(graph: KnowledgeGraph, ontology: Ontology) -> tuple[ox.Quad, ...]:
    """The whole graph as quads, sorted and without repetition.

    Raises InvalidGraphError for a class, relation, qualifier, datatype or IRI that cannot be
    written.
    """
    graphs = [(name, ntriples.in_order(rows)) for name, rows in rows_by_graph(graph, ontology)]
    graphs.sort(key=itemgetter(0))
    return tuple(quad for name, rows in graphs for quad in ntriples.quads_of(name, rows))


def rows_by_graph(
    graph: KnowledgeGraph, ontology: Ontology
) -> Iterator[tuple[Graph, Iterable[Row]]]:
    """As `to_quads`, graph after graph, the rows of each unsorted and some of them twice.

    Each is to be exhausted before the next one is asked for: what was written is not repeated.
    """
    context = Context(graph, ontology)
    entities = _entities(graph)
    # The largest first, while least lies beside it.
    yield DEFAULT_GRAPH, _merged_rows(context, entities)
    yield ntriples.minted(terms.inferred_graph_iri(context.base)), _inferred_rows(context)
    yield ntriples.minted(terms.runs_graph_iri(context.base)), run_rows(context)
    yield (
        ntriples.minted(terms.discrepancies_graph_iri(context.base)),
        (row for item in graph.discrepancies for row in discrepancy_rows(context, item)),
    )
    for name, found in by_article(context, entities).items():
        yield context.article_node(name), article_graph_rows(context, name, found)


def part_rows(
    graph: KnowledgeGraph,
    ontology: Ontology,
    run: str,
    around: Iterable[tuple[Span, str, str]] = (),
) -> Iterator[tuple[Graph, Iterable[Row]]]:
    """The rows of a part of a graph whose run has the IRI `run`, as `rows_by_graph`.

    A graph may come several times. Articles of the part tell when they were published; what is
    known of them comes from `article_part`. `around` is what stands before and after passages.
    Raises as `to_quads`.
    """
    context = Context(graph, ontology, run=run, has_texts=False)
    yield DEFAULT_GRAPH, _merged_rows(context, graph.entities)
    yield ntriples.minted(terms.inferred_graph_iri(context.base)), _inferred_rows(context)
    yield from _mentions(context)
    for owner, body, item in fact_evidence(context):
        name = item.span.article
        yield context.article_node(name), evidence_rows(context, owner, body, item)
    for span, before, after in around:
        yield context.article_node(span.article), around_rows(context, span, before, after)


def article_part(
    graph: KnowledgeGraph, ontology: Ontology, run: str
) -> Iterator[tuple[Graph, Iterable[Row]]]:
    """The rows of the articles and mentions of a part of a graph, as `part_rows`."""
    context = Context(graph, ontology, run=run)
    yield from _mentions(context)
    for article in graph.articles:
        yield context.article_node(article.name), article_rows(context, article)
    yield ntriples.minted(terms.runs_graph_iri(context.base)), run_rows(context)


def _merged_rows(context: Context, entities: Iterable[Entity]) -> Iterator[Row]:
    """What the articles say taken together."""
    for value in entities:
        yield from entity_rows(context, value)
    for item in context.graph.facts:
        yield from fact_rows(context, item)
    for plan, happening in context.graph.fulfilments:
        ends = (terms.statement_iri(context.base, key) for key in (plan, happening))
        planned, happened = map(ntriples.minted, ends)
        yield planned, NR["fulfilledBy"], happened
    for partnership in context.graph.partnerships:
        yield from partnership_rows(context, partnership)


def _inferred_rows(context: Context) -> Iterator[Row]:
    """What follows from it; after the facts, whose plain triples are not repeated."""
    for item in context.graph.inferred:
        yield from inferred_rows(context, item)
    for partnership in context.graph.partnerships:
        yield from drawn_rows(context, partnership)


def _mentions(context: Context) -> Iterator[tuple[Graph, Iterable[Row]]]:
    for entity in context.graph.entities:
        node = ntriples.iri(entity.id)
        for item in written_mentions(context, entity):
            yield context.article_node(item.span.article), mention_rows(context, node, item)


def _entities(graph: KnowledgeGraph) -> Iterable[Entity]:
    """Those of the graph, and those that only its facts know."""
    found = {item.id: item for item in graph.entities}
    for fact in (*graph.facts, *graph.inferred):
        others = (fact.object, fact.attributed_to, *(value for _, value in fact.qualifiers))
        for value in (fact.subject, *others):
            if isinstance(value, Entity):
                found.setdefault(value.id, value)
    return found.values()
