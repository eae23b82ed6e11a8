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

__all__ = ["flatten", "in_order", "triples_in_order"]

_Heaps = dict[object, list[ox.Quad]]


def in_order(quads: Iterable[ox.Quad]) -> tuple[ox.Quad, ...]:
    """The quads by graph, subject, predicate and object, each once; the class of a node first.

    Fastest where they come in about that order: neighbours then lie near each other in memory,
    which those of a set do not.
    """
    graphs: dict[object, _Heaps] = {}
    for quad in quads:
        heaps = graphs.get(graph := quad.graph_name)
        if heaps is None:
            heaps = graphs[graph] = {}
        _put(heaps, quad)
    key = _key()
    return tuple(quad for name in sorted(graphs, key=str) for quad in _sorted(graphs[name], key))


def triples_in_order(quads: Iterable[ox.Quad]) -> Iterator[ox.Triple]:
    """The triples of the quads by subject, predicate and object, each once."""
    heaps: _Heaps = {}
    for quad in quads:
        _put(heaps, quad)
    before = None
    for quad in _sorted(heaps, _key()):
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


def _sorted(heaps: _Heaps, key: Callable[[ox.Quad], tuple[str, str]]) -> Iterator[ox.Quad]:
    for _, heap in sorted(zip(map(str, heaps), heaps.values(), strict=True), key=itemgetter(0)):
        if len(heap) > 1:
            heap.sort(key=key)
            yield from (quad for quad, _ in groupby(heap))
        else:
            yield from heap


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
