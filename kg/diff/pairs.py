"""Which fact of one build is which of another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from kg.diff.records import Build, Record, places

__all__ = ["Pair", "Same", "claim", "followers", "pairs", "value_key"]

Pair: TypeAlias = tuple[Record, Record]
Same: TypeAlias = Mapping[str, str]  # id of an entity to that of its group
_Key: TypeAlias = tuple[object, ...]


def pairs(one: Build, other: Build, same: Same) -> list[Pair]:
    """Each fact with the one of the other build that it is, at most one each.

    By id first; then by subject, relation and object, with the stance and speaker, without them,
    and with the ends exchanged; then by labels; last by place, where a value was read otherwise.
    """
    found = [(one.facts[id], other.facts[id]) for id in one.facts.keys() & other.facts.keys()]
    left = [one.facts[id] for id in sorted(one.facts.keys() - other.facts.keys())]
    right = [other.facts[id] for id in sorted(other.facts.keys() - one.facts.keys())]
    keys: tuple[Callable[[Record], Iterable[_Key]], ...] = (
        lambda fact: [_stated(fact, same)],
        lambda fact: [claim(fact, same)],
        lambda fact: [_both_ways(fact, same)],
        lambda fact: [_labels(fact)],
        lambda fact: _places(fact, same),
    )
    for key in keys:
        more = _by_key(left, right, key)
        found += more
        left = _without(left, (before for before, _ in more))
        right = _without(right, (after for _, after in more))
    return found


def followers(left: Iterable[Record], others: Iterable[Record], same: Same) -> dict[str, Record]:
    """For the id of a fact that has no pair, the fact of the other build that has become of it.

    That is one of the same claim which has its stance and speaker, or some of its evidence.
    """
    by_claim: dict[_Key, list[Record]] = defaultdict(list)
    for fact in others:
        by_claim[claim(fact, same)].append(fact)
    found: dict[str, Record] = {}
    for fact in left:
        near = [
            other
            for other in by_claim[claim(fact, same)]
            if _stated(other, same) == _stated(fact, same) or _shared(fact, other)
        ]
        if near:
            found[fact["id"]] = min(near, key=lambda other: (-_shared(fact, other), other["id"]))
    return found


def claim(fact: Record, same: Same) -> _Key:
    """Subject, relation and object."""
    subject = fact["subject"]["id"]
    return same.get(subject, subject), fact["predicate"], value_key(fact["object"], same)


def value_key(value: Record, same: Same) -> _Key:
    """What makes an entity or a literal this one."""
    if "label" in value:
        return ("entity", same.get(value["id"], value["id"]))
    return ("literal", value["value"], value.get("datatype"))


def _stated(fact: Record, same: Same) -> _Key:
    speaker = fact["attributed_to"]
    return (*claim(fact, same), fact["modality"], speaker and value_key(speaker, same))


def _both_ways(fact: Record, same: Same) -> _Key:
    subject, predicate, value = claim(fact, same)
    return (predicate, *sorted([("entity", subject), value], key=str))


def _labels(fact: Record) -> _Key:
    value = fact["object"]
    shown = value["label"] if "label" in value else value["value"]
    return str(fact["subject"]["label"]).casefold(), fact["predicate"], str(shown).casefold()


def _places(fact: Record, same: Same) -> Iterable[_Key]:
    if "label" not in fact["object"]:
        subject = fact["subject"]["id"]
        for place in sorted(places(fact)):
            yield same.get(subject, subject), fact["predicate"], *place


def _by_key(
    left: list[Record], right: list[Record], key: Callable[[Record], Iterable[_Key]]
) -> list[Pair]:
    """Pairs that have a key in common; those with most evidence in common first."""
    by_key: dict[_Key, list[Record]] = defaultdict(list)
    for fact in right:
        for item in key(fact):
            by_key[item].append(fact)
    near = {
        (fact["id"], other["id"]): (fact, other)
        for fact in left
        for item in key(fact)
        for other in by_key.get(item, ())
    }
    found: list[Pair] = []
    taken: set[tuple[int, str]] = set()
    for (a, b), (fact, other) in sorted(
        near.items(), key=lambda item: (-_shared(*item[1]), item[0])
    ):
        if (0, a) not in taken and (1, b) not in taken:
            taken |= {(0, a), (1, b)}
            found.append((fact, other))
    return found


def _without(facts: list[Record], paired: Iterable[Record]) -> list[Record]:
    ids = {fact["id"] for fact in paired}
    return [fact for fact in facts if fact["id"] not in ids]


def _shared(one: Record, other: Record) -> int:
    return len(places(one).keys() & places(other).keys())
