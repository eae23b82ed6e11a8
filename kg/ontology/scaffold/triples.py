"""The triples of a file, by subject and predicate, and what their lists and literals hold."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.ontology.scaffold.schema import Text
from kg.ontology.scaffold.vocabularies import OWL, RDF, RDFS, SETS, XSD
from kg.ontology.turtle import Term

__all__ = ["Node", "Triples", "is_datatype", "plain"]

_MAX_DEPTH = 20

Node = ox.NamedNode | ox.BlankNode


class Triples:
    """What a file says: `out` by subject and predicate, `typed` by class.

    Raises OntologyError with the line for what does not parse.
    """

    def __init__(self, path: Path, data: bytes, syntax: str) -> None:
        self.out: dict[Term, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        self.typed: dict[str, list[Node]] = defaultdict(list)
        try:
            format_ = ox.RdfFormat.from_media_type(syntax)
            base = path.resolve().as_uri()
            for quad in ox.parse(data, format=format_, base_iri=base, lenient=True):
                self._add(quad)
        except (SyntaxError, ValueError, MemoryError) as error:  # the last of entities that expand
            line = f":{error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
            said = error.msg if isinstance(error, SyntaxError) else str(error)
            raise OntologyError(f"{path}{line}: not valid {syntax}: {said}") from error

    def _add(self, quad: ox.Quad) -> None:
        if not isinstance(quad.subject, ox.NamedNode | ox.BlankNode):
            return
        if not (_is_sound(quad.subject) and _is_sound(quad.object)):
            return
        values = self.out[quad.subject][quad.predicate.value]
        values.append(quad.object)
        if quad.predicate.value == RDF + "type" and isinstance(quad.object, ox.NamedNode):
            self.typed[quad.object.value].append(quad.subject)

    def members(self, term: Term, depth: int = 0) -> list[str]:
        """A class or datatype, or those that a blank node combines; none of what it excludes."""
        if isinstance(term, ox.NamedNode):
            return [term.value]
        if not isinstance(term, ox.BlankNode) or depth > _MAX_DEPTH:
            return []
        table = self.out[term]
        found = [m for k in SETS for c in table.get(k, ()) for m in self._listed(c, depth)]
        found += [m for v in table.get(OWL + "onDatatype", ()) for m in self.members(v, depth + 1)]
        if not found and RDFS + "Datatype" in {
            t for v in table.get(RDF + "type", ()) for t in plain(v)
        }:
            return [XSD + "string"]
        return found

    def _listed(self, cell: Term, depth: int) -> list[str]:
        found: list[str] = []
        seen: set[Term] = set()
        while isinstance(cell, ox.BlankNode) and cell not in seen:
            seen.add(cell)
            for first in self.out[cell].get(RDF + "first", ()):
                found += self.members(first, depth + 1)
            cell = next(iter(self.out[cell].get(RDF + "rest", ())), ox.NamedNode(RDF + "nil"))
        return found

    def texts(self, node: Node, keys: Iterable[str]) -> tuple[Text, ...]:
        """The literals of these predicates, in their order; of one predicate sorted."""
        found = [
            Text(re.sub(r"\s+", " ", v.value).strip(), (v.language or "").lower())
            for key in keys
            for v in sorted(self.out[node].get(key, ()), key=str)
            if isinstance(v, ox.Literal)
        ]
        return tuple(t for t in dict.fromkeys(found) if t.value)


def plain(term: Term) -> tuple[str, ...]:
    """The IRI of a term, none for a literal or a blank node."""
    return (term.value,) if isinstance(term, ox.NamedNode) else ()


def is_datatype(iri: str) -> bool:
    """True for the IRI of a datatype; any other that is a range is a class."""
    return iri.startswith(XSD) or iri in (
        RDFS + "Literal", RDF + "langString", RDF + "PlainLiteral", OWL + "real", OWL + "rational",
        RDFS + "Datatype", RDF + "XMLLiteral", RDF + "HTML",
    )  # fmt: skip


def _is_sound(term: Term) -> bool:
    """False for an IRI that is none: a parser that forgives much lets "C 1" pass."""
    if isinstance(term, ox.NamedNode):
        try:
            ox.NamedNode(term.value)
        except ValueError:
            return False
    return True
