"""Terms and triples as N-Triples writes them.

Text is made, compared and sorted several times as fast as the terms of an RDF library, and it reads
and writes text without a check of what was checked here.
Source: https://www.w3.org/TR/n-triples/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from kg.model.statement import Literal
from kg.rdf import literals, terms

__all__ = [
    "DCTERMS",
    "DEFAULT_GRAPH",
    "NR",
    "OA",
    "PROV",
    "RDF",
    "SCHEMA",
    "SKOS",
    "Graph",
    "Row",
    "Term",
    "count",
    "date",
    "decimal",
    "in_order",
    "iri",
    "literal",
    "minted",
    "quads_of",
    "rows_of",
    "string",
    "to_nquads",
]

Term = str
"""<IRI>, or a literal: "text", "text"@language, "text"^^<datatype>, with its escapes."""

Row = tuple[Term, Term, Term]
"""Subject, predicate and object."""

Graph = str
"""The <IRI> of a named graph, or DEFAULT_GRAPH."""

DEFAULT_GRAPH: Graph = str(ox.DefaultGraph())


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """As `kg.rdf.terms.Namespace`."""

    iri: str

    def __getitem__(self, name: str) -> Term:
        return f"<{self.iri}{name}>"


DCTERMS = _Vocabulary(terms.DCTERMS.iri)
NR = _Vocabulary(terms.NR.iri)
OA = _Vocabulary(terms.OA.iri)
PROV = _Vocabulary(terms.PROV.iri)
RDF = _Vocabulary(terms.RDF.iri)
SCHEMA = _Vocabulary(terms.SCHEMA.iri)
SKOS = _Vocabulary(terms.SKOS.iri)

_TYPE = RDF["type"]
_COUNT = f"^^{terms.XSD['nonNegativeInteger']}"


def iri(text: str) -> Term:
    """The IRI as a node; raises InvalidGraphError when it is none."""
    return str(literals.iri(text))


def minted(iri: str) -> Term:
    """The node of an IRI that `kg.rdf.terms` gave, which is valid for any text."""
    return f"<{iri}>"


def string(text: str) -> Term:
    """A plain string, as `kg.rdf.literals.string`."""
    if text.isprintable() and '"' not in text and "\\" not in text:  # nothing to escape
        return f'"{text}"'
    return str(literals.string(text))


def literal(value: Literal) -> Term:
    """The normalised value with its datatype; its words are kept elsewhere."""
    return str(literals.literal(value))


def count(number: int) -> Term:
    """A number of things, or a position."""
    return f'"{number}"{_COUNT}'


@lru_cache(maxsize=4096)  # confidences and scores: the same few again and again
def decimal(number: float) -> Term:
    """The shortest decimal that reads back as the same float."""
    return str(literals.decimal(number))


@lru_cache(maxsize=4096)
def date(text: str) -> Term:
    """An ISO 8601 date at the precision it has; a plain string when it is none."""
    return str(literals.date(text))


def in_order(rows: Iterable[Row]) -> list[Row]:
    """The rows by subject, predicate and object, each once; the class of a node first."""
    return sorted(set(rows), key=_place)


def _place(row: Row) -> tuple[Term, bool, Term, Term]:
    subject, predicate, object_ = row
    return subject, predicate != _TYPE, predicate, object_


def to_nquads(graph: Graph, rows: Iterable[Row]) -> bytes:
    """A line of N-Quads for each row of a graph."""
    end = " .\n" if graph == DEFAULT_GRAPH else f" {graph} .\n"
    return "".join([f"{s} {p} {o}{end}" for s, p, o in rows]).encode("utf-8")


def quads_of(graph: Graph, rows: Iterable[Row]) -> Iterator[ox.Quad]:
    """The rows of a graph, whose IRIs are known to be valid, as quads."""
    yield from ox.parse(to_nquads(graph, rows), format=ox.RdfFormat.N_QUADS, lenient=True)


def rows_of(quads: Iterable[ox.Quad]) -> list[Row]:
    """The quads without their graphs."""
    triples = (quad.triple for quad in quads)
    text = (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode("utf-8")
    rows = []
    for line in text.split("\n")[:-1]:  # not splitlines: a literal may hold other ends of lines
        subject, predicate, rest = line.split(" ", 2)
        rows.append((subject, predicate, rest[:-2]))
    return rows
