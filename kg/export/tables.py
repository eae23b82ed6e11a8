"""Nodes and edges as two tables: CSV and Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.model.wording import plain_cell
from kg.ontology.domain import Ontology
from kg.property_graph.columns import Column, columns
from kg.property_graph.dictionary import data_dictionary
from kg.property_graph.flat import scalar
from kg.property_graph.markdown import render_dictionary
from kg.property_graph.model import Node, PropertyGraph, PropertyValue, Relationship
from kg.property_graph.view import written_view

if TYPE_CHECKING:
    from kg.export.formats import FormatOptions
    from kg.rdf.written import WrittenGraph

__all__ = ["render_csv", "render_parquet", "write_csv", "write_parquet"]

_NODE = (Column("id", "string"), Column("labels", "string[]"))
_EDGE = tuple(Column(name, "string") for name in ("id", "type", "source", "target"))
Row = dict[str, PropertyValue]


def render_csv(graph: PropertyGraph) -> dict[str, str]:
    """nodes.csv and edges.csv: RFC 4180 with line feeds; labels joined by ;, arrays as JSON.

    A text that a spreadsheet would take for a formula is made plain (`plain_cell`).
    """
    files = {}
    for name, names, rows in _tables(graph):
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([plain_cell(column.name) for column in names])
        writer.writerows([_cell(row.get(column.name), column) for column in names] for row in rows)
        files[f"{name}.csv"] = text.getvalue()
    return files


def write_csv(written: WrittenGraph, options: FormatOptions) -> dict[str, str]:
    """The folder of the format csv."""
    graph = written_view(written, options.evidence)
    return {**render_csv(graph), **_dictionary(graph, written.ontology)}


def write_parquet(written: WrittenGraph, options: FormatOptions) -> dict[str, str | bytes]:
    """The folder of the format parquet."""
    graph = written_view(written, options.evidence)
    return {**render_parquet(graph), **_dictionary(graph, written.ontology)}


def _dictionary(graph: PropertyGraph, ontology: Ontology) -> dict[str, str]:
    return {"dictionary.md": render_dictionary(data_dictionary(graph, ontology))}


def _cell(value: PropertyValue | None, column: Column) -> str | int | float | bool:
    if value is None:
        return ""
    if column.name == "labels" and isinstance(value, tuple):
        return plain_cell(";".join(map(str, value)))
    plain = scalar(value)
    if isinstance(plain, str):
        return plain_cell(plain)
    return str(plain).lower() if isinstance(plain, bool) else plain


def render_parquet(graph: PropertyGraph) -> dict[str, bytes]:
    """nodes.parquet and edges.parquet, typed; the same bytes for the same version of pyarrow.

    Raises InputError where pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise InputError(
            "Parquet needs pyarrow, which is not installed: pip install 'newskg[parquet]'"
        ) from error
    types: dict[str, Any] = {
        "string": pa.string(),
        "long": pa.int64(),
        "double": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "string[]": pa.list_(pa.string()),
        "long[]": pa.list_(pa.int64()),
    }
    files = {}
    for name, names, rows in _tables(graph):
        schema = pa.schema([(column.name, types[column.type]) for column in names])
        table = pa.Table.from_pylist([dict(row) for row in rows], schema=schema)
        sink = pa.BufferOutputStream()
        pq.write_table(table, sink, compression="zstd")
        files[f"{name}.parquet"] = sink.getvalue().to_pybytes()
    return files


def _tables(graph: PropertyGraph) -> Iterator[tuple[str, tuple[Column, ...], list[Row]]]:
    nodes = [_node(node) for node in graph.nodes]
    yield "nodes", (*_NODE, *columns(graph.nodes)), nodes
    edges = [_edge(item) for item in graph.relationships]
    yield "edges", (*_EDGE, *columns(graph.relationships)), edges


def _node(node: Node) -> Row:
    return {"id": node.id, "labels": node.labels, **node.properties}


def _edge(item: Relationship) -> Row:
    ends = {"type": item.type, "source": item.start, "target": item.end}
    return {"id": item.id, **ends, **item.properties}
