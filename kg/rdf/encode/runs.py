"""How the graph was made: the run, its settings, the judgements of sameness made and left open."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.model.graph import SameAs
from kg.rdf import literals, terms
from kg.rdf.encode.context import Context, quad
from kg.rdf.terms import NR, PROV, RDF, SCHEMA

__all__ = ["run_quads"]


def run_quads(context: Context) -> Iterator[ox.Quad]:
    """The run that made the graph."""
    graph = literals.iri(terms.runs_graph_iri(context.base))
    yield quad(context.run, RDF["type"], NR["Run"], graph)
    yield quad(context.run, RDF["type"], PROV["Activity"], graph)
    for article in context.graph.articles:
        used = literals.iri(terms.article_iri(context.base, article.name))
        yield quad(context.run, PROV["used"], used, graph)
    for name, value in context.graph.settings.items():
        node = literals.iri(terms.setting_iri(context.run.value, name))
        yield quad(context.run, NR["setting"], node, graph)
        yield quad(node, RDF["type"], NR["Setting"], graph)
        yield quad(node, SCHEMA["name"], literals.string(name), graph)
        yield quad(node, SCHEMA["value"], literals.string(value), graph)
    ended = context.graph.settings.get("built_at")
    if ended is not None and literals.is_date(ended):
        yield quad(context.run, PROV["endedAtTime"], literals.date(ended), graph)
    for item in context.graph.judgements:
        pair = (item.left, item.right, item.score, item.reason)
        node = literals.iri(terms.judgement_iri(context.base, *pair))
        yield from _pair_quads(context, node, NR["Judgement"], item)
    for item in context.graph.candidates:
        pair = (item.left, item.right, item.score, item.reason)
        node = literals.iri(terms.candidate_iri(context.base, *pair))
        yield from _pair_quads(context, node, NR["MergeCandidate"], item)


def _pair_quads(
    context: Context, node: ox.NamedNode, class_: ox.NamedNode, item: SameAs
) -> Iterator[ox.Quad]:
    """Two ids, how likely they denote one thing, and why."""
    graph = literals.iri(terms.runs_graph_iri(context.base))
    yield quad(node, RDF["type"], class_, graph)
    yield quad(node, NR["left"], literals.iri(item.left), graph)
    yield quad(node, NR["right"], literals.iri(item.right), graph)
    yield quad(node, NR["score"], literals.decimal(item.score), graph)
    yield quad(node, NR["reason"], literals.string(item.reason), graph)
    yield quad(node, PROV["wasGeneratedBy"], context.run, graph)
