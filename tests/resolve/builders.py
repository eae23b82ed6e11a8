"""Extractions of invented articles, written by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.model.accounts import Tally
from kg.model.decision import Decision
from kg.model.graph import KnowledgeGraph
from kg.model.statement import (
    ArticleEntity,
    Evidence,
    Extraction,
    Literal,
    Mention,
    MentionKind,
    Modality,
    Qualifier,
    Statement,
    Voice,
)
from kg.model.text import Article, Span
from kg.ontology.domain import KnownName, Ontology
from kg.resolve import resolve
from tests.factories import BASE, make_article, make_ontology

__all__ = ["KNOWN", "ONTOLOGY", "Page", "clusters", "resolved"]

KNOWN = KnownName(
    iri="urn:names/oster-port",
    type="City",
    label="Oster Port",
    alt_labels=("Osterport",),
    hidden_labels=("Oster Prot",),
    same_as=("urn:elsewhere/Q1",),
)
CLASSES = {
    "Agent": (),
    "Country": ("Place",),
    "Region": ("Place",),
    "MediaOutlet": ("Organization",),
    "Organization": ("Agent",),
    "Company": ("Organization",),
    "SportsOrganization": ("Organization",),
    "Person": ("Agent",),
    "Place": (),
    "City": ("Place",),
    "Offering": (),
    "Initiative": ("Offering",),
    "Product": ("Offering",),
    "Event": (),
}
RELATIONS = {
    name: name
    for name in (
        "partnerOf",
        "provides",
        "locatedIn",
        "launched",
        "foundedIn",
        "worksFor",
        "basedIn",
    )
}
ONTOLOGY: Ontology = replace(
    make_ontology(CLASSES, RELATIONS, symmetric=["partnerOf"]),
    names={KNOWN.iri: KNOWN},
    lexicon={
        "company": {"legal_forms": ["ltd", "inc"]},
        "resolution": {
            "legal_forms": ["as"],
            "small_words": ["of", "the"],
            "apart": [
                {"kind": "Person", "relation": "worksFor"},
                {
                    "kind": "Organization",
                    "relation": "basedIn",
                    "value": "City",
                    "one_word": True,
                },
            ],
        },
    },
    disjoint=frozenset(
        map(frozenset, [("Agent", "Event"), ("Person", "Organization"), ("Country", "Region")])
    ),
)


class Page:
    """One article and what it states; entities are made as they are asked for."""

    def __init__(self, name: str, text: str | None = None, published: str | None = None) -> None:
        words = text if text is not None else f"The text of {name}. " + "Word " * 40
        self.article: Article = make_article(words, name, published=published)
        self._entities: dict[str, ArticleEntity] = {}
        self._statements: list[Statement] = []
        self._at = 0

    def entity(
        self,
        label: str,
        type_: str = "Company",
        *,
        mentions: Iterable[str] | None = None,
        known_as: str | None = None,
        named: bool = True,
    ) -> str:
        """The id of an article entity with these mentions (its label alone by default)."""
        id_ = f"urn:{self.article.name}/{type_}/{re.sub(r'[^A-Za-z0-9]+', '-', label)}"
        kind = MentionKind.NAME if named else MentionKind.DESCRIPTION
        found = tuple(
            Mention(Span(self.article.name, n, n + len(text)), text, kind)
            for n, text in enumerate([label] if mentions is None else mentions)
        )
        self._entities[id_] = ArticleEntity(id_, label, type_, found, known_as, named)
        return id_

    def state(
        self,
        subject: str,
        predicate: str,
        obj: str | Literal,
        *,
        modality: Modality = Modality.ASSERTED,
        speaker: str | None = None,
        voice: Voice = Voice.NARRATOR,
        confidence: float = 0.5,
        extractor: str = "frames/test",
        qualifiers: Mapping[str, str | Literal] | None = None,
    ) -> None:
        """Adds a statement, read at a place of its own."""
        start, end = self._at, self._at + 4
        self._at += 1
        span = Span(self.article.name, start, end)
        evidence = Evidence(span, self.article.text[start:end], voice, extractor)
        narrowing = tuple(Qualifier(n, v) for n, v in sorted((qualifiers or {}).items()))
        self._statements.append(
            Statement(subject, predicate, obj, evidence, confidence, narrowing, modality, speaker)
        )

    @property
    def extraction(self) -> Extraction:
        """What the article gives to resolution."""
        return Extraction(tuple(self._entities.values()), tuple(self._statements), {})


def resolved(
    *pages: Page, ontology: Ontology = ONTOLOGY, decisions: Sequence[Decision] = ()
) -> KnowledgeGraph:
    """The graph of the pages; fails where a statement gets lost."""
    articles, tally = [p.article for p in pages], Tally()
    extractions = [p.extraction for p in pages]
    graph = resolve(articles, extractions, ontology, decisions=decisions, tally=tally)
    assert len(graph.statements) == len(graph.facts) + tally.merged + tally.one
    return graph


def clusters(graph: KnowledgeGraph) -> dict[str, set[str]]:
    """Canonical id, without its base, to the articles that its members are of."""
    article = {e.id: e.mentions[0].span.article for e in graph.article_entities}
    return {
        e.id.removeprefix(f"{BASE}id/"): {article[m] for m in e.members} for e in graph.entities
    }
