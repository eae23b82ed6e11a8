"""Articles of our own with planted slips and conflicts, read from the text to the discrepancy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from kg.extract import extract
from kg.model.graph import KnowledgeGraph
from kg.ontology.domain import Ontology, load_ontology
from kg.pipeline import build
from kg.read.annotate import Annotator, load_annotator
from kg.reason import reason
from kg.resolve import resolve
from tests.extract.builders import make_page

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return load_annotator()


@pytest.fixture(scope="module")
def olympics() -> Ontology:
    return load_ontology()


def read(
    texts: Mapping[str, str], annotator: Annotator, ontology: Ontology, **dates: str
) -> KnowledgeGraph:
    """The graph of articles given by name; dates are days of publication by name."""
    articles, extractions = [], []
    for name, text in texts.items():
        article = replace(make_page(text), name=f"{name}.txt", published=dates.get(name))
        articles.append(article)
        extractions.append(extract(annotator.annotate(article), ontology))
    return reason(resolve(articles, extractions, ontology), ontology)


def alarms(graph: KnowledgeGraph) -> list[str]:
    return sorted(f"{d.kind}: {d.message}" for d in graph.discrepancies)


PLANTED = {
    "works": "Norvik Works was founded in 1987. Norvik Works is a partner of Osterlund Bank. "
    "The deal between Norvik Works and Osterlund Bank runs from 2015.",
    "bank": "Norvik Works was founded in 1991. The 2012 Summer Olympics were held in Paris.",
    "games": "In August 2016 the 37th Summer Olympics opened in Rio. Fligy sold tickets in Sochi.",
}


def test_planted_slips_are_found_with_their_quotes(
    annotator: Annotator, olympics: Ontology
) -> None:
    graph = read(PLANTED, annotator, olympics)
    assert alarms(graph) == [
        "conflict: Norvik Works was founded in 1991 or 1987: it can be only one",
        "slip: 2012 Summer Olympics is held in Paris; the domain has London",
        "slip: 2016 Summer Olympics is edition number 37 (“37th”); the domain has 31",
        "typo: “Fligy” is most likely misspelt for “Fliggy”",
    ]
    texts = {a.name: a.text for a in graph.articles}
    for side in (s for d in graph.discrepancies for s in d.sides):
        assert side.evidence or side.reference
        for e in side.evidence:
            assert texts[e.span.article][e.span.start : e.span.end] == e.quote


def test_the_order_of_articles_changes_nothing_and_no_fact_is_lost(
    annotator: Annotator, olympics: Ontology
) -> None:
    graphs = [
        read({name: PLANTED[name] for name in order}, annotator, olympics)
        for order in permutations(PLANTED)
    ]
    assert len({graph.discrepancies for graph in graphs}) == 1
    bare = replace(graphs[0], discrepancies=(), fulfilments=(), inferred=(), partnerships=())
    assert reason(bare, olympics).facts == bare.facts
    assert reason(bare, olympics).discrepancies == graphs[0].discrepancies


NEAR_MISSES = {
    "one": "Norvik Works was founded in March 1987. It employs more than 500 people. "
    "The Summer Games in Tokyo were held in Japan. Norvik Works is based in Oslo.",
    "two": "Norvik Works, founded in 1987, has 510 employees and offices in Bergen. "
    "Norvik's chief executive spoke at the Tokyo Olympics, his 3rd Summer Games. "
    "The 2020 Summer Olympics began on July 23, 2021.",
    "three": "The Oster Fair opened on May 3, 2018. In 2019 the Oster Fair was held in Bergen. "
    "The Osterlund Programme helps schools; the Osterlund program has 40 teachers.",
    "four": "The Oster Fair opened on May 4, 2019. Visitors flew in from Korea and Norway, "
    "and a Korean firm showed robots. Alibaba’s booth was next to Samsung's.",
}


def test_near_misses_raise_no_alarm(annotator: Annotator, olympics: Ontology) -> None:
    assert alarms(read(NEAR_MISSES, annotator, olympics)) == []


def test_a_plan_of_an_older_article_is_linked_to_what_came_of_it(
    annotator: Annotator, olympics: Ontology
) -> None:
    texts = {
        "plan": "Norvik Works will acquire Osterlund Bank.",
        "deed": "Norvik Works has acquired Osterlund Bank.",
    }
    graph = read(texts, annotator, olympics, plan="2019-03-01", deed="2019-08-15")
    facts = {fact.id: fact for fact in graph.facts}
    linked = [(facts[a], facts[b]) for a, b in graph.fulfilments]
    assert [(str(p.modality), str(d.modality), d.predicate) for p, d in linked] == [
        ("planned", "asserted", "acquired")
    ]
    assert graph.discrepancies == ()
    assert read(texts, annotator, olympics, plan="2020-01-01", deed="2019-08-15").fulfilments == ()


def test_the_date_of_publication_is_not_the_time_of_the_fact(
    annotator: Annotator, olympics: Ontology
) -> None:
    text = {"only": "Norvik Works acquired Osterlund Bank. Norvik Works was founded in 1987."}
    dated = read(text, annotator, olympics, only="2019-03-01")
    undated = read(text, annotator, olympics)
    assert [(f.id, f.object, f.qualifiers) for f in dated.facts] == [
        (f.id, f.object, f.qualifiers) for f in undated.facts
    ]


@pytest.mark.shared
def test_the_main_articles_have_these_slips_and_no_other(shared: Path) -> None:
    graph = build(sorted((shared / "articles").glob("*.txt")))
    others = sorted((str(d.kind), d.predicate) for d in graph.discrepancies if d.kind != "typo")
    slips = [("slip", "editionNumber"), ("slip", "timeTo")]
    assert others == [("conflict", "hasMission"), *slips]
    places = sorted(len(d.sides[0].evidence) for d in graph.discrepancies if d.kind == "typo")
    assert places == [1, 1, 2]  # a company, a platform, an airport twice
    subjects = {d.subject.rpartition("/")[2] for d in graph.discrepancies}
    assert subjects == {"2008-summer-olympics", "alibaba-group", "youku", "narita-airport"}


@pytest.mark.shared
def test_the_development_articles_have_none(shared: Path) -> None:
    assert alarms(build(shared / "articles" / "dev")) == []


def test_the_examples_have_none(examples: Path) -> None:
    assert alarms(build(examples)) == []
