"""Evidence: the place of an article that makes a claim, in the graph of the article."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.model.statement import Evidence
from kg.rdf import literals, terms
from kg.rdf.encode.articles import cited_article
from kg.rdf.encode.context import Context, Term
from kg.rdf.encode.passages import passage_quads, surrounding_quads
from kg.rdf.terms import NR, OA, RDF

__all__ = ["evidence_quads"]


def evidence_quads(
    context: Context, owner: str, body: ox.NamedNode, evidence: Evidence
) -> Iterator[ox.Quad]:
    """The link from a statement or side (`owner` is its id) to one reading of it, and its place."""
    span = evidence.span
    article = literals.iri(terms.article_iri(context.base, span.article))
    node = literals.iri(terms.evidence_iri(context.base, owner, evidence))
    passage = literals.iri(terms.passage_iri(context.base, span))
    triples: tuple[tuple[ox.NamedNode, ox.NamedNode, Term], ...] = (
        (body, NR["evidence"], node),
        (node, RDF["type"], NR["Evidence"]),
        (node, RDF["type"], OA["Annotation"]),
        (node, OA["hasBody"], body),
        (node, OA["hasTarget"], passage),
        (node, NR["quote"], literals.string(evidence.quote)),
        (node, NR["voice"], NR["voice" + evidence.voice.value.capitalize()]),
        (node, NR["extractor"], literals.string(evidence.extractor)),
        *((node, NR["hedgeCue"], literals.string(cue)) for cue in evidence.cues),
        *cited_article(context, article, span.article),
    )
    for triple in triples:
        yield ox.Quad(*triple, article)
    yield from passage_quads(context, span, evidence.quote)
    yield from surrounding_quads(context, span)
