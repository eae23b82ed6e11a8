"""Articles, entities and facts as rows of tables, one schema for all parts."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from itertools import islice
from typing import Any, TypeAlias

from kg.model.graph import Entity, Fact, value_to_json
from kg.model.statement import Literal
from kg.model.text import Article
from kg.read.extras import load_extra

__all__ = ["article_row", "entity_row", "fact_row", "packed", "parquet_of"]

Row: TypeAlias = dict[str, Any]
_TOGETHER = 2_000  # rows that are written at once, a row group
_STRINGS = "list<string>"
_TABLES = {
    "articles": {
        "id": "string",
        "name": "string",
        "title": "string",
        "author": "string",
        "publisher": "string",
        "published": "string",
        "language": "string",
        "url": "string",
        "sha256": "string",
        "copy_of": "string",
    },
    "entities": {
        "id": "string",
        "label": "string",
        "type": "string",
        "alt_labels": _STRINGS,
        "hidden_labels": _STRINGS,
        "mentions": _STRINGS,
        "same_as": _STRINGS,
        "aliases": _STRINGS,
    },
    "facts": {
        "id": "string",
        "subject": "string",
        "predicate": "string",
        "object": "string",
        "value": "string",
        "datatype": "string",
        "text": "string",
        "qualifiers": "string",
        "modality": "string",
        "attributed_to": "string",
        "confidence": "double",
        "sources": "int32",
        "derived_by": "string",
        "premises": _STRINGS,
        "evidence": "list<evidence>",
    },
}


def article_row(article: Article, iri: str, copy_of: str | None) -> Row:
    """The row of an article; its text stays where it was."""
    names = ("name", "title", "author", "publisher", "published", "language", "url", "sha256")
    return {"id": iri, **{name: getattr(article, name) for name in names}, "copy_of": copy_of}


def entity_row(entity: Entity) -> Row:
    """The row of an entity."""
    return {name: getattr(entity, name) for name in _TABLES["entities"]}


def fact_row(fact: Fact) -> Row:
    """The row of a fact: an entity as its object stands in `object`, a literal in `value`."""
    record = fact.to_json()
    value = fact.object
    qualifiers = {name: value_to_json(one) for name, one in fact.qualifiers}
    return {
        "id": fact.id,
        "subject": fact.subject.id,
        "predicate": fact.predicate,
        "object": value.id if isinstance(value, Entity) else None,
        **(
            {"value": value.value, "datatype": value.datatype, "text": value.text}
            if isinstance(value, Literal)
            else {}
        ),
        "qualifiers": json.dumps(qualifiers, ensure_ascii=False) if qualifiers else None,
        "modality": str(fact.modality),
        "attributed_to": fact.attributed_to.id if fact.attributed_to else None,
        "confidence": record["confidence"],
        "sources": fact.sources,
        "derived_by": fact.derived_by,
        "premises": fact.premises,
        "evidence": record["evidence"],
    }


def packed(row: Row) -> tuple[str, bytes]:
    """The row under its id: as bytes it takes a tenth of the memory, until it is written."""
    return str(row["id"]), json.dumps(row).encode("ascii")


def parquet_of(table: str, rows: Iterable[tuple[str, bytes]]) -> bytes:
    """Packed rows as a Parquet file of the table's schema, in the order of their ids.

    Raises InputError without pyarrow.
    """
    pa = load_extra("pyarrow", "parquet", "writing Parquet")
    pq = load_extra("pyarrow.parquet", "parquet", "writing Parquet")
    evidence = pa.struct(
        [
            ("article", pa.string()),
            ("start", pa.int32()),
            ("end", pa.int32()),
            ("quote", pa.string()),
            ("voice", pa.string()),
            ("extractor", pa.string()),
        ]
    )
    types = {
        "string": pa.string(),
        "double": pa.float64(),
        "int32": pa.int32(),
        _STRINGS: pa.list_(pa.string()),
        "list<evidence>": pa.list_(evidence),
    }
    schema = pa.schema([(name, types[type_]) for name, type_ in _TABLES[table].items()])
    sink = io.BytesIO()
    unpacked = (json.loads(data) for _, data in sorted(rows))
    with pq.ParquetWriter(sink, schema, compression="zstd") as writer:
        while group := list(islice(unpacked, _TOGETHER)):
            writer.write_table(pa.Table.from_pylist(group, schema=schema))
    return sink.getvalue()
