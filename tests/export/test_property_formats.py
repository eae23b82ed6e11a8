"""GraphML, GEXF, CSV and Parquet: what other people's readers find in them."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg.errors import KgError
from kg.export.formats import FormatOptions, format_named
from kg.export.gexf import render_gexf
from kg.export.graphml import render_property_graphml
from kg.export.tables import render_csv, render_parquet
from kg.model.wording import plain_cell
from kg.ontology.domain import load_ontology
from kg.property_graph import EvidenceForm, PropertyGraph, PropertyValue, property_graph
from kg.rdf.serialize import xml_text
from tests.export.written import written_in
from tests.factories import make_article, make_entity, make_evidence, make_fact, make_graph
from tests.property_graph.hostile import hostile_graph
from tests.showcase import showcase_graph

GRAPHS = {"showcase": showcase_graph, "hostile": hostile_graph}
FORMS = list(EvidenceForm)
every_graph = pytest.mark.parametrize("name", GRAPHS)
every_form = pytest.mark.parametrize("form", FORMS)


@cache
def viewed(name: str, form: EvidenceForm = EvidenceForm.NODES) -> PropertyGraph:
    return property_graph(GRAPHS[name](), load_ontology(), evidence=form)


def flat(value: PropertyValue) -> object:
    """A value as a format without arrays and dates holds it."""
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date) else value


def in_xml(value: PropertyValue) -> object:
    found = flat(value)
    return xml_text(found) if isinstance(found, str) else found


@every_form
@every_graph
def test_networkx_reads_the_graphml(name: str, form: EvidenceForm) -> None:
    graph = viewed(name, form)
    read = nx.read_graphml(
        io.BytesIO(render_property_graphml(graph).encode()), force_multigraph=True
    )
    assert dict(read.nodes(data=True)) == {
        node.id: {"labels": ";".join(node.labels)}
        | {name: in_xml(value) for name, value in node.properties.items()}
        for node in graph.nodes
    }
    assert {(s, t, key): data for s, t, key, data in read.edges(data=True, keys=True)} == {
        (r.start, r.end, f"{r.type} {r.id}"): {"label": r.type}
        | {name: in_xml(value) for name, value in r.properties.items()}
        for r in graph.relationships
    }


@every_form
@every_graph
def test_networkx_reads_the_gexf(name: str, form: EvidenceForm) -> None:
    graph = viewed(name, form)
    read = nx.read_gexf(io.BytesIO(render_gexf(graph).encode()))
    nodes: dict[str, dict[str, Any]] = dict(read.nodes(data=True))
    assert nodes.keys() == {node.id for node in graph.nodes}
    for node in graph.nodes:
        expected = {name: in_xml(value) for name, value in node.properties.items()}
        assert expected.items() <= nodes[node.id].items()
        assert nodes[node.id]["labels"] == ";".join(node.labels)
    edges = {data["id"]: (s, t, data) for s, t, data in read.edges(data=True)}
    assert len(edges) == len(graph.relationships)
    for item in graph.relationships:
        start, end, data = edges[f"{item.type} {item.id}"]
        assert (start, end, data["label"]) == (item.start, item.end, item.type)
        expected = {name: in_xml(value) for name, value in item.properties.items()}
        assert expected.items() <= data.items()


@every_graph
def test_the_csv_module_reads_the_tables(name: str) -> None:
    graph = viewed(name)
    files = render_csv(graph)
    nodes = list(csv.DictReader(io.StringIO(files["nodes.csv"], newline="")))
    edges = list(csv.DictReader(io.StringIO(files["edges.csv"], newline="")))
    for node, row in zip(graph.nodes, nodes, strict=True):
        assert (row["id"], row["labels"]) == (node.id, ";".join(node.labels))
        assert {k: v for k, v in row.items() if v and k not in ("id", "labels")} == {
            name: plain_cell(written(value)) for name, value in node.properties.items()
        }
    for item, row in zip(graph.relationships, edges, strict=True):
        assert row["id"] == item.id
        assert (row["type"], row["source"], row["target"]) == (item.type, item.start, item.end)


def written(value: PropertyValue) -> str:
    return str(value).lower() if isinstance(value, bool) else str(flat(value))


@every_graph
def test_pyarrow_reads_the_tables_with_their_types(name: str) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    graph = viewed(name)
    files = render_parquet(graph)
    nodes, edges = (
        pq.read_table(io.BytesIO(files[f"{table}.parquet"])).to_pylist()
        for table in ("nodes", "edges")
    )
    assert [without_gaps(row) for row in nodes] == [
        {"id": n.id, "labels": list(n.labels)} | {k: listed(v) for k, v in n.properties.items()}
        for n in graph.nodes
    ]
    assert [without_gaps(row) for row in edges] == [
        {"id": r.id, "type": r.type, "source": r.start, "target": r.end}
        | {k: listed(v) for k, v in r.properties.items()}
        for r in graph.relationships
    ]
    assert render_parquet(graph) == files


def test_without_pyarrow_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(KgError, match=r"pip install 'newskg\[parquet\]'"):
        render_parquet(viewed("showcase"))


@pytest.mark.parametrize("name", ["neo4j-csv", "cypher", "graphml", "gexf", "csv", "parquet"])
def test_the_option_says_where_the_words_of_articles_go(name: str, tmp_path: Path) -> None:
    written = written_in(tmp_path, showcase_graph())
    quote = next(e.quote for f in showcase_graph().facts for e in f.evidence if len(e.quote) > 20)
    held = {}
    for form in FORMS:
        contents = format_named(name).write(written, FormatOptions("x", evidence=str(form)))
        texts = {file: text for file, text in contents.items() if not file.endswith(".md")}
        if name == "parquet":  # compressed
            held[form] = any(quote in str(row) for row in rows_of_parquet(texts))
        else:
            held[form] = any(quote in str(text) for text in texts.values())
    assert held == {form: form is not EvidenceForm.NONE for form in FORMS}


def rows_of_parquet(files: Mapping[str, Any]) -> list[dict[str, Any]]:
    pq = pytest.importorskip("pyarrow.parquet")
    return [row for data in files.values() for row in pq.read_table(io.BytesIO(data)).to_pylist()]


def without_gaps(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def listed(value: PropertyValue) -> object:
    return list(value) if isinstance(value, tuple) else value


def test_a_relation_may_have_the_name_of_an_argument_or_an_xml_attribute() -> None:
    """start, end, weight, key, label and type mean something to writers of graphs."""
    article = make_article()
    fact = make_fact(
        make_entity(), "partnerOf", make_entity("Beta"), make_evidence(article, "Acme"),
        qualifiers={name: make_entity("Year") for name in ("start", "end", "with")},
    )  # fmt: skip
    graph = property_graph(make_graph([article], [fact]), load_ontology())
    read = nx.read_gexf(io.BytesIO(render_gexf(graph).encode()))
    (edge,) = [d for _, _, d in read.edges(data=True) if d["label"] == "PARTNER_OF"]
    assert (edge["start"], edge["end"], edge["with"]) == ("Year", "Year", "Year")
    assert 'mode="static"' in render_gexf(graph)
