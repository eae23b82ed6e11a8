"""The measurement on public sets: rows under their ontology, and the page of figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.extract.learned.decode import read_text
from kg.extract.learned.schema import relation_of
from kg.extract.learned.view import DocView
from kg.learn.zero import zero_shot
from kg.read.annotate import Annotator
from tools.bench_report import render
from tools.bench_sets import load_parts

ONTOLOGY = {
    "set/a": {
        "concepts": [{"id": "Q1", "label": "human"}, {"id": "Q2", "label": "city"}],
        "relations": [
            {"label": "birthPlace", "domain": "Q1", "range": "Q2"},
            {"label": "birthPlace", "domain": "human", "range": None},
        ],
    }
}


def test_rows_are_examples_of_the_relations_of_their_ontology(tmp_path: Path) -> None:
    row = {
        "id": "r1",
        "ontology": "set/a",
        "text": "Ada was born in Oslo.",
        "triples": [{"s": "Ada", "p": "birth place", "o": "Oslo"}],
        "scope": ["birth_place"],
    }
    (tmp_path / "train.jsonl").write_text(json.dumps(row) + "\n\n", "utf-8")
    (tmp_path / "ontology.json").write_text(json.dumps(ONTOLOGY), "utf-8")
    (part,) = load_parts(tmp_path, ["train.jsonl"], "ontology.json")
    (relation,) = part.relations
    assert (relation.name, relation.domain, relation.range) == ("birthPlace", {"person"}, {"place"})
    assert part.examples[0].triples[0].relation == "birthPlace"
    assert part.examples[0].scope == {"birthPlace"}


def test_the_page_has_the_figures_that_are_there(tmp_path: Path) -> None:
    found = {
        "strict": [0.5, 0.25, 1 / 3],
        "texts": 1200,
        "folds read": 5,
        "train seconds": 7.4,
        "texts a second": 90,
        "peak MB": 300,
        "causes": {"found": 3, "missed": 9},
    }
    (tmp_path / "conll04.json").write_text(json.dumps(found), "utf-8")
    page = render(tmp_path)
    assert "| CoNLL04 | 5 | 1,200 | 0.500 | 0.250 | 0.333 | 7 | 90 | 300 |" in page
    assert "- CoNLL04: missed 9; found 3." in page
    assert "KnowledgeNet, spans" not in page


@pytest.mark.model
def test_labels_alone_find_what_they_name(annotator: Annotator) -> None:
    relation = relation_of("founder", ("founder",), ("company",), ("person",))
    doc = next(iter(annotator.parse(["Quill Air was founded by Jane Roe in Oslo."])))
    view = DocView(doc)
    best = read_text(view, zero_shot((relation,)), {})[0]
    words = [view.span_text(m.start, m.end) for m in (best.subject, best.object)]
    assert words == ["Quill Air", "Jane Roe"]
