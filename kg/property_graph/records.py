"""Nodes that describe the graph: statements, articles, discrepancies, and where they lead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model.discrepancy import Discrepancy, Side
from kg.model.graph import KnowledgeGraph
from kg.model.statement import Evidence, short_hash
from kg.model.text import Article
from kg.property_graph.claims import (
    evidence_arrays,
    evidence_properties,
    without_gaps,
)
from kg.property_graph.model import EvidenceForm, Node, PropertyValue, Relationship
from kg.property_graph.values import clean, dated
from kg.rdf.terms import article_iri, discrepancy_iri, evidence_iri, side_iri, statement_iri

__all__ = ["article_nodes", "copy_links", "discrepancy_nodes", "evidence_links", "link"]


def link(
    type_: str, start: str, end: str, properties: dict[str, PropertyValue] | None = None
) -> Relationship:
    """A relationship that there is once between its ends."""
    return Relationship(short_hash(type_, start, end), type_, start, end, properties or {})


def evidence_links(
    base: str, owner: str, start: str, evidence: Iterable[Evidence]
) -> Iterator[Relationship]:
    """From a statement or side to each article that it is read in, with the place there.

    `owner` is the id of the fact or discrepancy, `start` its node.
    """
    for item in evidence:
        yield Relationship(
            evidence_iri(base, owner, item),
            "EVIDENCE",
            start,
            article_iri(base, item.span.article),
            evidence_properties(item),
        )


def article_nodes(base: str, graph: KnowledgeGraph) -> Iterator[Node]:
    """The articles of the graph, and those that evidence cites and whose text is not at hand."""
    known = {article.name: article for article in graph.articles}
    evidence = [item for fact in (*graph.facts, *graph.inferred) for item in fact.evidence]
    evidence += [e for item in graph.discrepancies for side in item.sides for e in side.evidence]
    cited = {item.span.article for item in evidence} | {n for pair in graph.copies for n in pair}
    for name in sorted(known.keys() | cited):
        yield _article(base, known.get(name, Article(name=name, text="", format="")))


def _article(base: str, article: Article) -> Node:
    published = article.published
    properties: dict[str, PropertyValue | None] = {
        "name": clean(article.name),
        **{
            name: clean(text) if text else None
            for name, text in (
                ("title", article.title),
                ("author", article.author),
                ("publisher", article.publisher),
                ("published", published),
                ("language", article.language),
                ("url", article.url),
                ("format", article.format),
            )
        },
        **dict(dated("published", published or "")),
    }
    return Node(article_iri(base, article.name), ("Article",), without_gaps(properties))


def copy_links(base: str, copies: Iterable[tuple[str, str]]) -> Iterator[Relationship]:
    """From each copy to its original."""
    for copy, original in copies:
        yield link("COPY_OF", article_iri(base, copy), article_iri(base, original))


def discrepancy_nodes(
    base: str, item: Discrepancy, form: EvidenceForm
) -> Iterator[Node | Relationship]:
    """A discrepancy, its sides, and what these lead to; not yet the entity that it concerns."""
    node = discrepancy_iri(base, item.id)
    properties: dict[str, PropertyValue | None] = {
        "kind": str(item.kind),
        "message": clean(item.message),
        "relation": item.predicate,
    }
    yield Node(node, ("Discrepancy",), without_gaps(properties))
    for number, side in enumerate(item.sides, start=1):
        iri = side_iri(base, item.id, number)
        yield _side(iri, number, side, form)
        yield link("HAS_SIDE", node, iri)
        if form is EvidenceForm.NODES:
            yield from evidence_links(base, f"{item.id}/{number}", iri, side.evidence)
            if side.fact is not None:
                yield link("SIDE_STATEMENT", iri, statement_iri(base, side.fact))


def _side(iri: str, number: int, side: Side, form: EvidenceForm) -> Node:
    properties: dict[str, PropertyValue | None] = {
        "says": clean(side.says),
        "position": number,
        "factId": side.fact,
        "reference": side.reference,
    }
    if form is EvidenceForm.PROPERTIES:
        properties |= evidence_arrays(side.evidence)
    return Node(iri, ("Side",), without_gaps(properties))
