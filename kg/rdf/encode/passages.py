"""Passages: characters of an article, found again by position or by quotation."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model.text import Article, Span
from kg.rdf import ntriples, terms
from kg.rdf.encode.context import Context
from kg.rdf.ntriples import NR, OA, RDF, Row

__all__ = ["around_rows", "passage_rows", "surrounding_rows", "surroundings"]

# Looked up once: half of all rows are of passages.
_TYPE, _PASSAGE = RDF["type"], NR["Passage"]
_SELECTOR, _SOURCE, _RESOURCE = OA["hasSelector"], OA["hasSource"], OA["SpecificResource"]
_BY_POSITION, _START, _END = OA["TextPositionSelector"], OA["start"], OA["end"]
_BY_QUOTE, _EXACT = OA["TextQuoteSelector"], OA["exact"]
_BEFORE, _AFTER = OA["prefix"], OA["suffix"]

CONTEXT = 24  # characters before and after a quotation; enough to tell its repetitions apart


def passage_rows(context: Context, span: Span, exact: str) -> Sequence[Row]:
    """The passage with both its selectors, in the graph of the article; nothing the second time."""
    if (span, exact) in context.passages:
        return ()
    context.passages.add((span, exact))
    passage = ntriples.minted(terms.passage_iri(context.base, span))
    position = ntriples.minted(terms.selector_iri(context.base, span, "position"))
    quote = ntriples.minted(terms.selector_iri(context.base, span, "quote"))
    return (
        (passage, _TYPE, _PASSAGE),
        (passage, _TYPE, _RESOURCE),
        (passage, _SELECTOR, position),
        (passage, _SELECTOR, quote),
        (passage, _SOURCE, context.article_node(span.article)),
        (position, _TYPE, _BY_POSITION),
        (position, _START, ntriples.count(span.start)),
        (position, _END, ntriples.count(span.end)),
        (quote, _TYPE, _BY_QUOTE),
        (quote, _EXACT, ntriples.string(exact)),
    )


def surrounding_rows(context: Context, span: Span) -> Sequence[Row]:
    """What stands before and after the passage; nothing where the text is not at hand.

    Nothing the second time, as `passage_rows`.
    """
    article = context.articles.get(span.article) if context.has_texts else None
    if article is None or span in context.surroundings:
        return ()
    context.surroundings.add(span)
    return around_rows(context, span, *surroundings(article, span))


def surroundings(article: Article, span: Span) -> tuple[str, str]:
    """What stands before and after a passage of the article."""
    text = article.text
    return text[max(0, span.start - CONTEXT) : span.start], text[span.end :][:CONTEXT]


def around_rows(context: Context, span: Span, before: str, after: str) -> Sequence[Row]:
    """A passage with what stands before and after it."""
    quote = ntriples.minted(terms.selector_iri(context.base, span, "quote"))
    return (quote, _BEFORE, ntriples.string(before)), (quote, _AFTER, ntriples.string(after))
