"""What every store must answer: the questions of a build, and the rows of `kg ask` to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox
from click.testing import CliRunner

from kg.ask import ask, graph_of, questions_of
from kg.cli import cli
from kg.ontology.domain import load_folders
from kg.ontology.questions import read_questions
from kg.pipeline import build
from kg.rdf.queries import with_prefixes
from kg.rdf.store import OpenGraph, QueryResult
from kg.rdf.terms import XSD, facts_graph_iri
from kg.rdf.written import open_written
from tests.answers import read_answer
from tests.conftest import SHARED

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = read_questions(load_folders("olympics"))
MAIN = SHARED.is_dir()  # else the examples, of which some questions find nothing
# SPARQL counts with them as integers, and Oxigraph gives each back as one (SPARQL 1.1, 17.1).
INTEGERS = {XSD["nonNegativeInteger"], XSD["positiveInteger"], XSD["long"], XSD["int"]}
NUMBERS = {XSD["integer"], XSD["decimal"]}
DURATION = re.compile(  # a whole cell, or a qualifier in one
    r'(?:(?<=^")|(?<=\bduration ))P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?=["^,])'
)

Rows = list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Store:
    """A store that holds the graph: how it is asked, and how it shows what it was given."""

    query: Callable[[str], bytes]
    shown: Callable[[Rows], Rows] = list


@dataclass(frozen=True)
class Contract:
    """The questions that one build is asked, in every store alike."""

    out: Path

    @classmethod
    def of_articles(cls, out: Path) -> Contract:
        """A build of the main articles in `out`, else of the examples."""
        if MAIN:
            build(sorted((SHARED / "articles").glob("*.txt")), out=out)
        else:
            build([ROOT / "examples", ROOT / "tests/fixtures/showcase"], out=out)
        return cls(out)

    @cached_property
    def graph(self) -> OpenGraph:
        return graph_of(self.out)

    def cases(self, name: str) -> Iterator[tuple[str, tuple[str, ...], Rows]]:
        """The query as `kg ask --show` prints it, with the columns and rows of `kg ask`.

        Of everything, and of what the expected answer of the main articles is narrowed to.
        """
        question = questions_of(self.graph)[name]
        narrowed = read_answer(ROOT / f"tests/questions/{name}.json")["params"] if MAIN else {}
        for values in [{}, narrowed] if narrowed else [{}]:
            columns, rows = table(ask(self.graph, question, values))
            assert rows or not MAIN
            yield with_prefixes(question.with_values(values), self.graph.prefixes), columns, rows


def kg(*words: str | Path, password: str | None = None) -> None:
    """Runs a verb of the command line."""
    env = {"KG_LOAD_PASSWORD": password}
    result = CliRunner().invoke(cli, [str(word) for word in words], env=env)
    assert result.exit_code == 0, result.output
    assert password is None or password not in result.output


def stated_graphs(out: Path) -> list[str]:
    """The graphs in a store, by IRI, that hold what articles state, as `kg load` names them."""
    written = open_written(out)
    graphs = {quad.graph_name for quad in written.quads} - {written.inferred_graph}
    facts = facts_graph_iri(written.base_iri)
    return sorted(facts if g == ox.DefaultGraph() else g.value for g in graphs)


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
    """With numbers for durations: the cell is one, or tells of one as `kg ask where-from` does."""
    return DURATION.sub(_number, cell)


def _number(found: re.Match[str]) -> str:
    years, months, weeks, days = (int(part or 0) for part in found.groups())
    if years or months:
        return str(12 * years + months)
    return str((7 * weeks + days) * 86_400)
