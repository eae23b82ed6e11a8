"""Mentions: the passages that name or describe an entity, in the graph of the article."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.model.graph import Entity
from kg.model.statement import MentionKind
from kg.rdf import literals, terms
from kg.rdf.encode.articles import cited_article
from kg.rdf.encode.context import Context
from kg.rdf.encode.passages import passage_quads
from kg.rdf.terms import NR

__all__ = ["mention_quads"]


def mention_quads(context: Context, entity: Entity) -> Iterator[ox.Quad]:
    """Every mention of the entity but its pronouns, which say nothing of its names."""
    node = literals.iri(entity.id)
    members = (context.article_entities.get(member) for member in entity.members)
    for mention in (item for member in members if member is not None for item in member.mentions):
        if mention.kind is MentionKind.PRONOUN or not mention.text:
            continue
        article = literals.iri(terms.article_iri(context.base, mention.span.article))
        passage = literals.iri(terms.passage_iri(context.base, mention.span))
        yield ox.Quad(node, NR["mention"], passage, article)
        for triple in cited_article(context, article, mention.span.article):
            yield ox.Quad(*triple, article)
        yield from passage_quads(context, mention.span, mention.text)
