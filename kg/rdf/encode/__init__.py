"""A graph as RDF 1.1 quads, without a blank node.

The default graph holds what the articles say taken together: the entities, the plain triples and
the merged statements. The named graph of an article holds what was read there: its evidence,
passages and mentions. What no article states stands in a graph of its own, and so does what does
not fit together. The runs graph holds how it was made. Every triple is in exactly one graph, so
dropping the graph names loses and doubles nothing (docs/decisions/0102, 1001).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

import pyoxigraph as ox

from kg.model.graph import Entity, KnowledgeGraph
from kg.model.text import Span
from kg.ontology.domain import Ontology
from kg.rdf import literals, terms
from kg.rdf.encode.articles import article_quads
from kg.rdf.encode.context import Context, quad
from kg.rdf.encode.discrepancies import discrepancy_quads
from kg.rdf.encode.entities import entity_quads
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
    "quads_made_once",
    "to_quads",
    "triples_in_order",
    "unsorted_quads",
]

_Made = tuple[KnowledgeGraph, Ontology, tuple[ox.Quad, ...]]
_made: ContextVar[list[_Made] | None] = ContextVar("_made", default=None)


@contextmanager
def quads_made_once() -> Iterator[None]:
    """Within it `to_quads` remembers what it gave last, for whoever asks for the same graph.

    Turtle, TriG and the shapes each need all quads; they are forgotten at the end.
    """
    token = _made.set([])
    try:
        yield
    finally:
        _made.reset(token)


def to_quads(graph: KnowledgeGraph, ontology: Ontology) -> tuple[ox.Quad, ...]:
    """The whole graph as quads, sorted and without repetition.

    Raises InvalidGraphError for a class, relation, qualifier, datatype or IRI that cannot be
    written.
    """
    found = _remembered(graph, ontology)
    if found is None:
        found = in_order(_quads(Context(graph, ontology)))
        made = _made.get()
        if made is not None:
            made[:] = [(graph, ontology, found)]
    return found


def unsorted_quads(graph: KnowledgeGraph, ontology: Ontology) -> Sequence[ox.Quad]:
    """As `to_quads`, as they come and some of them twice, for whom that does not matter."""
    found = _remembered(graph, ontology)
    return tuple(_quads(Context(graph, ontology))) if found is None else found


def _remembered(graph: KnowledgeGraph, ontology: Ontology) -> tuple[ox.Quad, ...] | None:
    for known, with_ontology, quads in _made.get() or ():
        if known is graph and with_ontology is ontology:
            return quads
    return None


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
    yield from _entity_quads(context, graph.entities)
    yield from _claim_quads(context)
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


def _quads(context: Context) -> Iterator[ox.Quad]:
    graph = context.graph
    yield from _entity_quads(context, _entities(graph))
    yield from _claim_quads(context)
    for partnership in graph.partnerships:
        yield from partnership_quads(context, partnership)
    for discrepancy in graph.discrepancies:
        yield from discrepancy_quads(context, discrepancy)
    for text in graph.articles:
        yield from article_quads(context, text)
    yield from run_quads(context)


def _entity_quads(context: Context, entities: Iterable[Entity]) -> Iterator[ox.Quad]:
    for value in entities:
        yield from entity_quads(context, value)
        yield from mention_quads(context, value)


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
