"""Mentions: the passages that name or describe an entity, in the graph of the article."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.graph import Entity
from kg.model.statement import Mention, MentionKind
from kg.rdf import ntriples, terms
from kg.rdf.encode.articles import cited_article
from kg.rdf.encode.context import Context
from kg.rdf.encode.passages import passage_rows
from kg.rdf.ntriples import NR, Row, Term

__all__ = ["mention_rows", "written_mentions"]


def written_mentions(context: Context, entity: Entity) -> Iterator[Mention]:
    """The mentions of the entity but its pronouns, which say nothing of its names."""
    for member in entity.members:
        known = context.article_entities.get(member)
        if known is not None:
            for mention in known.mentions:
                if mention.kind is not MentionKind.PRONOUN and mention.text:
                    yield mention


def mention_rows(context: Context, node: Term, mention: Mention) -> Iterator[Row]:
    """The link from an entity to one of its mentions, and the place."""
    article = context.article_node(mention.span.article)
    passage = ntriples.minted(terms.passage_iri(context.base, mention.span))
    yield node, NR["mention"], passage
    yield from cited_article(context, article, mention.span.article)
    yield from passage_rows(context, mention.span, mention.text)
