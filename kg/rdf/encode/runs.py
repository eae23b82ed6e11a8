"""How the graph was made: the run, its settings, the judgements of sameness made and left open."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.graph import SameAs
from kg.rdf import ntriples, terms
from kg.rdf.encode.context import Context
from kg.rdf.literals import is_date
from kg.rdf.ntriples import NR, PROV, RDF, SCHEMA, Row, Term

__all__ = ["run_rows"]


def run_rows(context: Context) -> Iterator[Row]:
    """The run that made the graph."""
    yield context.run, RDF["type"], NR["Run"]
    yield context.run, RDF["type"], PROV["Activity"]
    for article in context.graph.articles:
        used = context.article_node(article.name)
        yield context.run, PROV["used"], used
    for name, value in context.graph.settings.items():
        node = ntriples.minted(terms.setting_iri(context.run_iri, name))
        yield context.run, NR["setting"], node
        yield node, RDF["type"], NR["Setting"]
        yield node, SCHEMA["name"], ntriples.string(name)
        yield node, SCHEMA["value"], ntriples.string(value)
    ended = context.graph.settings.get("built_at")
    if ended is not None and is_date(ended):
        yield context.run, PROV["endedAtTime"], ntriples.date(ended)
    for item in context.graph.judgements:
        pair = (item.left, item.right, item.score, item.reason)
        node = ntriples.minted(terms.judgement_iri(context.base, *pair))
        yield from _pair_rows(context, node, NR["Judgement"], item)
    for item in context.graph.candidates:
        pair = (item.left, item.right, item.score, item.reason)
        node = ntriples.minted(terms.candidate_iri(context.base, *pair))
        yield from _pair_rows(context, node, NR["MergeCandidate"], item)


def _pair_rows(context: Context, node: Term, class_: Term, item: SameAs) -> Iterator[Row]:
    """Two ids, how likely they denote one thing, and why."""
    yield node, RDF["type"], class_
    yield node, NR["left"], ntriples.iri(item.left)
    yield node, NR["right"], ntriples.iri(item.right)
    yield node, NR["score"], ntriples.decimal(item.score)
    yield node, NR["reason"], ntriples.string(item.reason)
    yield node, PROV["wasGeneratedBy"], context.run
