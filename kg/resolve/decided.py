"""What people decided about merges, applied to the groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.errors import InputError
from kg.model.decision import Decision, DecisionKind
from kg.resolve.corpus import Corpus
from kg.resolve.groups import Group, make_group
from kg.resolve.linker import Linker
from kg.resolve.neighbours import Neighbours

__all__ = ["Decided", "apply_decisions"]


@dataclass(frozen=True, slots=True)
class Decided:
    """The groups, split where a person parts what has one name, and pairs of them by answer."""

    groups: tuple[Group, ...]
    yes: tuple[tuple[str, str], ...] = ()
    no: tuple[tuple[str, str], ...] = ()


def apply_decisions(
    groups: Sequence[Group],
    decisions: Iterable[Decision],
    own_ids: Mapping[str, str],
    corpus: Corpus,
    neighbours: Neighbours,
) -> Decided:
    """The groups under these decisions, of which only those about merges count.

    An id of a decision is that of an article entity, of a group, or what `own_ids` (id to id of a
    group) translates; a decision with another id is passed over. Raises InputError for a decision
    about one id and for decisions that contradict each other.
    """
    merges = [d for d in decisions if d.kind is DecisionKind.MERGE]
    if not merges:
        return Decided(tuple(groups))
    group_of = dict(own_ids)
    group_of |= {m: g.id for g in groups for m in g.members} | {g.id: g.id for g in groups}
    known = [d for d in sorted(merges) if all(i in group_of for i in d.about)]
    for decision in known:
        if len(set(decision.about)) != 2:
            raise InputError(f"{_where(decision)}: a merge is about two ids; it gives one")
    parts = {g.id: [g] for g in groups} | _parted(groups, known, group_of, corpus, neighbours)
    node_of = {i: parts[g][0].id for i, g in group_of.items()}
    node_of |= {m: p.id for those in parts.values() for p in those for m in p.members}
    _check(known, node_of)
    pairs = {
        answer: tuple(
            (node_of[d.about[0]], node_of[d.about[1]])
            for d in known
            if d.answer is answer and node_of[d.about[0]] != node_of[d.about[1]]
        )
        for answer in (True, False)
    }
    split = sorted((p for those in parts.values() for p in those), key=lambda g: g.id)
    return Decided(tuple(split), pairs[True], pairs[False])


def _parted(
    groups: Iterable[Group],
    decisions: Sequence[Decision],
    group_of: Mapping[str, str],
    corpus: Corpus,
    neighbours: Neighbours,
) -> dict[str, list[Group]]:
    """Id of each group within which a person says "no", to what it is split into."""
    parting = {
        group_of[d.about[0]]
        for d in decisions
        if not d.answer and group_of[d.about[0]] == group_of[d.about[1]]
    }
    about = {i for d in decisions for i in d.about if i in corpus.by_id}
    return {g.id: _split(g, about, corpus, neighbours) for g in groups if g.id in parting}


def _split(group: Group, singles: set[str], corpus: Corpus, neighbours: Neighbours) -> list[Group]:
    """What is left of the group, first, and a group for each article entity to be parted."""
    rest = [corpus.by_id[m] for m in group.members if m not in singles]
    parts = [
        make_group([corpus.by_id[m]], corpus, neighbours, parted=True)
        for m in group.members
        if m in singles
    ]
    if rest or group.known is not None:
        parts.insert(0, make_group(rest, corpus, neighbours, group.known))
    return parts


def _check(decisions: Iterable[Decision], node_of: Mapping[str, str]) -> None:
    """Raises InputError for a "no" between what "yes" joins, directly or through others."""
    linker = Linker()
    joining: dict[str, list[Decision]] = defaultdict(list)
    agreed = [d for d in decisions if d.answer]
    for decision in agreed:
        linker.add(node_of[decision.about[0]], node_of[decision.about[1]])
    for decision in agreed:
        joining[linker.find(node_of[decision.about[0]])].append(decision)
    for decision in decisions:
        left, right = (linker.find(node_of[i]) for i in decision.about)
        if not decision.answer and left == right and joining[left]:
            places = ", ".join(map(_where, joining[left]))
            raise InputError(
                f"{_where(decision)} keeps apart what is joined at {places}; change one of them"
            )


def _where(decision: Decision) -> str:
    return decision.place or f"the decision on {' and '.join(decision.about)}"
