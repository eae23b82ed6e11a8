"""The passes of resolution: groups, judgements, clusters, and what each entity is by them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from kg.engine.cards import Brief
from kg.engine.components import components
from kg.engine.flow import Data, Flow
from kg.engine.groups import gathered_groups
from kg.engine.names import name_pairs
from kg.engine.pairs import heads_of, strong_edges
from kg.engine.setup import Setup
from kg.resolve.cluster import cluster
from kg.resolve.judgements import PASSES

__all__ = ["Clustered", "clusters_of"]

Outputs: TypeAlias = Iterator[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Clustered:
    """The groups after the last pass, and which cluster each is in."""

    slim: Data  # (id, Brief)
    nodes: Data  # (id, pairs of article and entity)
    roots: Data  # (id, smallest id of the cluster), of groups that are joined with others


def clusters_of(flow: Flow, skeletons: Data, setup: Setup) -> Clustered:
    """The clusters that `kg.resolve.judgements.judge` finds where nobody has decided anything."""
    identities, names = flow.made(()), None
    for number in range(PASSES):
        groups = gathered_groups(flow, skeletons, identities, setup)
        heads = heads_of(flow, groups["brief"], setup)
        if names is None:
            names = name_pairs(flow, heads["head"], setup)
        edges = strong_edges(flow, groups, heads, names, setup)
        roots = _roots(flow, groups["slim"], edges, setup)
        found = Clustered(groups["slim"], groups["node"], roots)
        if number < PASSES - 1:
            step = partial(_identities, by_name=not number)
            flow.drop(identities)
            identities = flow.grouped(step, found.nodes, found.slim, roots)["identity"]
            flow.drop(found.slim, found.nodes, roots)
        unused = ("card", "brief", "user", "link", "rare", "owner", "place")
        flow.drop(edges, *(groups[name] for name in unused), *(heads[n] for n in ("head", "pair")))
    flow.drop(identities, names)
    return found


def _roots(flow: Flow, slim: Data, edges: Data, setup: Setup) -> Data:
    """Each component of groups is clustered alone: nothing outside it has a say."""
    block_of = components(flow, flow.mapped(_ends, edges)["edge"])
    nodes = flow.grouped(_node_in_block, block_of, slim)["group"]
    between = flow.grouped(_edge_in_block, block_of, edges)["edge"]
    return flow.grouped(partial(_clustered, setup=setup), nodes, between)["root"]


def _ends(edges: Iterator[Any]) -> Outputs:
    return (("edge", (left, right)) for left, (right, _) in edges if left != right)


def _node_in_block(id_: str, values: Sequence[list[Any]]) -> Outputs:
    for block in values[0]:
        yield "group", (block, values[1][0].group)


def _edge_in_block(id_: str, values: Sequence[list[Any]]) -> Outputs:
    for right, judgement in values[1] if values[0] else ():
        yield "edge", (values[0][0], (judgement, id_, right))


def _clustered(_: str, values: Sequence[list[Any]], *, setup: Setup) -> Outputs:
    groups, edges = values
    excluded = setup.ontology.disjoint_with
    found = cluster(groups, edges, yes=(), no=(), excluded=excluded)
    for group in sorted(groups, key=lambda g: g.id):
        yield "root", (group.id, found.find(group.id))


def _identities(id_: str, values: Sequence[list[Any]], *, by_name: bool) -> Outputs:
    """What the members of a group are taken to be in the next pass."""
    nodes, slim, roots = values
    brief: Brief = slim[0]
    one = roots[0] if roots else id_
    if by_name and brief.by_name is not None:
        one = brief.by_name
    for article, entity in nodes[0]:
        yield "identity", (article, (entity, one))
