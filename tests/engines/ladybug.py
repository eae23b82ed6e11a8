"""Ladybug for tests: a second property-graph engine, in process, that takes the exported CSV.

It wants every table declared beforehand, and gives a node one label only. So the headers of the
files declare the tables, one for `Entity`, `Article`, `Statement` …; the classes of an entity are
columns: `labels`, `isPerson` … `dialect` says the same in a query.
"""

from __future__ import annotations

import csv
import importlib
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

SEPARATOR = "\x1f"  # between the values of an array, as in import.sh
BUFFER = 256 * 1024 * 1024  # bytes
TYPES = {"string": "STRING", "long": "INT64", "double": "DOUBLE", "boolean": "BOOL", "date": "DATE"}
_KEYS = {"ID": "id", "LABEL": "labels", "START_ID": "start_id", "END_ID": "end_id", "TYPE": "type_"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file by its header, for example `altNames:string[]`."""

    name: str
    type: str
    is_array: bool

    @property
    def declared(self) -> str:
        """As a table has it."""
        return f"`{self.name}` {TYPES[self.type]}{'[]' if self.is_array else ''}"

    @property
    def read(self) -> str:
        """As the file has it."""
        return f"`{self.name}` {'STRING' if self.is_array else TYPES[self.type]}"

    @property
    def value(self) -> str:
        """What goes into the table."""
        split = f"string_split(`{self.name}`, '{SEPARATOR}')"
        return split if self.is_array else f"`{self.name}`"


def _column(header: str) -> Column:
    name, _, type_ = header.partition(":")
    if type_ in _KEYS:
        return Column(_KEYS[type_], "string", type_ == "LABEL")
    return Column(name, type_.removesuffix("[]"), type_.endswith("[]"))


@dataclass(frozen=True, slots=True)
class Ladybug:
    """An open database."""

    connection: Any = field(repr=False)
    tables: dict[str, str] = field(default_factory=dict)  # of a node, by its id
    columns: dict[str, Column] = field(default_factory=dict)  # each table of nodes has them all
    labels: set[str] = field(default_factory=set)  # that are a column, `isPerson`, not a table
    types: set[str] = field(default_factory=set)  # of relationships

    def load(self, folder: Path) -> None:
        """Loads what `kg export --to neo4j-csv` wrote."""
        nodes = {path: _read(path) for path in sorted(folder.glob("nodes-*.csv"))}
        self.columns.update((c.name, c) for columns, _ in nodes.values() for c in columns)
        for path, (columns, rows) in nodes.items():
            self._load_nodes(path, columns, rows)
        for path in sorted(folder.glob("relationships-*.csv")):
            self._load_relationships(path)

    def ask(self, query: str, **parameters: object) -> tuple[list[str], list[list[Any]]]:
        """Columns and rows of a query as Neo4j takes it."""
        for types in re.findall(r"\[\w*:([A-Z_|\s]+)\]", query):
            for type_ in set(re.findall(r"\w+", types)) - self.types:
                self.types.add(type_)
                self.run(f"CREATE REL TABLE `{type_}` (FROM Entity TO Entity, id STRING)")
        text = dialect(query, self.labels, set(self.tables.values()))
        return self.run(self._without_unknown(text), **parameters)

    def _without_unknown(self, query: str) -> str:
        """The query with null for properties that nothing in this graph has."""
        bound = "|".join(sorted(set(re.findall(r"[(\[](\w+)[:)]", query))))
        known = {*self.columns, *(f"is{label}" for label in self.labels)}

        def known_or_null(found: re.Match[str]) -> str:
            return found[0] if found[1] in known else "CAST(NULL AS STRING)"

        return re.sub(rf"\b(?:{bound})\.`?(\w+)`?", known_or_null, query)

    def run(self, query: str, **parameters: object) -> tuple[list[str], list[list[Any]]]:
        """Columns and rows of a query in this dialect."""
        result = self.connection.execute(query, parameters)
        rows = []
        while result.has_next():
            rows.append(result.get_next())
        return result.get_column_names(), rows

    def _load_nodes(self, path: Path, columns: list[Column], rows: list[dict[str, str]]) -> None:
        [table] = {row["labels"].split(SEPARATOR)[0] for row in rows}
        self.tables.update((row["id"], table) for row in rows)
        labels = {label for row in rows for label in row["labels"].split(SEPARATOR)} - {table}
        self.labels.update(labels)
        extra = sorted(labels)
        others = [self.columns[name] for name in self.columns.keys() - {c.name for c in columns}]
        in_file = [*(c.declared for c in columns), *(f"`is{label}` BOOL" for label in extra)]
        declared = ", ".join([*in_file, *sorted(column.declared for column in others)])
        self.run(f"CREATE NODE TABLE `{table}` ({declared}, PRIMARY KEY (id))")
        split = _column(":LABEL").value
        is_ = (f"list_contains({split}, '{label}')" for label in extra)
        values = ", ".join([*(column.value for column in columns), *is_])
        names = ", ".join(f"`{c.name}`" for c in columns) + "".join(f", `is{x}`" for x in extra)
        self.run(f"COPY `{table}` ({names}) FROM ({_loading(path, columns)} RETURN {values})")

    def _load_relationships(self, path: Path) -> None:
        columns, rows = _read(path)
        self.columns.update((column.name, column) for column in columns)
        ends: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for row in rows:
            pair = self.tables[row["start_id"]], self.tables[row["end_id"]]
            ends[row["type_"]].add(pair)
        own = [c for c in columns if c.name not in ("start_id", "end_id", "type_")]
        declared = ", ".join(column.declared for column in own)
        values = ", ".join(column.value for column in own)
        for type_, pairs in sorted(ends.items()):
            self.types.add(type_)
            between = ", ".join(f"FROM `{a}` TO `{b}`" for a, b in sorted(pairs))
            self.run(f"CREATE REL TABLE `{type_}` ({between}, {declared})")
            for a, b in sorted(pairs):
                self.run(
                    f"COPY `{type_}` FROM ({_loading(path, columns)} WHERE type_ = '{type_}' "
                    f"MATCH (a:`{a}`), (b:`{b}`) WHERE a.id = start_id AND b.id = end_id "
                    f"RETURN start_id, end_id, {values}) (from='{a}', to='{b}')"
                )


def _read(path: Path) -> tuple[list[Column], list[dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    columns = [_column(name) for name in header]
    names = [column.name for column in columns]
    return columns, [dict(zip(names, row, strict=True)) for row in rows]


def _loading(path: Path, columns: list[Column]) -> str:
    read = ", ".join(column.read for column in columns)
    return f"LOAD WITH HEADERS ({read}) FROM '{path}' (header=true, parallel=false)"


_RESERVED = re.compile(r"(?<!')\b(any|end|where)\b")  # in small letters: names, not keywords
_LOWERED = re.compile(r"\[name IN (.*?)\s*\| toLower\(name\)\]", re.DOTALL)


def dialect(query: str, labels: set[str], tables: set[str]) -> str:
    """A query for Neo4j as this engine takes it.

    Classes are columns, lists are mapped by a function, and some more words are reserved.
    """
    query = re.sub(r"//.*", "", query)
    query = query.replace("[null]", "CAST([NULL] AS STRING[])")
    # START_NODE is here what stands on the left in the query, whichever way the relationship goes
    outwards = r"EXISTS { MATCH (\2)-[out]->(:Entity) WHERE out.id = \1.id }"
    query = re.sub(r"startNode\((\w+)\) = (\w+)", outwards, query)
    query = _RESERVED.sub(r"`\1`", query)
    query = _LOWERED.sub(r"list_transform(\1, name -> lower(name))", query)
    query = re.sub(r"coalesce\(([^()]+), \[\]\)", r"coalesce(\1, CAST([] AS STRING[]))", query)

    def labelled(found: re.Match[str]) -> str:
        name, label = found.groups()
        if label in tables:
            return found[0]
        held = f"is{label}: true" if label in labels else "id: ''"
        return f"({name}:Entity {{{held}}})"

    query = re.sub(r"\((\w+):(\w+)\)", labelled, query)

    def tested(found: re.Match[str]) -> str:
        before, name, label = found.groups()
        if label in tables:
            return f"{before}label({name}) = '{label}'"
        return before + (f"{name}.is{label}" if label in labels else "false")

    return re.sub(r"(\bOR |\bWHEN |WHERE \()(\w+):(\w+)\b", tested, query)


@contextmanager
def ladybug() -> Iterator[Ladybug]:
    """An empty database in memory, closed at the end. Skips where Ladybug is not installed."""
    try:
        engine = importlib.import_module("ladybug")
    except ImportError:
        pytest.skip("Ladybug is not installed: run `make engines`")
    database = engine.Database(":memory:", buffer_pool_size=BUFFER, max_num_threads=1)
    connection = engine.Connection(database)
    try:
        yield Ladybug(connection)
    finally:
        connection.close()
        database.close()
