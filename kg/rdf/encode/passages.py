"""Passages: characters of an article, found again by position or by quotation."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.model.text import Article, Span
from kg.rdf import literals, terms
from kg.rdf.encode.context import Context
from kg.rdf.terms import NR, OA, RDF

__all__ = ["around_quads", "passage_quads", "surrounding_quads", "surroundings"]

# Looked up once: half of all quads are of passages.
_TYPE, _PASSAGE = RDF["type"], NR["Passage"]
_SELECTOR, _SOURCE, _RESOURCE = OA["hasSelector"], OA["hasSource"], OA["SpecificResource"]
_BY_POSITION, _START, _END = OA["TextPositionSelector"], OA["start"], OA["end"]
_BY_QUOTE, _EXACT = OA["TextQuoteSelector"], OA["exact"]

CONTEXT = 24  # characters before and after a quotation; enough to tell its repetitions apart


def passage_quads(context: Context, span: Span, exact: str) -> Iterator[ox.Quad]:
    """The passage with both its selectors, in the graph of the article; nothing the second time."""
    if (span, exact) in context.passages:
        return
    context.passages.add((span, exact))
    article = literals.iri(terms.article_iri(context.base, span.article))
    passage = literals.iri(terms.passage_iri(context.base, span))
    position = literals.iri(terms.selector_iri(context.base, span, "position"))
    quote = literals.iri(terms.selector_iri(context.base, span, "quote"))
    yield ox.Quad(passage, _TYPE, _PASSAGE, article)
    yield ox.Quad(passage, _TYPE, _RESOURCE, article)
    yield ox.Quad(passage, _SELECTOR, position, article)
    yield ox.Quad(passage, _SELECTOR, quote, article)
    yield ox.Quad(passage, _SOURCE, article, article)
    yield ox.Quad(position, _TYPE, _BY_POSITION, article)
    yield ox.Quad(position, _START, literals.count(span.start), article)
    yield ox.Quad(position, _END, literals.count(span.end), article)
    yield ox.Quad(quote, _TYPE, _BY_QUOTE, article)
    yield ox.Quad(quote, _EXACT, literals.string(exact), article)


def surrounding_quads(context: Context, span: Span) -> Iterator[ox.Quad]:
    """What stands before and after the passage; nothing where the text is not at hand.

    Nothing the second time, as `passage_quads`.
    """
    if not context.has_texts or span.article not in context.articles:
        return
    if span not in context.surroundings:
        context.surroundings.add(span)
        yield from around_quads(context, span, *surroundings(context.articles[span.article], span))


def surroundings(article: Article, span: Span) -> tuple[str, str]:
    """What stands before and after a passage of the article."""
    text = article.text
    return text[max(0, span.start - CONTEXT) : span.start], text[span.end :][:CONTEXT]


def around_quads(context: Context, span: Span, before: str, after: str) -> Iterator[ox.Quad]:
    """A passage with what stands before and after it."""
    article = literals.iri(terms.article_iri(context.base, span.article))
    quote = literals.iri(terms.selector_iri(context.base, span, "quote"))
    yield ox.Quad(quote, OA["prefix"], literals.string(before), article)
    yield ox.Quad(quote, OA["suffix"], literals.string(after), article)
