"""One entity that is given classes of which nothing can be both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.model.discrepancy import Discrepancy, DiscrepancyKind, Side
from kg.model.graph import Entity, Fact, KnowledgeGraph
from kg.model.statement import ArticleEntity, Evidence, MentionKind
from kg.model.text import Article
from kg.ontology.domain import Ontology
from kg.reason.sides import discrepancy, fact_side, mention_evidence, told

__all__ = ["type_conflicts"]


def type_conflicts(graph: KnowledgeGraph, ontology: Ontology) -> Iterator[Discrepancy]:
    """Clusters whose articles, domain name or facts give them disjoint classes, one for each."""
    articles = {article.name: article for article in graph.articles}
    members = {entity.id: entity for entity in graph.article_entities}
    uses: dict[str, list[tuple[Fact, tuple[str, ...]]]] = defaultdict(list)
    for fact in graph.facts:
        for entity, admitted in _admitted(fact, ontology):
            if _excluded(entity.type, admitted, ontology):
                uses[entity.id].append((fact, admitted))
    for entity in graph.entities:
        mine = [members[m] for m in entity.members if m in members]
        yield from _of_cluster(entity, mine, articles, ontology)
        if uses[entity.id]:
            yield _of_facts(entity, uses[entity.id], mine, articles, ontology)


def _of_cluster(
    entity: Entity,
    members: Sequence[ArticleEntity],
    articles: Mapping[str, Article],
    ontology: Ontology,
) -> Iterator[Discrepancy]:
    by_type: dict[str, list[ArticleEntity]] = defaultdict(list)
    for member in members:
        by_type[member.type].append(member)
    known = ontology.names.get(entity.id)
    types = sorted({*by_type, known.type} if known is not None else by_type)
    clashing = [t for t in types if any(ontology.disjoint_with(t, other) for other in types)]
    if not clashing:
        return
    sides = [
        Side(f"{entity.label} is a {_name(t, ontology)}", _quotes(by_type[t], articles))
        for t in clashing
        if by_type[t]
    ]
    if known is not None and known.type in clashing:
        says = f"{known.label} is a {_name(known.type, ontology)}"
        sides.append(Side(says, reference=known.iri))
    names = " and ".join(_name(t, ontology) for t in clashing)
    message = f"{entity.label} is taken for {names}, of which nothing can be both"
    yield discrepancy(DiscrepancyKind.TYPE, entity.id, None, message, sides)


def _of_facts(
    entity: Entity,
    uses: Sequence[tuple[Fact, tuple[str, ...]]],
    members: Sequence[ArticleEntity],
    articles: Mapping[str, Article],
    ontology: Ontology,
) -> Discrepancy:
    is_a = f"{entity.label} is a {_name(entity.type, ontology)}"
    quotes = _quotes([m for m in members if m.type == entity.type], articles)
    reference = entity.id if entity.id in ontology.names else None
    sides = [fact_side(fact, ontology) for fact, _ in uses]
    fact, admitted = uses[0]
    kind = Side(is_a, () if reference else quotes or fact.evidence, reference=reference)
    wanted = " or ".join(_name(t, ontology) for t in admitted)
    message = f"{is_a}, but “{told(fact.predicate, ontology)}” is for: {wanted}"
    return discrepancy(DiscrepancyKind.TYPE, entity.id, None, message, [*sides, kind])


def _admitted(fact: Fact, ontology: Ontology) -> Iterator[tuple[Entity, tuple[str, ...]]]:
    relation = ontology.relations.get(fact.predicate)
    if relation is not None:
        yield fact.subject, relation.domain
        if isinstance(fact.object, Entity):
            yield fact.object, relation.range


def _excluded(type_: str, admitted: Sequence[str], ontology: Ontology) -> bool:
    """True when nothing of the class can be of any class that is admitted."""
    return bool(admitted) and all(ontology.disjoint_with(type_, other) for other in admitted)


def _quotes(
    members: Sequence[ArticleEntity], articles: Mapping[str, Article]
) -> tuple[Evidence, ...]:
    """The first mention of each article, by name where it has one, sorted by place."""
    found: list[Evidence] = []
    for member in members:
        by_rank = sorted(member.mentions, key=lambda m: (m.kind is not MentionKind.NAME, m.span))
        for mention in by_rank[:1]:
            if mention.span.article in articles:
                found.append(mention_evidence(mention, articles[mention.span.article]))
    return tuple(sorted(set(found), key=lambda e: e.span))


def _name(type_: str, ontology: Ontology) -> str:
    known = ontology.classes.get(type_)
    return known.label if known is not None else type_
