"""What every store must answer: the questions of a build, and the rows of `kg ask` to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kg.ask import ask, graph_of, questions_of
from kg.rdf.queries import with_prefixes
from kg.rdf.store import OpenGraph, QueryResult
from kg.rdf.terms import XSD
from tests.answers import read_answer

ANSWERS = Path(__file__).resolve().parent.parent / "questions"
# SPARQL counts with them as integers, and Oxigraph gives each back as one (SPARQL 1.1, 17.1).
INTEGERS = {XSD["nonNegativeInteger"], XSD["positiveInteger"], XSD["long"], XSD["int"]}
NUMBERS = {XSD["integer"], XSD["decimal"]}
DURATION = re.compile(r"\bP(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?\b")

Rows = list[tuple[str, ...]]


@dataclass(frozen=True)
class Contract:
    """The questions that one build is asked, in every store alike."""

    out: Path
    narrowed: bool  # with the parameters that the expected answers of the main articles have

    @cached_property
    def graph(self) -> OpenGraph:
        return graph_of(self.out)

    @cached_property
    def values(self) -> dict[str, dict[str, str]]:
        """The parameters of each question, by the name of the question."""
        names = questions_of(self.graph)
        if not self.narrowed:
            return {name: {} for name in names}
        return {name: read_answer(ANSWERS / f"{name}.json")["params"] for name in names}

    def text(self, name: str) -> str:
        """The query, as `kg ask NAME OUT --show` prints it."""
        question = questions_of(self.graph)[name]
        return with_prefixes(question.with_values(self.values[name]), self.graph.prefixes)

    def expected(self, name: str) -> tuple[tuple[str, ...], Rows]:
        """Columns and rows as `kg ask` gives them."""
        return table(ask(self.graph, questions_of(self.graph)[name], self.values[name]))


def table(answer: bytes | QueryResult) -> tuple[tuple[str, ...], Rows]:
    """Columns and rows of an answer, of SPARQL 1.1 Query Results JSON or in memory."""
    if isinstance(answer, QueryResult):
        return answer.columns, [tuple(map(_cell, row)) for row in answer.rows]
    found = ox.parse_query_results(answer, ox.QueryResultsFormat.JSON)
    assert isinstance(found, ox.QuerySolutions)
    columns = tuple(variable.value for variable in found.variables)
    return columns, [tuple(map(_cell, row)) for row in found]


def _cell(term: object) -> str:
    """The term as N-Triples has it, numbers by value; empty where there is none.

    `"7"^^xsd:nonNegativeInteger`, `"7"^^xsd:integer` and `"07"^^xsd:integer` are one number.
    """
    if isinstance(term, ox.Literal):
        type_ = XSD["integer"] if term.datatype in INTEGERS else term.datatype
        if type_ in NUMBERS:
            return f'"{Decimal(term.value).normalize():f}"^^{type_}'
    return "" if term is None else str(term)


def as_virtuoso(rows: Rows) -> Rows:
    """The rows as Virtuoso 7 gives them, which keeps no duration as it is written.

    It stores months, or seconds where there are neither years nor months, and drops the rest.
    """
    return [tuple(_months(cell) for cell in row) for row in rows]


def _months(cell: str) -> str:
    if (
        f"^^{XSD['duration']}" not in cell
        and '"duration P' not in cell
        and ", duration P" not in cell
    ):
        return cell
    return DURATION.sub(_number, cell)


def _number(found: re.Match[str]) -> str:
    years, months, weeks, days = (int(part or 0) for part in found.groups())
    if years or months:
        return str(12 * years + months)
    return f"{(7 * weeks + days) * 86_400}.0"
