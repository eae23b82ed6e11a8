"""Graphs of a few claims under the packaged domain, each with a sentence of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from kg.model.discrepancy import Discrepancy
from kg.model.graph import Entity, Fact, KnowledgeGraph
from kg.model.statement import ArticleEntity, Literal, Mention, MentionKind, Modality
from kg.model.text import Article
from kg.ontology.domain import Ontology, load_ontology
from kg.reason.discrepancies import discrepancies
from tests.factories import make_article, make_entity, make_evidence, make_fact, make_graph
from tests.factories import make_literal as literal

__all__ = ["Press", "company", "event", "known", "literal", "olympics", "quantity", "year"]


@cache
def olympics() -> Ontology:
    """The packaged domain, read once."""
    return load_ontology()


def known(local: str) -> Entity:
    """The entity of a name of the domain."""
    name = next(n for n in olympics().names.values() if n.iri.endswith("/" + local))
    return Entity(name.iri, name.label, name.type, (name.label,), members=(f"urn:{local}",))


def company(label: str = "Acme") -> Entity:
    return make_entity(label, "Company")


def event(label: str = "Oster Fair") -> Entity:
    return make_entity(label, "Event")


def year(value: int) -> Literal:
    return literal(str(value), "gYear")


def quantity(value: str) -> Literal:
    return literal(value, "integer")


@dataclass
class Press:
    """Articles and what they say; each claim adds a sentence to its article."""

    published: Mapping[str, str] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    _texts: dict[str, str] = field(default_factory=dict)
    _mentions: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    _members: dict[str, list[ArticleEntity]] = field(default_factory=dict)
    _clusters: dict[str, Entity] = field(default_factory=dict)

    def say(
        self,
        subject: Entity,
        predicate: str,
        value: Entity | Literal,
        *,
        article: str = "a.txt",
        modality: Modality = Modality.ASSERTED,
        speaker: str | None = None,
        **qualifiers: Entity | Literal,
    ) -> Fact:
        """Adds a fact, read in a sentence of its own."""
        shown = value.label if isinstance(value, Entity) else value.value
        sentence = f"Sentence {len(self.facts)}: {subject.label} {predicate} {shown}."
        self._texts[article] = (self._texts.get(article, "") + "\n\n" + sentence).strip()
        evidence = make_evidence(self._article(article), sentence)
        fact = make_fact(
            subject,
            predicate,
            value,
            evidence,
            modality=modality,
            attributed_to=make_entity(speaker, "Person") if speaker is not None else None,
            qualifiers=qualifiers,
        )
        fact = replace(fact, id=f"{fact.id}-{len(self.facts)}")
        self.facts.append(fact)
        return fact

    def write(
        self,
        entity: Entity,
        *names: str,
        article: str = "a.txt",
        type_: str | None = None,
        kind: MentionKind = MentionKind.NAME,
    ) -> None:
        """Adds mentions of an entity to an article, as one article entity of a class."""
        member = f"urn:{article}/{entity.id}/{type_}/{len(self._members.get(entity.id, ()))}"
        mentions = []
        for name in names:
            text = self._texts.get(article, "")
            text = text + "\n\n" if text else ""
            self._texts[article] = f"{text}{name} was there."
            span = make_article(self._texts[article], article).span(
                len(text), len(text) + len(name)
            )
            mentions.append(Mention(span, name, kind))
        found = ArticleEntity(member, entity.label, type_ or entity.type, tuple(mentions))
        self._members.setdefault(entity.id, []).append(found)
        self._clusters[entity.id] = entity

    def _article(self, name: str) -> Article:
        return make_article(self._texts[name], name, published=self.published.get(name))

    @property
    def graph(self) -> KnowledgeGraph:
        clusters = [
            replace(entity, members=tuple(m.id for m in self._members[iri]))
            for iri, entity in self._clusters.items()
        ]
        graph = make_graph([self._article(n) for n in self._texts], self.facts)
        entities = {e.id: e for e in (*graph.entities, *clusters)}
        return replace(
            graph,
            entities=tuple(entities[key] for key in sorted(entities)),
            article_entities=tuple(m for found in self._members.values() for m in found),
        )

    @property
    def found(self) -> tuple[Discrepancy, ...]:
        """The discrepancies, each checked to cite what stands in the articles."""
        graph = self.graph
        texts = {a.name: a.text for a in graph.articles}
        found = discrepancies(graph, olympics())
        for item in found:
            assert len(item.sides) >= 2
            assert item.message
            for side in item.sides:
                assert side.evidence or side.reference, item
                for e in side.evidence:
                    assert texts[e.span.article][e.span.start : e.span.end] == e.quote
        assert [item.id for item in found] == sorted({item.id for item in found})
        return found

    @property
    def kinds(self) -> list[str]:
        """Kind and relation of each discrepancy, sorted."""
        return sorted(f"{d.kind} {d.predicate}" if d.predicate else str(d.kind) for d in self.found)
