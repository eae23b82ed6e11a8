"""What the page knows: plain data for its script, and nothing that is markup.

Things refer to each other by position in their list, and what is as usual is left out: a page of
50,000 facts has to be read by a browser in a second. kg/export/html/viewer/README.md has the keys.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from kg.export.html.opening.story import Story, StoryEntity, story
from kg.export.html.page_types import PageData, icons_named, said, types_and_families
from kg.export.html.times import FactTimes
from kg.model.graph import Entity, Fact, KnowledgeGraph, value_to_json
from kg.model.statement import Evidence
from kg.model.text import Article
from kg.model.wording import spaced
from kg.rdf.terms import article_iri

if TYPE_CHECKING:
    from kg.ontology.domain import Ontology

__all__ = ["PageData", "page_data", "page_story"]

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")  # two units of a JavaScript string each


def page_data(graph: KnowledgeGraph, ontology: Ontology, *, with_text: bool = True) -> PageData:
    """All of the graph that the page shows, without where its nodes stand.

    Entities are sorted by label, facts by subject, predicate and id, so that lists read well.
    `with_text` says whether the texts of the articles are in it; quotes always are.
    """
    entities = sorted(_entities(graph), key=lambda entity: (entity.label.casefold(), entity.id))
    position = {entity.id: index for index, entity in enumerate(entities)}
    facts = sorted(
        graph.facts, key=lambda fact: (position[fact.subject.id], fact.predicate, fact.id)
    )
    return _Page(graph, ontology, entities, facts, with_text=with_text).data()


def _entities(graph: KnowledgeGraph) -> Iterable[Entity]:
    """Every entity once, those of the facts included."""
    found = {entity.id: entity for entity in graph.entities}
    for fact in graph.facts:
        values = (fact.subject, fact.object, fact.attributed_to, *(v for _, v in fact.qualifiers))
        for value in values:
            if isinstance(value, Entity):
                found.setdefault(value.id, value)
    return found.values()


class _Page:
    """The lists of a page and the position of each thing in its list."""

    def __init__(
        self,
        graph: KnowledgeGraph,
        ontology: Ontology,
        entities: Sequence[Entity],
        facts: Sequence[Fact],
        *,
        with_text: bool,
    ) -> None:
        self.graph = graph
        self.ontology = ontology
        self.entities = entities
        self.facts = facts
        self.with_text = with_text
        self.base = graph.settings.get("base_iri", ontology.base_iri)
        self.entity_at = {entity.id: index for index, entity in enumerate(entities)}
        self.types, self.families = types_and_families(entities, ontology)
        self.type_at = {kind["name"]: index for index, kind in enumerate(self.types)}
        self.predicates = sorted({fact.predicate for fact in facts})
        self.predicate_at = {name: index for index, name in enumerate(self.predicates)}
        self.copies = dict(graph.copies)
        self.fact_at = {fact.id: index for index, fact in enumerate(facts)}
        self.articles = {article.name: article for article in graph.articles}
        for fact in facts:
            for item in fact.evidence:
                name = item.span.article
                self.articles.setdefault(name, Article(name, ""))
        self.article_at = {name: index for index, name in enumerate(self.articles)}

    def data(self) -> PageData:
        times = FactTimes(self.graph, self.ontology)
        return {
            "base": self.base,
            "articles": [self._article(article) for article in self.articles.values()],
            "families": self.families,
            "types": self.types,
            "icons": icons_named(self.types, self.families),
            "predicates": [self._predicate(name) for name in self.predicates],
            "qualifiers": self._qualifiers(),
            "entities": self._entities(),
            "facts": [self._fact(fact, times.of(fact)) for fact in self.facts],
            "edges": self._edges(),
            "discrepancies": self._discrepancies(),
        }

    def _article(self, article: Article) -> PageData:
        copied = self.copies.get(article.name)
        record: PageData = {
            "name": article.name,
            "iri": article_iri(self.base, article.name),
            "title": article.title,
            "publisher": article.publisher,
            "author": article.author,
            "published": article.published,
            "url": article.url,
            "copyOf": self.article_at.get(copied) if copied else None,
        }
        if self.with_text and article.text:
            record["text"] = article.text
            record["astral"] = [found.start() for found in _ASTRAL.finditer(article.text)]
            record["blocks"] = [[b.start, b.end, str(b.kind)] for b in article.blocks]
        return said(record)

    def _predicate(self, name: str) -> PageData:
        relation = self.ontology.relations.get(name)
        label = (relation.label if relation else "") or spaced(name)
        record = {"name": name, "label": label, "symmetric": bool(relation and relation.symmetric)}
        if relation is None:
            return record
        return said({**record, "iri": relation.iri, "datatype": relation.is_datatype or None})

    def _qualifiers(self) -> dict[str, str]:
        """The IRIs of the qualifiers that the ontology has, by the names that the page shows."""
        names = sorted({name for fact in self.facts for name, _ in fact.qualifiers})
        relations = self.ontology.relations
        return {spaced(name): relations[name].iri for name in names if name in relations}

    def _entities(self) -> list[PageData]:
        degree = [0] * len(self.entities)
        for fact in self.facts:
            degree[self.entity_at[fact.subject.id]] += 1
            if isinstance(fact.object, Entity):
                degree[self.entity_at[fact.object.id]] += 1
        return [
            said({
                "iri": entity.id,
                "label": entity.label,
                "type": self.type_at[entity.type],
                "names": [
                    name
                    for name in dict.fromkeys((*entity.alt_labels, *entity.mentions))
                    if name != entity.label
                ],
                "hidden": list(entity.hidden_labels),
                "sameAs": list(entity.same_as),
                "degree": degree[index],
            })
            for index, entity in enumerate(self.entities)
        ]  # fmt: skip

    def _fact(self, fact: Fact, when: tuple[str, str] | None) -> PageData:
        speaker = fact.attributed_to
        return said({
            "id": fact.id,
            "subject": self.entity_at[fact.subject.id],
            "predicate": self.predicate_at[fact.predicate],
            "object": self._value(fact.object),
            "modality": str(fact.modality),
            "speaker": self.entity_at[speaker.id] if speaker else None,
            "confidence": round(fact.confidence, 4),
            "sources": fact.sources,
            "when": list(when) if when else None,
            "derivedBy": fact.derived_by,
            "qualifiers": [self._qualifier(name, value) for name, value in fact.qualifiers],
            "evidence": [self._evidence(item) for item in fact.evidence],
        })  # fmt: skip

    def _qualifier(self, name: str, value: Any) -> PageData:
        """`field` is the name in facts.jsonl where it is another one."""
        words = spaced(name)
        return said({"name": words, "field": name if name != words else None, **self._value(value)})

    def _value(self, value: Any) -> PageData:
        """An entity as {"entity": position}, a literal as its record."""
        if isinstance(value, Entity):
            return {"entity": self.entity_at[value.id]}
        return value_to_json(value)

    def _evidence(self, item: Evidence) -> PageData:
        span = item.span
        article = self.articles[span.article]
        is_in_text = self.with_text and article.quote(span.start, span.end) == item.quote
        return said({
            "article": self.article_at[span.article],
            "start": span.start,
            "end": span.end,
            "quote": None if is_in_text else item.quote,
            "voice": str(item.voice),
            "extractor": item.extractor,
        })  # fmt: skip

    def _edges(self) -> list[PageData]:
        """Facts of the same ends, relation and stance share one line."""
        grouped: dict[tuple[int, int, int, str], list[int]] = defaultdict(list)
        for number, fact in enumerate(self.facts):
            if isinstance(fact.object, Entity):
                ends = (self.entity_at[fact.subject.id], self.entity_at[fact.object.id])
                key = (*ends, self.predicate_at[fact.predicate], str(fact.modality))
                grouped[key].append(number)
        return [
            {
                "from": source,
                "to": target,
                "predicate": predicate,
                "modality": modality,
                "facts": grouped[source, target, predicate, modality],
            }
            for source, target, predicate, modality in sorted(grouped)
        ]

    def _discrepancies(self) -> list[PageData]:
        return [
            said({
                "id": found.id,
                "kind": str(found.kind),
                "subject": self.entity_at.get(found.subject),
                "predicate": found.predicate,
                "message": found.message,
                "sides": [
                    said({
                        "says": side.says,
                        "fact": self.fact_at.get(side.fact) if side.fact else None,
                        "reference": side.reference,
                        "evidence": [
                            self._evidence(item)
                            for item in side.evidence
                            if item.span.article in self.articles
                        ],
                    })
                    for side in found.sides
                ],
            })
            for found in self.graph.discrepancies
        ]  # fmt: skip


def page_story(data: PageData) -> Story:
    """What the page opens with, and where it stands."""
    types, families = data["types"], data["families"]
    entities = [
        StoryEntity(types[entity["type"]]["family"], entity["label"], entity["degree"])
        for entity in data["entities"]
    ]
    edges = [(edge["from"], edge["to"], len(edge["facts"])) for edge in data["edges"]]
    return story(entities, edges, [family["label"] for family in families])
