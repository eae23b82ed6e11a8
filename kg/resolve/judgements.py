"""Which article entities denote one thing, and why.

A judgement is a record with a score and a reason; the clusters are what the judgements connect. So
a merge is undone by dropping its judgement, and the statements stay as they were extracted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.model.decision import Decision
from kg.model.graph import SameAs
from kg.resolve.block import candidate_pairs
from kg.resolve.cluster import Clusters, Edge, cluster
from kg.resolve.compare import SHOW, Comparer, users_of
from kg.resolve.corpus import Corpus
from kg.resolve.decided import Decided, apply_decisions
from kg.resolve.described import described
from kg.resolve.groups import Group, group, name_identity
from kg.resolve.ids import canonical_ids, own_ids
from kg.resolve.neighbours import Neighbours

__all__ = ["PASSES", "Judged", "judge"]

# Scores order the reasons by how rarely they mislead; found by reading, not fitted.
KNOWN, NAMED = 1.0, 0.95
# The first pass knows neighbours by name alone, the second by the clusters before, but namesakes by
# name still (they cannot be told apart before what tells them apart is), the third by clusters.
PASSES = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """What joins article entities, what may, and the clusters with their ids.

    `members` and `aliases` are by canonical IRI; `candidates` are pairs of canonical IRIs.
    """

    judgements: tuple[SameAs, ...]
    candidates: tuple[SameAs, ...]
    members: Mapping[str, tuple[str, ...]]
    aliases: Mapping[str, tuple[str, ...]]


def judge(corpus: Corpus, decisions: Sequence[Decision] = ()) -> Judged:
    """Clusters of the entities of a corpus; the same for any order of articles and decisions.

    Raises InputError for decisions that contradict each other.
    """
    by_name = name_identity(corpus)
    identity: Mapping[str, str] = by_name
    for number in range(PASSES):
        neighbours = Neighbours(corpus, identity)
        groups = group(corpus, neighbours)
        own = own_ids(groups, corpus.ontology.base_iri)
        back = {iri: id_ for id_, iri in own.items()}
        decided = apply_decisions(groups, decisions, back, corpus, neighbours)
        users = users_of(decided.groups)
        comparer = Comparer(corpus, neighbours, users, _labels(corpus, identity))
        edges = list(_edges(corpus, decided, comparer, neighbours))
        clusters = cluster(
            decided.groups, edges, yes=decided.yes, no=decided.no, excluded=comparer.excluded
        )
        found = {m: clusters.find(g.id) for g in decided.groups for m in g.members}
        identity = found if number else found | _parted(decided.groups, by_name)
    return _judged(corpus, decided, clusters, edges)


def _parted(groups: Iterable[Group], by_name: Mapping[str, str]) -> dict[str, str]:
    """What the members of namesakes are by name alone."""
    count = Counter(g.bucket for g in groups if g.named and g.known is None)
    return {m: by_name[m] for g in groups if count[g.bucket] > 1 for m in g.members}


def _nodes(groups: Iterable[Group]) -> dict[str, str]:
    return {m: g.id for g in groups for m in g.members}


def _labels(corpus: Corpus, identity: Mapping[str, str]) -> dict[str, str]:
    """A name for each identity, for reasons."""
    found: dict[str, str] = {}
    for entity in corpus.entities:
        one = identity[entity.id]
        found[one] = min(found.get(one, entity.label), entity.label)
    return found | {iri: name.label for iri, name in corpus.ontology.names.items()}


def _edges(
    corpus: Corpus, decided: Decided, comparer: Comparer, neighbours: Neighbours
) -> Iterator[Edge]:
    node_of = _nodes(decided.groups)
    for judgement in described(corpus, neighbours.identity):
        yield judgement, node_of[judgement.left], node_of[judgement.right]
    whole: dict[object, Group] = {}
    for one in decided.groups:
        if not one.parted and one.named:
            whole[one.known or one.bucket] = one
    for one in decided.groups:
        if one.parted:
            entity = corpus.by_id[one.members[0]]
            rest = whole.get(entity.known_as or one.bucket)
            if rest is not None:
                yield SameAs(one.id, rest.id, NAMED, "same name and class"), one.id, rest.id
    for a, b in candidate_pairs(decided.groups, corpus.small_words):
        found = comparer.compare(a, b)
        if found.score >= SHOW and not found.never:
            yield SameAs(a.id, b.id, found.score, found.reason), a.id, b.id


def _within(groups: Iterable[Group]) -> Iterator[SameAs]:
    """The judgements that make the groups, as chains: dropping one parts a group in two."""
    for one in groups:
        if one.known is not None:
            yield from (SameAs(m, one.known, KNOWN, "name of the domain") for m in one.members)
        else:
            for left, right in pairwise(one.members):
                yield SameAs(left, right, NAMED, "same name and class")


def _judged(corpus: Corpus, decided: Decided, clusters: Clusters, edges: Iterable[Edge]) -> Judged:
    own = own_ids(decided.groups, corpus.ontology.base_iri)
    ids = canonical_ids(decided.groups, own, clusters.find)
    found = {*clusters.joined, *_within(decided.groups)}
    kept = {frozenset(map(clusters.find, pair)) for pair in decided.no}
    node_of = _nodes(decided.groups) | {g.id: g.id for g in decided.groups}
    best: dict[tuple[str, str], SameAs] = {}
    refused = [(j, j.left, j.right) for j in clusters.refused]
    for judgement, left, right in (*refused, *edges):
        pair = {clusters.find(node_of.get(left, left)), clusters.find(node_of.get(right, right))}
        if len(pair) < 2 or pair in kept or not pair <= ids.keys():
            continue
        a, b = sorted(ids[root][0] for root in pair)
        one = SameAs(a, b, judgement.score, judgement.reason)
        best[a, b] = min(best.get((a, b), one), one, key=lambda j: (-j.score, j.reason))
    return Judged(
        judgements=tuple(sorted(found, key=lambda j: (j.left, j.right, j.reason))),
        candidates=tuple(best[pair] for pair in sorted(best)),
        members={
            iri: tuple(sorted(m for g in those for m in g.members)) for iri, those in ids.values()
        },
        aliases={
            iri: tuple(sorted({own[g.id] for g in those if g.members} - {iri}))
            for iri, those in ids.values()
        },
    )
