"""A dataset as the texts of its graphs: a tenth of the memory that its quads take.

TriG is these texts one after another. Turtle is made of them too: the blocks of all subjects, put
in order, of which only those that stand in several graphs are written anew.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import groupby, islice
from operator import itemgetter

import pyoxigraph as ox

from kg.model.graph import KnowledgeGraph
from kg.ontology.domain import Ontology
from kg.rdf.encode import rows_by_graph
from kg.rdf.ntriples import DEFAULT_GRAPH, Graph, Row, in_order, quads_of
from kg.rdf.order import triples_in_order
from kg.rdf.serialize import serialize_apart
from kg.rdf.terms import PREFIXES, resource_prefixes

__all__ = ["Pieces", "pieces_made_once", "pieces_of", "rows_on_the_way"]

_LINE = re.compile(rb"[^\n]+")
# A subject stands at the beginning of its line, in a named graph one tab after it; a literal has
# its ends of lines escaped. Source: https://www.w3.org/TR/turtle/#literals
_BLOCK = re.compile(rb"^[^\n\t][^\n]*\n(?:\t[^\n]*\n)*", re.M)
_NAMED_BLOCK = re.compile(rb"^\t[^\n\t][^\n]*\n(?:\t\t[^\n]*\n)*", re.M)
_AT_ONCE = 10_000  # subjects; of those in several graphs the triples are there together

_Block = tuple[bytes, bytes]  # a subject as N-Triples writes it, and what Turtle says of it


@dataclass(frozen=True, slots=True)
class _Piece:
    """One graph."""

    graph: Graph
    subjects: bytes  # in order, one a line
    text: bytes  # TriG without prefixes

    def blocks(self) -> Iterator[_Block]:
        """Each subject with what is said of it here, as Turtle."""
        subjects = (found[0] for found in _LINE.finditer(self.subjects))
        if self.graph == DEFAULT_GRAPH:
            texts = (found[0] for found in _BLOCK.finditer(self.text))
        else:
            named = _NAMED_BLOCK.finditer(self.text)
            texts = (found[0][1:].replace(b"\n\t", b"\n") for found in named)
        return zip(subjects, texts, strict=True)


@dataclass(slots=True)
class Pieces:
    """The texts of the graphs that were added; each graph is added once."""

    prefixes: Mapping[str, str]
    _header: bytes = b""
    _pieces: list[_Piece] = field(default_factory=list)

    def add(self, graph: Graph, rows: Iterable[Row]) -> list[Row]:
        """Adds a whole graph, its rows in any order and some of them twice; returns them sorted."""
        found = in_order(rows)
        if found:
            quads = quads_of(graph, found)
            self._header, text = serialize_apart(quads, ox.RdfFormat.TRIG, self.prefixes)
            subjects = "\n".join(dict.fromkeys(subject for subject, _, _ in found))
            self._pieces.append(_Piece(graph, subjects.encode("utf-8"), text))
        return found

    def trig(self) -> list[bytes]:
        """The dataset in chunks that together are what `serialize` writes of the quads in order."""
        pieces = sorted(self._pieces, key=lambda piece: piece.graph)
        return [self._header, *(piece.text for piece in pieces)]

    def turtle(self, without: ox.NamedNode) -> list[bytes]:
        """All triples but those of one graph, in chunks as `trig` has them."""
        pieces = [piece for piece in self._pieces if piece.graph != str(without)]
        merged = heapq.merge(*(piece.blocks() for piece in pieces), key=itemgetter(0))
        found = groupby(merged, key=itemgetter(0))
        chunks = [self._header] if pieces else []
        while some := [[text for _, text in same] for _, same in islice(found, _AT_ONCE)]:
            anew = self._together(text for texts in some if len(texts) > 1 for text in texts)
            chunks.append(b"".join(next(anew) if len(texts) > 1 else texts[0] for texts in some))
        return chunks

    def _together(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """One block for each subject of these, in order."""
        text = self._header + b"".join(blocks)
        triples = triples_in_order(ox.parse(text, format=ox.RdfFormat.TURTLE))
        _, text = serialize_apart(triples, ox.RdfFormat.TURTLE, self.prefixes)
        return (found[0] for found in _BLOCK.finditer(text))


_made: ContextVar[list[tuple[KnowledgeGraph, Ontology, Pieces]] | None] = ContextVar(
    "_made", default=None
)


@contextmanager
def pieces_made_once() -> Iterator[None]:
    """Within it the pieces that were made last are remembered, for whoever asks for them again."""
    token = _made.set([])
    try:
        yield
    finally:
        _made.reset(token)


def pieces_of(graph: KnowledgeGraph, ontology: Ontology) -> Pieces:
    """The texts of the graph under the prefixes of its domain.

    Raises InvalidGraphError for what cannot be written.
    """
    for known, with_ontology, pieces in _made.get() or ():
        if known is graph and with_ontology is ontology:
            return pieces
    pieces = _empty(ontology)
    for name, rows in rows_by_graph(graph, ontology):
        pieces.add(name, rows)
    _remember(graph, ontology, pieces)
    return pieces


def rows_on_the_way(graph: KnowledgeGraph, ontology: Ontology) -> Iterator[Iterable[Row]]:
    """The rows of each graph, some of them twice.

    Within `pieces_made_once` the pieces are made of them on the way.
    """
    found = rows_by_graph(graph, ontology)
    if _made.get() is None:
        yield from (rows for _, rows in found)
        return
    pieces = _empty(ontology)
    yield from (pieces.add(name, rows) for name, rows in found)
    _remember(graph, ontology, pieces)


def _empty(ontology: Ontology) -> Pieces:
    return Pieces({**PREFIXES, **ontology.prefixes, **resource_prefixes(ontology.base_iri)})


def _remember(graph: KnowledgeGraph, ontology: Ontology, pieces: Pieces) -> None:
    made = _made.get()
    if made is not None:
        made[:] = [(graph, ontology, pieces)]
