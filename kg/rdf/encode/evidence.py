"""Evidence: the place of an article that makes a claim, in the graph of the article."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.model.graph import Fact
from kg.model.statement import Evidence
from kg.rdf import literals, terms
from kg.rdf.encode.articles import article_core
from kg.rdf.encode.context import Context, Term
from kg.rdf.terms import NR, OA, RDF

__all__ = ["evidence_quads"]

CONTEXT = 24  # characters before and after a quotation; enough to tell its repetitions apart


def evidence_quads(
    context: Context, fact: Fact, statement: ox.NamedNode, evidence: Evidence
) -> Iterator[ox.Quad]:
    """The link from a statement to one reading of it, and where that stands."""
    span = evidence.span
    article = literals.iri(terms.article_iri(context.base, span.article))
    node = literals.iri(terms.evidence_iri(context.base, fact.id, evidence))
    passage = literals.iri(terms.passage_iri(context.base, span))
    position = literals.iri(terms.selector_iri(context.base, span, "position"))
    quote = literals.iri(terms.selector_iri(context.base, span, "quote"))
    triples: tuple[tuple[ox.NamedNode, ox.NamedNode, Term], ...] = (
        (statement, NR["evidence"], node),
        (node, RDF["type"], NR["Evidence"]),
        (node, RDF["type"], OA["Annotation"]),
        (node, OA["hasBody"], statement),
        (node, OA["hasTarget"], passage),
        (node, NR["quote"], literals.string(evidence.quote)),
        (node, NR["voice"], NR["voice" + evidence.voice.value.capitalize()]),
        (node, NR["extractor"], literals.string(evidence.extractor)),
        *((node, NR["hedgeCue"], literals.string(cue)) for cue in evidence.cues),
        (passage, RDF["type"], NR["Passage"]),
        (passage, RDF["type"], OA["SpecificResource"]),
        (passage, OA["hasSource"], article),
        (passage, OA["hasSelector"], position),
        (passage, OA["hasSelector"], quote),
        (position, RDF["type"], OA["TextPositionSelector"]),
        (position, OA["start"], literals.count(span.start)),
        (position, OA["end"], literals.count(span.end)),
        (quote, RDF["type"], OA["TextQuoteSelector"]),
        (quote, OA["exact"], literals.string(evidence.quote)),
        *article_core(article, span.article),
    )
    for triple in triples:
        yield ox.Quad(*triple, article)
    if span.article in context.articles:
        text = context.articles[span.article].text
        before, after = (
            text[max(0, span.start - CONTEXT) : span.start],
            text[span.end :][:CONTEXT],
        )
        yield ox.Quad(quote, OA["prefix"], literals.string(before), article)
        yield ox.Quad(quote, OA["suffix"], literals.string(after), article)
