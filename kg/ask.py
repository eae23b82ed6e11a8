"""The questions of a domain, asked of a built graph: the examples that a new user starts from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from kg.errors import UnknownNameError
from kg.model.wording import close_names
from kg.ontology.domain import domain_names, load_folders
from kg.ontology.questions import Question, read_questions
from kg.rdf.files import graph_file
from kg.rdf.store import OpenGraph, QueryResult, open_graph

__all__ = ["Queried", "ask", "graph_of", "questions_of"]

ANY_DOMAIN = "newsroom"  # what every domain imports

_DOMAIN = """SELECT ?domain WHERE {
  ?run a nr:Run ; nr:setting ?setting . ?setting schema:name "domain" ; schema:value ?domain
} ORDER BY ?domain"""
_NAMES = """SELECT DISTINCT ?name WHERE {
  ?entity a nr:Entity ; schema:name|skos:altLabel|skos:hiddenLabel|nr:surfaceForm ?name
} ORDER BY ?name"""
_IRIS = """SELECT DISTINCT ?entity WHERE { ?entity a nr:Entity } ORDER BY ?entity"""


class Queried(Protocol):
    """What answers SPARQL: a graph in memory, or one that is guarded."""

    def query(self, query: str) -> QueryResult:
        """The answer to a query."""
        ...


def graph_of(out: Path) -> OpenGraph:
    """The graph of a build: of the file `out`, or of graph.trig or graph.ttl in that folder.

    Raises InputError where there is none, or none that can be read.
    """
    return open_graph(graph_file(out))


def questions_of(graph: Queried, domain: str | Path | None = None) -> dict[str, Question]:
    """The questions for a graph by name, in the order of names.

    They are those of the domain that the graph was built under and of what it imports, of the
    newsroom where that domain did not come with the package. `domain` names another or a folder.
    """
    if domain is None:
        built = {str(name) for (name,) in _column(graph, _DOMAIN)} & set(domain_names())
        domain = min(built, default=ANY_DOMAIN)
    return read_questions(load_folders(domain))


def ask(graph: Queried, question: Question, values: Mapping[str, str] | None = None) -> QueryResult:
    """The answer of a graph to a question with these values of its parameters.

    Raises UnknownNameError for a parameter that the question does not have, and with close names
    for an `entity` that nothing in the graph is called.
    """
    query = question.with_values(values or {})
    wanted = (values or {}).get("entity", "")
    if wanted:
        names = [name for (name,) in _column(graph, _NAMES)]
        known = {name.lower() for name in names}
        if wanted.lower() not in known and (wanted,) not in _column(graph, _IRIS):
            raise UnknownNameError("entity", wanted, close_names(wanted, names))
    return graph.query(query)


def _column(graph: Queried, query: str) -> list[tuple[str, ...]]:
    rows = graph.query(query).rows
    return [tuple(str(getattr(cell, "value", "")) for cell in row) for row in rows]
