"""The measurement on public sets: rows under their ontology, and the page of figures."""

from __future__ import annotations

import json
from pathlib import Path

from tools.bench_figures import mean_of_partings
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


def test_of_few_texts_the_page_has_the_mean_of_several_partings(tmp_path: Path) -> None:
    every = [{"strict": [0.5, 0.2, 0.3]}, {"strict": [0.3, 0.4, 0.34]}]
    other = {"texts": 9, "folds read": 5, "train seconds": 1, "texts a second": 9, "peak MB": 1}
    found = mean_of_partings(every) | other
    (tmp_path / "crossre.json").write_text(json.dumps(found), "utf-8")
    page = render(tmp_path)
    assert "| CrossRE, news | 5 | 9 | 0.400 | 0.300 | 0.320 |" in page
    assert "means of 2 partings into folds, F1 0.300 to 0.340" in page


def test_the_page_says_what_the_worst_ontologies_are_like(tmp_path: Path) -> None:
    values = {"o/a": [0.5, 0.5, 0.5], "o/b": [0.25, 0.25, 0.25]}
    like = {"texts": 10, "triples a text": 2.0, "relations": 3, "not in the text": 0.5}
    official = {"f1": 0.4, "onto_conf": 1, "sub_halluc": 0, "obj_halluc": 0.1, "rel_halluc": 0}
    found = {
        "strict": [0.4, 0.4, 0.4],
        "strict generous": [0.4, 0.4, 0.4],
        "ontologies": values,
        "official": {"global": official, "per_ontology": {"o/a": {"f1": 0.4}, "o/b": {"f1": 0.2}}},
        "official generous": official,
        "profiles": {"o/a": like, "o/b": like | {"texts": 30}},
        "outside": {"objects": {"all": 9, "the same date": 2, "other": 0}},
        "texts": 40,
        "characters": 80,
        "folds read": 5,
        "train seconds": 20.0,
        "texts a second": 20,
        "peak MB": 300,
    }
    (tmp_path / "webnlg.json").write_text(json.dumps(found), "utf-8")
    (tmp_path / "redocred.json").write_text(
        json.dumps(found | {"closure": {"neither": [0.5, 0.25, 1 / 3]}}), "utf-8"
    )
    page = render(tmp_path)
    assert "| o/b | 0.250 | 0.50 | 30 | 2.0 | 3 |" in page
    assert "| mean of 2 | 0.375 | 0.50 | 20 | 2.0 | 3 |" in page
    assert "in the text is: objects (9): the same date 2, other 0." in page
    assert "| Text2KGBench, DBpedia-WebNLG | 40 | 3,120 | 0.1 | 1 | 22 |" in page
    assert "| neither | 0.500 | 0.250 | 0.333 |" in page
