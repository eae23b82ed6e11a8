"""What the page knows: plain data for its script, and nothing that is markup."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kg.export.html.families import type_families
from kg.model.graph import Entity, Fact, KnowledgeGraph, value_to_json
from kg.model.statement import Evidence
from kg.model.text import Article
from kg.model.wording import spaced

if TYPE_CHECKING:
    from kg.ontology.domain import Ontology

__all__ = ["MAX_DRAWN", "PageData", "page_data"]

MAX_DRAWN = 300  # more nodes are a black ball, whatever the library
_FAMILIES = 9  # colours that one can tell apart; a tenth is the grey of the rest
_CONTEXT = 160  # characters of the article on either side of a quote

PageData = dict[str, Any]


def page_data(graph: KnowledgeGraph, ontology: Ontology) -> PageData:
    """Entities, facts, types and counts; entities are referred to by their position.

    Entities are sorted by label, facts by subject, predicate and id, so that lists read well.
    """
    entities = sorted(_entities(graph), key=lambda entity: (entity.label.casefold(), entity.id))
    position = {entity.id: index for index, entity in enumerate(entities)}
    facts = sorted(
        graph.facts, key=lambda fact: (position[fact.subject.id], fact.predicate, fact.id)
    )
    degree = _degrees(facts, position)
    drawn = sorted(range(len(entities)), key=lambda index: (-degree[index], index))[:MAX_DRAWN]
    articles = {article.name: article for article in graph.articles}
    return {
        "entities": [
            _entity(entity, degree[index], ontology) for index, entity in enumerate(entities)
        ],
        "drawn": sorted(drawn),
        "facts": [_fact(fact, position, articles, ontology) for fact in facts],
        "types": _types(entities, ontology),
        "articles": len(articles),
    }


def _entities(graph: KnowledgeGraph) -> Iterable[Entity]:
    """Every entity once, those of the facts included."""
    found = {entity.id: entity for entity in graph.entities}
    for fact in graph.facts:
        values = (fact.subject, fact.object, fact.attributed_to, *(v for _, v in fact.qualifiers))
        for value in values:
            if isinstance(value, Entity):
                found.setdefault(value.id, value)
    return found.values()


def _degrees(facts: Iterable[Fact], position: Mapping[str, int]) -> list[int]:
    degrees = [0] * len(position)
    for fact in facts:
        degrees[position[fact.subject.id]] += 1
        if isinstance(fact.object, Entity):
            degrees[position[fact.object.id]] += 1
    return degrees


def _entity(entity: Entity, degree: int, ontology: Ontology) -> PageData:
    names = dict.fromkeys((*entity.alt_labels, *entity.mentions))
    return {
        "iri": entity.id,
        "label": entity.label,
        "type": entity.type,
        "typeLabel": _class_label(entity.type, ontology),
        "names": [name for name in names if name != entity.label],
        "sameAs": list(entity.same_as),
        "degree": degree,
    }


def _types(entities: Iterable[Entity], ontology: Ontology) -> list[PageData]:
    """The types that occur, families together, the largest family first."""
    counts = Counter(entity.type for entity in entities)
    family_of = type_families(counts, ontology, _FAMILIES)
    sizes: dict[str, int] = defaultdict(int)
    for name, family in family_of.items():
        sizes[family] += counts[name]
    ranked = sorted(sizes, key=lambda family: (-sizes[family], family))
    colour = {family: min(rank, _FAMILIES) for rank, family in enumerate(ranked)}
    names = sorted(counts, key=lambda n: (ranked.index(family_of[n]), -counts[n], n))
    return [
        {
            "name": name,
            "label": _class_label(name, ontology),
            "count": counts[name],
            "colour": colour[family_of[name]],
        }
        for name in names
    ]


def _fact(
    fact: Fact, position: Mapping[str, int], articles: Mapping[str, Article], ontology: Ontology
) -> PageData:
    relation = ontology.relations.get(fact.predicate)
    return {
        "id": fact.id,
        "subject": position[fact.subject.id],
        "predicate": fact.predicate,
        "label": (relation.label if relation else "") or spaced(fact.predicate),
        "symmetric": bool(relation and relation.symmetric),
        "object": _value(fact.object, position),
        "modality": str(fact.modality),
        "speaker": position[fact.attributed_to.id] if fact.attributed_to else None,
        "confidence": round(fact.confidence, 4),
        "sources": fact.sources,
        "derivedBy": fact.derived_by,
        "qualifiers": [
            {"name": spaced(name), **_value(value, position)} for name, value in fact.qualifiers
        ],
        "evidence": [_evidence(item, articles) for item in fact.evidence],
    }


def _value(value: Any, position: Mapping[str, int]) -> PageData:
    """An entity as {"entity": position}, a literal as its record."""
    return {"entity": position[value.id]} if isinstance(value, Entity) else value_to_json(value)


def _evidence(item: Evidence, articles: Mapping[str, Article]) -> PageData:
    before, after = "", ""
    if article := articles.get(item.span.article):
        before, after = _context(article, item.span.start, item.span.end)
    return {
        "article": item.span.article,
        "start": item.span.start,
        "end": item.span.end,
        "before": before,
        "quote": item.quote,
        "after": after,
        "voice": str(item.voice),
        "extractor": item.extractor,
    }


def _context(article: Article, start: int, end: int) -> tuple[str, str]:
    """The words around a span, from its own paragraph where the article has blocks."""
    around = [b for b in article.blocks if b.start <= start < b.end]
    first = min((b.start for b in around), default=0)
    last = max((b.end for b in article.blocks if b.start < end <= b.end), default=len(article.text))
    before = article.text[max(first, start - _CONTEXT) : start]
    after = article.text[end : min(max(last, end), end + _CONTEXT)]
    if start - _CONTEXT > first:
        before = "… " + before[before.find(" ") + 1 :]
    if end + _CONTEXT < last:
        after = after[: after.rfind(" ") + 1] + "…"
    return before, after


def _class_label(name: str, ontology: Ontology) -> str:
    known = ontology.classes.get(name)
    return (known.label if known else "") or spaced(name)
