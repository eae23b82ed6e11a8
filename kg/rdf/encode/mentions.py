"""Mentions: the passages that name or describe an entity, in the graph of the article."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.model.graph import Entity
from kg.model.statement import Mention, MentionKind
from kg.rdf import literals, terms
from kg.rdf.encode.articles import cited_article
from kg.rdf.encode.context import Context
from kg.rdf.encode.passages import passage_quads
from kg.rdf.terms import NR

__all__ = ["mention_quads", "one_mention_quads", "written_mentions"]


def mention_quads(context: Context, entity: Entity) -> Iterator[ox.Quad]:
    """The quads of every mention of the entity that is written."""
    node = literals.iri(entity.id)
    for mention in written_mentions(context, entity):
        yield from one_mention_quads(context, node, mention)


def written_mentions(context: Context, entity: Entity) -> Iterator[Mention]:
    """The mentions of the entity but its pronouns, which say nothing of its names."""
    for member in entity.members:
        known = context.article_entities.get(member)
        if known is not None:
            for mention in known.mentions:
                if mention.kind is not MentionKind.PRONOUN and mention.text:
                    yield mention


def one_mention_quads(context: Context, node: ox.NamedNode, mention: Mention) -> Iterator[ox.Quad]:
    """The link from an entity to one of its mentions, and the place."""
    article = literals.iri(terms.article_iri(context.base, mention.span.article))
    passage = literals.iri(terms.passage_iri(context.base, mention.span))
    yield ox.Quad(node, NR["mention"], passage, article)
    for triple in cited_article(context, article, mention.span.article):
        yield ox.Quad(*triple, article)
    yield from passage_quads(context, mention.span, mention.text)
