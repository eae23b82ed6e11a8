"""Quads in an order that depends on nothing but themselves.

They are put into heaps by graph and subject first: one long sort would write every term of every
quad as text, to compare the same beginnings again and again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter

import pyoxigraph as ox

from kg.rdf.terms import RDF

__all__ = ["by_subject", "flatten", "in_order", "triples_in_order"]

_Heaps = dict[object, list[ox.Quad]]
_Heap = tuple[str, list[ox.Quad]]


def in_order(quads: Iterable[ox.Quad]) -> tuple[ox.Quad, ...]:
    """The quads by graph, subject, predicate and object, each once; the class of a node first.

    Fastest where they come in about that order: neighbours then lie near each other in memory,
    which those of a set do not.
    """
    return tuple(quad for _, found in by_subject(quads) for _, heap in found for quad in heap)


def by_subject(quads: Iterable[ox.Quad]) -> Iterator[tuple[str, Iterator[_Heap]]]:
    """As `in_order`: each graph and each of its subjects as text, and the quads of the subject."""
    graphs: dict[object, _Heaps] = {}
    for quad in quads:
        heaps = graphs.get(graph := quad.graph_name)
        if heaps is None:
            heaps = graphs[graph] = {}
        _put(heaps, quad)
    key = _key()
    for name in sorted(graphs, key=str):
        yield str(name), _sorted(graphs[name], key)


def triples_in_order(quads: Iterable[ox.Quad]) -> Iterator[ox.Triple]:
    """The triples of the quads by subject, predicate and object, each once."""
    heaps: _Heaps = {}
    for quad in quads:
        _put(heaps, quad)
    before = None
    for _, heap in _sorted(heaps, _key()):
        for quad in heap:
            triple = quad.triple
            if triple != before:
                yield triple
            before = triple


def flatten(quads: Iterable[ox.Quad]) -> tuple[ox.Quad, ...]:
    """The same triples, all in the default graph, sorted."""
    return tuple(
        ox.Quad(triple.subject, triple.predicate, triple.object)
        for triple in triples_in_order(quads)
    )


def _put(heaps: _Heaps, quad: ox.Quad) -> None:
    heap = heaps.get(subject := quad.subject)
    if heap is None:
        heaps[subject] = [quad]
    else:
        heap.append(quad)


def _sorted(heaps: _Heaps, key: Callable[[ox.Quad], tuple[str, str]]) -> Iterator[_Heap]:
    for text, heap in sorted(zip(map(str, heaps), heaps.values(), strict=True), key=itemgetter(0)):
        if len(heap) > 1:
            heap.sort(key=key)
            yield text, [quad for quad, _ in groupby(heap)]
        else:
            yield text, heap


def _key() -> Callable[[ox.Quad], tuple[str, str]]:
    """Predicate and object as text; there are few predicates, so each is written once."""
    written = {RDF["type"]: ""}

    def key(quad: ox.Quad) -> tuple[str, str]:
        predicate = quad.predicate
        text = written.get(predicate)
        if text is None:
            text = written[predicate] = str(predicate)
        return text, str(quad.object)

    return key
