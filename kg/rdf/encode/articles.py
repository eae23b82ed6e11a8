"""Articles, each in the graph of its own name."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.text import Article
from kg.rdf import ntriples
from kg.rdf.encode.context import Context
from kg.rdf.ntriples import NR, RDF, SCHEMA, Row, Term

__all__ = ["article_rows", "cited_article"]


def article_rows(context: Context, article: Article) -> Iterator[Row]:
    """What is known of one article apart from what it says."""
    node = context.article_node(article.name)
    yield from _core(node, article.name)
    yield node, SCHEMA["sha256"], ntriples.string(article.sha256)
    yield node, SCHEMA["encodingFormat"], ntriples.string(article.format)
    yield node, NR["characters"], ntriples.count(len(article.text))
    for predicate, text in (
        ("headline", article.title),
        ("author", article.author),
        ("publisher", article.publisher),
        ("inLanguage", article.language),
        ("url", article.url),
    ):
        if text is not None:
            yield node, SCHEMA[predicate], ntriples.string(text)
    if article.published is not None:
        yield node, SCHEMA["datePublished"], ntriples.date(article.published)
    if article.name in context.originals:
        yield node, NR["copyOf"], context.article_node(context.originals[article.name])


def cited_article(context: Context, article: Term, name: str) -> tuple[Row, ...]:
    """What every article has that evidence cites; nothing the second time."""
    if name in context.cited:
        return ()
    context.cited.add(name)
    return _core(article, name)


def _core(article: Term, name: str) -> tuple[Row, ...]:
    """What every article has, also one whose text is not at hand."""
    return (
        (article, RDF["type"], NR["Article"]),
        (article, RDF["type"], NR["Entity"]),
        (article, RDF["type"], SCHEMA["NewsArticle"]),
        (article, SCHEMA["name"], ntriples.string(name)),
    )
