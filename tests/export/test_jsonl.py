from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.export.formats import FormatOptions, format_named
from kg.export.jsonl import read_facts, render_discrepancies, render_inferred, render_jsonl
from kg.reason import reason
from tests.export.written import known_graphs, written_in
from tests.factories import (
    HOSTILE_NAMES,
    make_article,
    make_entity,
    make_evidence,
    make_fact,
    make_graph,
    make_ontology,
)
from tests.rdf.strategies import ONTOLOGY
from tests.showcase import showcase_graph

KEYS = [
    "id", "subject", "predicate", "object", "qualifiers", "modality", "attributed_to",
    "confidence", "evidence", "sources", "derived_by",
]  # fmt: skip


def test_records_have_the_keys_of_the_contract_in_its_order(tmp_path: Path) -> None:
    graph = showcase_graph()
    path = tmp_path / "facts.jsonl"
    path.write_text(render_jsonl(graph, make_ontology()), "utf-8")
    records = read_facts(path)
    assert {tuple(record) for record in records} == {tuple(KEYS)}
    assert [record["id"] for record in records] == sorted(fact.id for fact in graph.facts)
    assert records == [fact.to_json() for fact in graph.facts]


@given(text=st.text(min_size=1))
def test_any_text_is_one_line_and_comes_back(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    article = make_article(text)
    fact = make_fact(make_entity(text), "partnerOf", make_entity("B"), make_evidence(article, text))
    rendered = render_jsonl(make_graph([article], [fact]), make_ontology())
    assert len(rendered.splitlines()) == 1  # by every separator that Python knows
    path = tmp_path_factory.getbasetemp() / "facts.jsonl"
    path.write_bytes(rendered.encode("utf-8"))
    assert read_facts(path) == [fact.to_json()]


def test_lone_surrogates_and_line_separators_stay_json_escapes() -> None:
    text = "a\ud800\u2028\u0085b"
    article = make_article(text)
    fact = make_fact(make_entity(), "p", make_entity("B"), make_evidence(article, text))
    rendered = render_jsonl(make_graph([article], [fact]), make_ontology())
    assert r"a\ud800\u2028\u0085b" in rendered
    assert json.loads(rendered)["evidence"][0]["quote"] == text


def valid() -> dict[str, Any]:
    return showcase_graph().facts[0].to_json()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not a JSON object"),
        ("[" * 100_000, "not a JSON object"),
        ("[1]", "not a JSON object; each line is one fact"),
        ({"modality": None}, "'modality' has the wrong type"),
        ({"evidence": [1]}, "'evidence' holds something that is not an object"),
        ({"evidence": [{"article": "a", "start": 0, "end": 1}]}, "evidence: no 'quote'"),
        ({"object": {"id": "x"}}, "needs a 'label', a literal a 'value'"),
    ],
)
def test_bad_line_is_named(line: str | dict[str, Any], message: str, tmp_path: Path) -> None:
    bad = line if isinstance(line, str) else json.dumps(valid() | line)
    path = tmp_path / "facts.jsonl"
    path.write_text(f"{json.dumps(valid())}\n\n{bad}\n", "utf-8")
    with pytest.raises(InputError, match=message) as caught:
        read_facts(path)
    assert str(caught.value).startswith(f"{path}:3: ")


def test_missing_field_is_named(tmp_path: Path) -> None:
    record = valid()
    del record["sources"]
    path = tmp_path / "facts.jsonl"
    path.write_text(json.dumps(record), "utf-8")
    with pytest.raises(InputError, match=r"facts\.jsonl:1: no 'sources'; a fact has id, subject"):
        read_facts(path)


def test_unreadable_files_say_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere.jsonl: cannot be read .*`kg build` writes"):
        read_facts(tmp_path / "nowhere.jsonl")
    path = tmp_path / "latin.jsonl"
    path.write_bytes(b'{"id": "\xe9"}')
    with pytest.raises(InputError, match=r"not UTF-8 \(byte 8\)"):
        read_facts(path)


def test_the_export_has_the_files_of_the_build_and_more(tmp_path: Path) -> None:
    written = written_in(tmp_path, known_graphs()["showcase"])
    files = format_named("jsonl").write(written, FormatOptions("jsonl"))
    graph = reason(known_graphs()["showcase"], ONTOLOGY)
    assert graph.discrepancies
    assert files["facts.jsonl"] == render_jsonl(graph, ONTOLOGY)
    assert files["inferred.jsonl"] == render_inferred(graph, ONTOLOGY)
    assert files["discrepancies.jsonl"] == render_discrepancies(graph, ONTOLOGY)
    records = {
        name: [json.loads(line) for line in str(text).splitlines()] for name, text in files.items()
    }
    assert [r["id"] for r in records["entities.jsonl"]] == [e.id for e in graph.entities]
    assert [r["hidden_labels"] for r in records["entities.jsonl"] if r["hidden_labels"]]
    assert [r["sha256"] for r in records["articles.jsonl"]] == [a.sha256 for a in graph.articles]
    partnerships = zip(records["partnerships.jsonl"], graph.partnerships, strict=True)
    for record, partnership in partnerships:
        assert record["id"] == partnership.id
        assert [p["label"] for p in record["partners"]] == [p.label for p in partnership.partners]
        assert record["period"].keys() == partnership.period.keys()
        assert record["facts"] == list(partnership.facts)


def test_hostile_names_survive_in_every_record(tmp_path: Path) -> None:
    written = written_in(tmp_path, known_graphs()["hostile"])
    files = format_named("jsonl").write(written, FormatOptions("jsonl"))
    labels = {json.loads(line)["label"] for line in str(files["entities.jsonl"]).splitlines()}
    assert labels == set(HOSTILE_NAMES)
    (article,) = (json.loads(line) for line in str(files["articles.jsonl"]).splitlines())
    assert (article["name"], article["title"]) == HOSTILE_NAMES[:2]
    facts = [json.loads(line) for line in str(files["facts.jsonl"]).splitlines()]
    assert {fact["evidence"][0]["quote"] for fact in facts} == set(HOSTILE_NAMES)
