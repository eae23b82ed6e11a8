"""SPARQL over a written graph, in process, read-only and off line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kg.model.wording import plain_cell, shortened
from kg.rdf.files import FORMATS, read_quads, stated_quads
from kg.rdf.order import flatten
from kg.rdf.queries import explained, refuse_what_reaches_out
from kg.rdf.terms import PREFIXES

__all__ = [
    "Cell",
    "OpenGraph",
    "QueryResult",
    "cell_text",
    "open_graph",
    "read_result",
    "run_query",
]

JSON = ox.QueryResultsFormat.JSON
CSV = ox.QueryResultsFormat.CSV

Cell = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True)
class QueryResult:
    """The answer to a query: rows of a SELECT, the boolean of an ASK, or triples of a CONSTRUCT.

    A cell is None where a variable has no value. `prefixes` shorten IRIs in the table.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell | None, ...], ...] = ()
    boolean: bool | None = None
    triples: tuple[ox.Triple, ...] | None = None
    prefixes: Mapping[str, str] = field(default_factory=dict)
    json: bytes = b""  # as the engine wrote it, for SELECT and ASK

    def to_table(self, width: int | None = None) -> str:
        """Text columns for a terminal, newline at the end; says so when there is no row.

        A cell of more than `width` characters is cut and ends in "…".
        """
        if self.boolean is not None:
            return f"{str(self.boolean).lower()}\n"
        columns, rows = self.cells()
        if not rows:
            return "no rows: nothing in the graph matches the query\n"
        lines = [columns, tuple("-" * len(name) for name in columns)]
        texts = (tuple(_text(cell, self.prefixes) for cell in row) for row in rows)
        lines += [
            row if width is None else tuple(shortened(text, width) for text in row) for row in texts
        ]
        widths = [max(len(line[i]) for line in lines) for i in range(len(columns))]
        lines[1] = tuple("-" * width for width in widths)
        padded = (
            "  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) for line in lines
        )
        return "".join(f"{line.rstrip()}\n" for line in padded)

    def to_csv(self) -> str:
        """SPARQL 1.1 Query Results CSV; triples have the columns subject, predicate, object.

        A text that a spreadsheet would take for a formula is made plain (`plain_cell`).
        Source: https://www.w3.org/TR/sparql11-results-csv-tsv/
        """
        if self.boolean is not None:
            return f"{str(self.boolean).lower()}\r\n"
        if self.triples is None:
            exact = ox.parse_query_results(self.json, JSON).serialize(format=CSV) or b""
            rows_ = csv.reader(io.StringIO(exact.decode(), newline=""))
            return "".join(",".join(_quoted(plain_cell(c)) for c in row) + "\r\n" for row in rows_)
        columns, rows = self.cells()
        lines = [columns, *(tuple(plain_cell(cell_text(cell)) for cell in row) for row in rows)]
        return "".join(",".join(map(_quoted, line)) + "\r\n" for line in lines)

    def to_json(self) -> str:
        """SPARQL 1.1 Query Results JSON; triples as JSON-LD. A newline at the end.

        Source: https://www.w3.org/TR/sparql11-results-json/
        """
        if self.triples is None:
            return self.json.decode() + "\n"
        return (ox.serialize(self.triples, format=ox.RdfFormat.JSON_LD) or b"").decode() + "\n"

    def cells(self) -> tuple[tuple[str, ...], tuple[tuple[Cell | None, ...], ...]]:
        """Columns and rows; of triples the columns are subject, predicate and object."""
        if self.triples is None:
            return self.columns, self.rows
        rows = tuple((t.subject, t.predicate, t.object) for t in self.triples)
        return ("subject", "predicate", "object"), rows


@dataclass(frozen=True, slots=True)
class OpenGraph:
    """The graph of an RDF file in memory, for one query or many."""

    store: ox.Store
    prefixes: Mapping[str, str]  # those of the project and of the file

    def query(self, query: str) -> QueryResult:
        """The answer to a SPARQL 1.1 query, whose known prefixes need no declaration.

        There is no time limit: `kg.rdf.guarded` has one. Raises QueryError, with line and column,
        for a query that does not parse, that would change the graph, or that would call another
        server.
        """
        refuse_what_reaches_out(query)
        with explained(query, self.prefixes):
            found = self.store.query(query, prefixes=dict(self.prefixes))
            if isinstance(found, ox.QueryTriples):
                triples = tuple(sorted(set(found), key=str))
                return QueryResult(triples=triples, prefixes=self.prefixes)
            json = found.serialize(format=JSON) or b""
        return read_result(json, self.prefixes)


def read_result(json: bytes, prefixes: Mapping[str, str]) -> QueryResult:
    """The rows or the boolean of SPARQL 1.1 Query Results JSON."""
    table = ox.parse_query_results(json, JSON)
    if isinstance(table, ox.QueryBoolean):
        return QueryResult(boolean=bool(table), json=json)
    columns = tuple(variable.value for variable in table.variables)
    rows = tuple(tuple(row) for row in table)
    return QueryResult(columns, rows, prefixes=prefixes, json=json)


def open_graph(path: Path) -> OpenGraph:
    """The graph of an RDF file, in memory.

    What stands in named graphs is also in the default graph, once, so that a plain query finds the
    same in graph.trig as in graph.ttl. What no article states stays in its graph, which `GRAPH`
    asks for. Raises InputError for a file that is missing, of an unknown kind, or broken.
    """
    quads, prefixes = read_quads(path)
    store = ox.Store()
    store.extend(quads)
    if FORMATS[path.suffix.lower()].supports_datasets:
        store.extend(flatten(stated_quads(quads)))
    return OpenGraph(store, {**PREFIXES, **prefixes})


def run_query(path: Path, query: str) -> QueryResult:
    """The answer of the file's graph to one query, as `OpenGraph.query` gives it.

    A query that is refused is so before the file is opened. Raises InputError for the file.
    """
    refuse_what_reaches_out(query)
    return open_graph(path).query(query)


def _text(cell: Cell | None, prefixes: Mapping[str, str]) -> str:
    """One line for a table: IRIs shortened by the longest namespace that fits."""
    value = re.sub(r"\s+", " ", cell_text(cell)).strip()
    if not isinstance(cell, ox.NamedNode):
        return value
    fitting = [name for name, iri in prefixes.items() if iri and value.startswith(iri)]
    if not fitting:
        return value
    best = max(fitting, key=lambda name: (len(prefixes[name]), name))
    return f"{best}:{value[len(prefixes[best]) :]}"


def cell_text(cell: Cell | None) -> str:
    """The IRI or the literal without what surrounds it; "" for no value."""
    if cell is None:
        return ""
    return str(cell) if isinstance(cell, ox.BlankNode | ox.Triple) else cell.value


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if re.search(r'[",\r\n]', text) else text
