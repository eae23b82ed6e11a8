"""An article with the passages that say its facts, as plain data for a page."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.rdf.guarded import GuardedStore
from kg.serve.entity import QuoteView, quote_view

__all__ = ["ArticleView", "Piece", "article_view", "pieces"]

_ARTICLE = """SELECT ?name ?headline ?published ?publisher ?url WHERE {{
  {a} a nr:Article ; schema:name ?name .
  OPTIONAL {{ {a} schema:headline ?headline }} OPTIONAL {{ {a} schema:datePublished ?published }}
  OPTIONAL {{ {a} schema:publisher ?publisher }} OPTIONAL {{ {a} schema:url ?url }}
}} ORDER BY ?headline ?published ?publisher ?url LIMIT 1"""
_QUOTES = """SELECT DISTINCT ?quote ?voice ?passage WHERE {{
  ?passage oa:hasSource {a} . ?evidence oa:hasTarget ?passage ; nr:quote ?quote ; nr:voice ?voice
}}"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `ids` are the anchors of the passages that begin with it."""

    text: str
    marked: bool = False
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article; `pieces` are its text in order, empty where the text was not kept."""

    iri: str
    name: str
    headline: str
    published: str
    publisher: str
    url: str
    quotes: tuple[QuoteView, ...]  # by place


def article_view(store: GuardedStore, iri: str) -> ArticleView | None:
    """The article of that IRI; None where the graph has none. Raises QueryError as the store."""
    article = str(ox.NamedNode(iri))
    rows = store.result(_ARTICLE.format(a=article)).rows
    if not rows:
        return None
    name, headline, published, publisher, url = (getattr(cell, "value", "") for cell in rows[0])
    quotes = []
    for row in store.result(_QUOTES.format(a=article)).rows:
        quote, voice, passage = (getattr(cell, "value", "") for cell in row)
        voice = voice.rpartition("#")[2].removeprefix("voice").lower()
        quotes.append(quote_view(quote, voice, passage))
    ordered = sorted(quotes, key=lambda q: (q.start, q.end, q.voice))
    return ArticleView(iri, name, headline, published, publisher, url, tuple(ordered))


def pieces(text: str, quotes: Iterable[QuoteView]) -> list[Piece]:
    """The text in order, cut where passages begin and end; together the pieces are the text.

    A quote that is not what stands at its place is left out: the text is another one.
    """
    found = {(q.start, q.end) for q in quotes if 0 <= q.start < q.end <= len(text)
             and text[q.start : q.end] == q.quote}  # fmt: skip
    cuts = sorted({0, len(text), *(place for span in found for place in span)})
    begins: dict[int, list[str]] = {}
    depth: dict[int, int] = {}
    for start, end in sorted(found):
        begins.setdefault(start, []).append(f"c{start}-{end}")
        depth[start] = depth.get(start, 0) + 1
        depth[end] = depth.get(end, 0) - 1
    made, open_ = [], 0
    for start, end in itertools.pairwise(cuts):
        open_ += depth.get(start, 0)
        made.append(Piece(text[start:end], open_ > 0, tuple(begins.get(start, ()))))
    return made
