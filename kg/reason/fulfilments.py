"""A plan in one article and its happening in another: linked, not contradicted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import product

from kg.model.graph import Entity, Fact, KnowledgeGraph
from kg.model.statement import Modality
from kg.reason.values import Days, days

__all__ = ["claim_key", "dates_of", "fulfilments"]


def fulfilments(graph: KnowledgeGraph) -> tuple[tuple[str, str], ...]:
    """(id of a plan, id of the fact that it came true), sorted.

    Both make one claim, in the voice of an article, in different articles; where both articles are
    dated, that of the plan is not the later one.
    """
    published = dates_of(graph)
    claims: dict[tuple[str, ...], dict[Modality, list[Fact]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for fact in graph.facts:
        if fact.is_plain:
            claims[claim_key(fact)][fact.modality].append(fact)
    return tuple(
        sorted(
            (plan.id, happened.id)
            for stances in claims.values()
            for plan, happened in product(stances[Modality.PLANNED], stances[Modality.ASSERTED])
            if _may_follow(plan, happened, published)
        )
    )


def claim_key(fact: Fact) -> tuple[str, ...]:
    """What two facts share that make one claim, whatever their stance, speaker and qualifiers."""
    value = fact.object
    obj = value.id if isinstance(value, Entity) else f"{value.value}\x1f{value.datatype}"
    return fact.subject.id, fact.predicate, obj


def dates_of(graph: KnowledgeGraph) -> dict[str, Days]:
    """The days on which each article may have been published; only of articles with a date."""
    found = {article.name: days(article.published) for article in graph.articles}
    return {name: dated for name, dated in found.items() if dated is not None}


def _may_follow(plan: Fact, happened: Fact, published: Mapping[str, Days]) -> bool:
    for before, after in product(_articles(plan), _articles(happened)):
        if before == after:
            continue
        first, second = published.get(before), published.get(after)
        if first is None or second is None or first[0] <= second[1]:
            return True
    return False


def _articles(fact: Fact) -> list[str]:
    return sorted({item.span.article for item in fact.evidence})
