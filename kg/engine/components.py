"""What edges connect, in rounds of joins.

Source: Kiveris, Lattanzi, Mirrokni, Rastogi and Vassilvitskii, "Connected components in MapReduce
and beyond" (2014): large-star and small-star in turn, O(log² n) rounds whatever the chains.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias
from zlib import crc32

from kg.engine.flow import Data, Flow, key_of
from kg.resolve.linker import Linker

__all__ = ["components"]

Outputs: TypeAlias = Iterator[tuple[str, Any]]


FEW = 200_000  # edges that one process connects at once


def components(flow: Flow, edges: Data, *, few: int = FEW) -> Data:
    """(node, smallest node of its component) for each node of the edges, itself included.

    What is left of up to `few` edges when each part has contracted its own is brought together; of
    more, the rounds are worked on in parts.
    """
    stars = flow.mapped(_contracted, edges)["star"]
    before, now = None, _sum(flow, stars)
    if now[0] <= few:
        stars, before = flow.mapped(_contracted, flow.gathered(stars))["star"], now
    while now != before:
        before = now
        large = flow.grouped(_large_star, stars, flow.mapped(_turned, stars)["star"])["star"]
        small = flow.grouped(_small_star, flow.mapped(_downward, large)["star"])["star"]
        flow.drop(stars, large)
        stars, now = small, _sum(flow, small)
    return flow.grouped(_labelled, stars, flow.mapped(_turned, stars)["star"])["node"]


def _contracted(edges: Iterator[tuple[str, str]]) -> Outputs:
    """What the edges of one part alone connect: a short cut that saves rounds."""
    linker = Linker()
    nodes: set[str] = set()
    for left, right in edges:
        nodes |= {left, right}
        linker.add(left, right)
    for node in sorted(nodes):
        if linker.find(node) != node:
            yield "star", (node, linker.find(node))


def _sum(flow: Flow, stars: Data) -> tuple[int, int]:
    """How many edges there are, and a sum over them."""
    parts = list(flow.records(flow.mapped(_summed, stars)["sum"]))
    return sum(count for count, _ in parts), sum(total for _, total in parts)


def _summed(stars: Iterator[tuple[str, str]]) -> Outputs:
    count = total = 0
    for star in stars:
        count += 1
        total += crc32(key_of(*star).encode("utf-8", "surrogatepass"))
    yield "sum", (count, total)


def _turned(stars: Iterator[tuple[str, str]]) -> Outputs:
    return (("star", (right, left)) for left, right in stars)


def _downward(stars: Iterator[tuple[str, str]]) -> Outputs:
    return (("star", (max(star), min(star))) for star in stars)


def _large_star(node: str, values: Sequence[list[str]]) -> Outputs:
    near = {*values[0], *values[1]}
    least = min(near | {node})
    for other in sorted(near):
        if other > node:
            yield "star", (other, least)


def _small_star(node: str, values: Sequence[list[str]]) -> Outputs:
    near = {*values[0], node}
    least = min(near)
    for other in sorted(near - {least}):
        yield "star", (other, least)


def _labelled(node: str, values: Sequence[list[str]]) -> Outputs:
    """After the rounds every node points to the least one of its component."""
    yield "node", (node, min(values[0], default=node))
