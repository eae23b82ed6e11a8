"""The graphs that are sent to a SPARQL store, and the list of them that is kept there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.load.mark import Mark
from kg.rdf.terms import DCTERMS, default_graph_iri, facts_graph_iri, loaded_graph_iri
from kg.rdf.written import WrittenGraph

__all__ = ["LoadedList", "Part", "parts_of"]


@dataclass(frozen=True, slots=True)
class Part:
    """One graph to be sent. `graph` is None for the default graph of the store.

    It replaces what is in that graph, or with `merges` is added to it.
    """

    graph: str | None
    triples: tuple[ox.Triple, ...] = field(repr=False)
    merges: bool = False

    @property
    def name(self) -> str:
        """For people."""
        return "the default graph" if self.graph is None else f"<{self.graph}>"

    @property
    def action(self) -> str:
        """For people: what is done to the graph."""
        return "add to" if self.merges else "replace"

    @property
    def body(self) -> bytes:
        """N-Triples, UTF-8."""
        return ox.serialize(self.triples, format=ox.RdfFormat.N_TRIPLES) or b""

    def pieces(self, triples: int, size: int) -> Iterator[bytes]:
        """N-Triples in pieces of at most so many triples, and about so many bytes.

        A blank node means the same within one piece only, so a graph that has some is one piece.
        """
        lines = self.body.splitlines(keepends=True)
        if any(isinstance(node, ox.BlankNode) for t in self.triples for node in t):
            triples, size = len(lines), len(self.body)
        piece: list[bytes] = []
        held = 0
        for line in lines:
            if piece and (len(piece) >= triples or held + len(line) > size):
                yield b"".join(piece)
                piece, held = [], 0
            piece.append(line)
            held += len(line)
        yield b"".join(piece)


def parts_of(written: WrittenGraph, place: str, *, flat: bool) -> tuple[Part, ...]:
    """The graphs to be sent, by IRI; that of the facts comes last, when its evidence is there.

    The facts, which a build writes into the default graph, go by `place` into a named graph
    ("named") or into the default graph of the store ("merge", "replace"). With "shared" the named
    graphs stay as they are and the default graph has all that articles state, as in graph.ttl.
    """
    graphs: dict[str | None, list[ox.Triple]] = defaultdict(list)
    for quad in written.stated if flat else written.quads:
        name = quad.graph_name
        graphs[None if isinstance(name, ox.DefaultGraph) else name.value].append(quad.triple)
    facts = tuple(graphs.pop(None, ()))
    parts = [Part(name, tuple(graphs[name])) for name in sorted(filter(None, graphs))]
    if place == "named":
        return (*parts, Part(facts_graph_iri(written.base_iri), facts))
    if place == "shared":
        facts = tuple(quad.triple for quad in written.stated)
    return (*parts, Part(None, facts, merges=place == "merge"))


@dataclass(frozen=True, slots=True)
class LoadedList:
    """Which graphs loads put into a store, kept there as a graph of its own.

    It is how a load knows what an earlier one left that it does not bring itself. What loads put
    into the default graph is listed by its mark.
    """

    base: str

    @property
    def graph(self) -> str:
        """The graph that it is kept in, which is also its IRI."""
        return loaded_graph_iri(self.base)

    def part(
        self, graphs: Iterable[str], marks: Iterable[Mark] = (), *, merges: bool = False
    ) -> Part:
        """The list of these graphs and marks, to be sent."""
        subject, predicate = ox.NamedNode(self.graph), DCTERMS["hasPart"]
        names = {*graphs, *(f"{self._default}{mark}" for mark in marks)}
        triples = (ox.Triple(subject, predicate, ox.NamedNode(name)) for name in sorted(names))
        return Part(self.graph, tuple(triples), merges)

    def read(self, triples: Iterable[ox.Triple]) -> frozenset[str]:
        """The graphs listed, those under the base only: nothing else is ever dropped."""
        return frozenset(
            name
            for name in _listed(triples)
            if name.startswith(self.base)
            and name != self.graph
            and not name.startswith(self._default)
        )

    def marks(self, triples: Iterable[ox.Triple]) -> frozenset[Mark]:
        """The marks of what loads put into the default graph."""
        names = (n for n in _listed(triples) if n.startswith(self._default))
        return frozenset(filter(None, (Mark.read(n.removeprefix(self._default)) for n in names)))

    @property
    def is_mark(self) -> str:
        """A SPARQL expression: true when ?g is no graph but stands for the default graph."""
        return f'STRSTARTS(STR(?g), "{self._default}")'

    @property
    def _default(self) -> str:
        return f"{default_graph_iri(self.base)}#"


def _listed(triples: Iterable[ox.Triple]) -> frozenset[str]:
    objects = (t.object for t in triples if t.predicate == DCTERMS["hasPart"])
    return frozenset(node.value for node in objects if isinstance(node, ox.NamedNode))
