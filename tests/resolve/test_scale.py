"""Comparisons grow as the corpus does; time would differ from machine to machine."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from kg.ontology.domain import Ontology, load_ontology
from kg.resolve import resolve
from kg.resolve.compare import Comparer
from tools.scale import Corpus, make_copies, make_corpus


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology("newsroom")


def comparisons(corpus: Corpus, ontology: Ontology) -> int:
    with patch.object(Comparer, "compare", autospec=True, side_effect=Comparer.compare) as compare:
        resolve(corpus.articles, corpus.extractions, ontology)
    return compare.call_count


@pytest.mark.parametrize("size", [100, 400])
def test_there_are_fewer_comparisons_than_article_entities(size: int, ontology: Ontology) -> None:
    corpus = make_corpus(size, ontology.base_iri)
    entities = sum(len(e.entities) for e in corpus.extractions)
    assert 0 < comparisons(corpus, ontology) < entities


def test_copies_of_one_article_are_compared_once(ontology: Ontology) -> None:
    one, many = (make_copies(n, ontology.base_iri) for n in (1, 200))
    assert comparisons(many, ontology) == comparisons(one, ontology)
    entities = {len(resolve(c.articles, c.extractions, ontology).entities) for c in (one, many)}
    assert len(entities) == 1


def test_a_corpus_is_the_same_each_time(ontology: Ontology) -> None:
    assert make_corpus(20, ontology.base_iri) == make_corpus(20, ontology.base_iri)
