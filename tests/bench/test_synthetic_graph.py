"""Invented graphs keep what a built one promises."""

from __future__ import annotations

from collections import Counter

import pytest

from kg.model.graph import Entity, Fact
from kg.model.statement import Modality
from kg.ontology.domain import load_ontology
from tools.synthetic_graph import synthetic_graph

ONTOLOGY = load_ontology()
GRAPH = synthetic_graph(300, 900, ONTOLOGY)


def ends(fact: Fact) -> list[Entity]:
    return [end for end in (fact.subject, fact.object) if isinstance(end, Entity)]


def test_it_has_the_size_that_was_asked_for_and_is_the_same_again() -> None:
    assert (len(GRAPH.entities), len(GRAPH.facts)) == (300, 900)
    assert synthetic_graph(300, 900, ONTOLOGY) == GRAPH
    assert synthetic_graph(300, 900, ONTOLOGY, seed=8) != GRAPH


def test_every_entity_has_a_fact_and_a_name_of_its_own() -> None:
    assert {end.id for fact in GRAPH.facts for end in ends(fact)} == {e.id for e in GRAPH.entities}
    assert len({e.label for e in GRAPH.entities}) == 300


def test_a_few_entities_have_most_of_the_facts() -> None:
    degrees = Counter(end.id for fact in GRAPH.facts for end in ends(fact))
    most = sum(count for _, count in degrees.most_common(30))
    assert most > sum(degrees.values()) / 3
    assert sorted(degrees.values())[150] < 6


def test_facts_fit_the_ontology() -> None:
    for fact in GRAPH.facts:
        relation = ONTOLOGY.relations[fact.predicate]
        assert ONTOLOGY.is_any(fact.subject.type, relation.domain)
        if isinstance(fact.object, Entity):
            assert ONTOLOGY.is_any(fact.object.type, relation.range)


def test_quotes_stand_where_the_evidence_says() -> None:
    articles = {article.name: article for article in GRAPH.articles}
    for fact in GRAPH.facts:
        assert fact.sources == len({item.span.article for item in fact.evidence}) > 0
        for item in fact.evidence:
            article = articles[item.span.article]
            assert article.quote(item.span.start, item.span.end) == item.quote
            assert fact.subject.label in item.quote
            assert all(cue in item.quote for cue in item.cues)


def test_there_is_some_of_everything() -> None:
    assert {fact.modality for fact in GRAPH.facts} == set(Modality)
    assert any(fact.attributed_to for fact in GRAPH.facts)
    assert any(fact.sources > 1 for fact in GRAPH.facts)
    assert {"start", "end", "date", "role"} <= {q for f in GRAPH.facts for q, _ in f.qualifiers}
    known = {fact.id for fact in GRAPH.facts}
    assert GRAPH.discrepancies
    assert {side.fact for found in GRAPH.discrepancies for side in found.sides} <= known


def test_a_size_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="as many facts as entities"):
        synthetic_graph(50, 49, ONTOLOGY)
