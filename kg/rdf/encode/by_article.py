"""What was read in each article, for the graph of its name: mentions and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.model.graph import Entity
from kg.model.statement import Evidence, Mention
from kg.rdf import ntriples, terms
from kg.rdf.encode.articles import article_rows
from kg.rdf.encode.context import Context
from kg.rdf.encode.evidence import evidence_rows
from kg.rdf.encode.mentions import mention_rows, written_mentions
from kg.rdf.ntriples import Row, Term

__all__ = ["FoundThere", "article_graph_rows", "by_article", "fact_evidence"]

_Owned = tuple[str, Term, Evidence]  # id and node of what the evidence is for


@dataclass(frozen=True, slots=True)
class FoundThere:
    """What one article says and names."""

    mentions: list[tuple[Term, Mention]] = field(default_factory=list)
    evidence: list[_Owned] = field(default_factory=list)


def by_article(context: Context, entities: Iterable[Entity]) -> dict[str, FoundThere]:
    """What is to be written of each article, by name, those included that are only cited."""
    found = {article.name: FoundThere() for article in context.graph.articles}
    for entity in entities:
        node = ntriples.iri(entity.id)
        for mention in written_mentions(context, entity):
            found.setdefault(mention.span.article, FoundThere()).mentions.append((node, mention))
    for owned in (*fact_evidence(context), *_side_evidence(context)):
        found.setdefault(owned[-1].span.article, FoundThere()).evidence.append(owned)
    return found


def article_graph_rows(context: Context, name: str, found: FoundThere) -> Iterator[Row]:
    """The rows of the graph of one article; its passages are written once, if all at a time."""
    for node, mention in found.mentions:
        yield from mention_rows(context, node, mention)
    for owner, body, item in found.evidence:
        yield from evidence_rows(context, owner, body, item)
    context.passages.clear()  # no other article has one of them
    context.surroundings.clear()
    if name in context.articles:
        yield from article_rows(context, context.articles[name])


def fact_evidence(context: Context) -> Iterator[_Owned]:
    """The evidence of every stated fact."""
    for fact in context.graph.facts:
        node = ntriples.minted(terms.statement_iri(context.base, fact.id))
        yield from ((fact.id, node, item) for item in fact.evidence)


def _side_evidence(context: Context) -> Iterator[_Owned]:
    for found in context.graph.discrepancies:
        for number, side in enumerate(found.sides, start=1):
            node = ntriples.minted(terms.side_iri(context.base, found.id, number))
            yield from ((f"{found.id}/{number}", node, item) for item in side.evidence)
