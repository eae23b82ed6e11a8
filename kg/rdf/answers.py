"""Answers to queries as the bytes of a media type, never more of them than asked for."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

import pyoxigraph as ox

from kg.errors import AnswerTooLargeError, QueryError, UnfitFormatError
from kg.rdf.queries import explained, refuse_what_reaches_out
from kg.rdf.store import OpenGraph, QueryResult, read_result

__all__ = ["SOLUTION_TYPES", "TRIPLE_TYPES", "Answer", "Request", "answer"]

# Source: https://www.w3.org/TR/sparql11-protocol/#query-success
SOLUTION_TYPES: Mapping[str, ox.QueryResultsFormat] = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
TRIPLE_TYPES: Mapping[str, ox.RdfFormat] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
JSON = ox.QueryResultsFormat.JSON
_LEAST_ROW = 3  # bytes of the shortest row in JSON: {} and a comma


@dataclass(frozen=True, slots=True)
class Request:
    """A query, and what its answer may be.

    `solutions` and `triples` are the media types for rows or a boolean, and for triples; None: the
    caller takes no such answer. `default_graphs` and `named_graphs` are IRIs and, when not None,
    stand in for what the query says after FROM.
    """

    query: str
    max_rows: int
    max_bytes: int
    solutions: str | None = "application/sparql-results+json"
    triples: str | None = "text/turtle"
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None

    def to_json(self) -> dict[str, Any]:
        """The fields, for another process."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: `body` is of `media_type`, UTF-8; `form` is rows, boolean or triples."""

    form: str
    media_type: str
    body: bytes

    def result(self, prefixes: Mapping[str, str]) -> QueryResult:
        """The rows, boolean or triples; of a body in JSON, or of triples in any format.

        `prefixes` shorten IRIs in its table.
        """
        if self.form == "triples":
            quads = ox.parse(self.body, format=TRIPLE_TYPES[self.media_type])
            return QueryResult(triples=tuple(quad.triple for quad in quads), prefixes=prefixes)
        return read_result(self.body, prefixes)


class _Bounded(io.BytesIO):
    """Bytes up to a limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: Any, /) -> int:
        if self.tell() + len(data) > self._limit:
            raise AnswerTooLargeError(
                f"the answer is larger than {self._limit:,} bytes; ask for less of it with LIMIT "
                "and OFFSET"
            )
        return super().write(data)


def answer(graph: OpenGraph, request: Request) -> Answer:
    """The answer to a request; triples are sorted, each once.

    Raises QueryError as `OpenGraph.query` does, AnswerTooLargeError beyond the limits, and
    UnfitFormatError when the caller takes no such answer.
    """
    refuse_what_reaches_out(request.query)
    with explained(request.query, graph.prefixes):
        found = graph.store.query(
            request.query,
            prefixes=dict(graph.prefixes),
            default_graph=_named(request.default_graphs),
            named_graphs=_named(request.named_graphs),
        )
        if isinstance(found, ox.QueryTriples):
            return _triples(found, request, graph.prefixes)
        return _solutions(found, request)


def _named(iris: tuple[str, ...] | None) -> list[Any] | None:
    if iris is None:
        return None
    try:
        return [ox.NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise QueryError(f"the name of a graph is no IRI: {error}") from error


def _triples(found: ox.QueryTriples, request: Request, prefixes: Mapping[str, str]) -> Answer:
    if request.triples is None:
        raise UnfitFormatError(_unfit("triples", TRIPLE_TYPES))
    triples: set[ox.Triple] = set()
    for triple in found:
        triples.add(triple)
        if len(triples) > request.max_rows:
            raise AnswerTooLargeError(_too_many("triples", request.max_rows))
    body = _Bounded(request.max_bytes)
    format_ = TRIPLE_TYPES[request.triples]
    used = _used(prefixes, triples) if format_ == ox.RdfFormat.TURTLE else None
    ox.serialize(sorted(triples, key=str), body, format=format_, prefixes=used)
    return Answer("triples", request.triples, body.getvalue())


def _used(prefixes: Mapping[str, str], triples: set[ox.Triple]) -> dict[str, str]:
    """The prefixes that shorten something in these triples."""
    text = "\n".join(map(str, triples))
    return {name: iri for name, iri in prefixes.items() if f"<{iri}" in text}


def _solutions(found: ox.QuerySolutions | ox.QueryBoolean, request: Request) -> Answer:
    if request.solutions is None:
        raise UnfitFormatError(_unfit("rows or a boolean", SOLUTION_TYPES))
    form = "boolean" if isinstance(found, ox.QueryBoolean) else "rows"
    written = _Bounded(request.max_bytes)
    found.serialize(written, format=JSON)
    json = written.getvalue()
    if form == "rows" and len(json) > _LEAST_ROW * request.max_rows:
        rows = ox.parse_query_results(json, JSON)
        assert isinstance(rows, ox.QuerySolutions)  # noqa: S101 - of what was a SELECT
        if len(tuple(islice(rows, request.max_rows + 1))) > request.max_rows:
            raise AnswerTooLargeError(_too_many("rows", request.max_rows))
    format_ = SOLUTION_TYPES[request.solutions]
    if format_ == JSON:
        return Answer(form, request.solutions, json)
    body = _Bounded(request.max_bytes)
    ox.parse_query_results(json, JSON).serialize(body, format=format_)
    return Answer(form, request.solutions, body.getvalue())


def _too_many(what: str, limit: int) -> str:
    return f"the answer has more than {limit:,} {what}; ask for less of it with LIMIT and OFFSET"


def _unfit(what: str, types: Mapping[str, object]) -> str:
    return f"the answer is {what}, which can be had as {', '.join(types)}"
