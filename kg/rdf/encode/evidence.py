"""Evidence: the place of an article that makes a claim, in the graph of the article."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.statement import Evidence
from kg.rdf import ntriples, terms
from kg.rdf.encode.articles import cited_article
from kg.rdf.encode.context import Context
from kg.rdf.encode.passages import passage_rows, surrounding_rows
from kg.rdf.ntriples import NR, OA, RDF, Row, Term

__all__ = ["evidence_rows"]

# Looked up once, as those of passages.
_TYPE, _CLASS, _ANNOTATION = RDF["type"], NR["Evidence"], OA["Annotation"]
_EVIDENCE, _BODY, _TARGET = NR["evidence"], OA["hasBody"], OA["hasTarget"]
_QUOTE, _VOICE, _EXTRACTOR, _CUE = NR["quote"], NR["voice"], NR["extractor"], NR["hedgeCue"]


def evidence_rows(context: Context, owner: str, body: Term, evidence: Evidence) -> Iterator[Row]:
    """The link from a statement or side (`owner` is its id) to one reading of it, and its place."""
    span = evidence.span
    article = context.article_node(span.article)
    node = ntriples.minted(terms.evidence_iri(context.base, owner, evidence))
    yield body, _EVIDENCE, node
    yield node, _TYPE, _CLASS
    yield node, _TYPE, _ANNOTATION
    yield node, _BODY, body
    yield node, _TARGET, ntriples.minted(terms.passage_iri(context.base, span))
    yield node, _QUOTE, ntriples.string(evidence.quote)
    yield node, _VOICE, NR["voice" + evidence.voice.value.capitalize()]
    yield node, _EXTRACTOR, ntriples.string(evidence.extractor)
    for cue in evidence.cues:
        yield node, _CUE, ntriples.string(cue)
    yield from cited_article(context, article, span.article)
    yield from passage_rows(context, span, evidence.quote)
    yield from surrounding_rows(context, span)
