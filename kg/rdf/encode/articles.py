"""Articles, each in the graph of its own name."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.model.text import Article
from kg.rdf import literals, terms
from kg.rdf.encode.context import Context, Term
from kg.rdf.terms import NR, RDF, SCHEMA

__all__ = ["article_quads", "cited_article"]


def article_quads(context: Context, article: Article) -> Iterator[ox.Quad]:
    """What is known of one article apart from what it says."""
    node = literals.iri(terms.article_iri(context.base, article.name))
    facts: list[tuple[ox.NamedNode, ox.NamedNode, Term]] = [
        *_core(node, article.name),
        (node, SCHEMA["sha256"], literals.string(article.sha256)),
        (node, SCHEMA["encodingFormat"], literals.string(article.format)),
        (node, NR["characters"], literals.count(len(article.text))),
    ]
    for predicate, text in (
        ("headline", article.title),
        ("author", article.author),
        ("publisher", article.publisher),
        ("inLanguage", article.language),
        ("url", article.url),
    ):
        if text is not None:
            facts.append((node, SCHEMA[predicate], literals.string(text)))
    if article.published is not None:
        facts.append((node, SCHEMA["datePublished"], literals.date(article.published)))
    if article.name in context.originals:
        original = literals.iri(terms.article_iri(context.base, context.originals[article.name]))
        facts.append((node, NR["copyOf"], original))
    for subject, predicate_, object_ in facts:
        yield ox.Quad(subject, predicate_, object_, node)


_Triples = tuple[tuple[ox.NamedNode, ox.NamedNode, Term], ...]


def cited_article(context: Context, article: ox.NamedNode, name: str) -> _Triples:
    """What every article has that evidence cites; nothing the second time."""
    if name in context.cited:
        return ()
    context.cited.add(name)
    return _core(article, name)


def _core(article: ox.NamedNode, name: str) -> _Triples:
    """What every article has, also one whose text is not at hand."""
    return (
        (article, RDF["type"], NR["Article"]),
        (article, RDF["type"], NR["Entity"]),
        (article, RDF["type"], SCHEMA["NewsArticle"]),
        (article, SCHEMA["name"], literals.string(name)),
    )
