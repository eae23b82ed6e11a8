"""The difference between two builds: what each fact and each entity has become."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.diff.pairs import Same, followers, pairs, value_key
from kg.diff.records import Build, Place, Record, load_build, places
from kg.diff.regroup import Regrouping, regroupings, same_thing

__all__ = ["TOLERANCE", "Change", "ChangedFact", "Difference", "diff_builds"]

TOLERANCE = 0.005
"""A confidence that differs by no more is the same: it is shown with two decimals."""

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a fact or an entity that differs; None on the side that has nothing there."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """A fact of both builds that is not the same in them."""

    before: Record
    after: Record
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What two builds differ in; facts are sorted by subject, relation and object.

    `moved` facts differ in nothing but that their entities were regrouped. Of facts that became
    one, or one that became several, `joined` and `parted` have those beyond the first pair.
    """

    added: tuple[Record, ...]
    removed: tuple[Record, ...]
    changed: tuple[ChangedFact, ...]
    moved: tuple[ChangedFact, ...]
    joined: tuple[ChangedFact, ...]
    parted: tuple[ChangedFact, ...]
    appeared: tuple[Record, ...]  # entities, sorted by label
    vanished: tuple[Record, ...]
    regrouped: tuple[Regrouping, ...]
    renamed: tuple[tuple[Record, tuple[Change, ...]], ...]  # entities with their new record
    entities: dict[str, Record]  # of both builds, by id, for what the ids in `regrouped` are called

    @property
    def is_empty(self) -> bool:
        """True when the two say the same of the same."""
        facts = (self.added, self.removed, self.changed, self.moved, self.joined, self.parted)
        entities = (self.appeared, self.vanished, self.regrouped, self.renamed)
        return not any((*facts, *entities))


def diff_builds(one: Path, other: Path, *, tolerance: float = TOLERANCE) -> Difference:
    """What has become of the facts of `one` in `other`; each a folder of a build or a facts.jsonl.

    Raises InputError for a file that cannot be read.
    """
    return _compared(load_build(one), load_build(other), tolerance)


def _compared(one: Build, other: Build, tolerance: float) -> Difference:
    groups = regroupings(one, other)
    same = same_thing(groups)
    found = pairs(one, other, same)
    left = _rest(one.facts.values(), (before for before, _ in found))
    right = _rest(other.facts.values(), (after for _, after in found))
    joined = followers(left, other.facts.values(), same)
    parted = followers(right, one.facts.values(), same)
    both = [ChangedFact(a, b, tuple(_changes(a, b, same, tolerance))) for a, b in found]
    in_groups = {id for group in groups for id in (*group.before, *group.after)}
    return Difference(
        added=_sorted(fact for fact in right if fact["id"] not in parted),
        removed=_sorted(fact for fact in left if fact["id"] not in joined),
        changed=_ordered(item for item in both if item.changes),
        moved=_ordered(item for item in both if not item.changes and _ends(item)),
        joined=_ordered(
            ChangedFact(fact, joined[fact["id"]], ()) for fact in left if fact["id"] in joined
        ),
        parted=_ordered(
            ChangedFact(parted[fact["id"]], fact, ()) for fact in right if fact["id"] in parted
        ),
        appeared=_only(other, one, in_groups),
        vanished=_only(one, other, in_groups),
        regrouped=groups,
        renamed=tuple(_entity_changes(one, other)),
        entities={**one.entities, **other.entities},
    )


def _ends(item: ChangedFact) -> bool:
    """Whether the fact or one of its ends goes by another id."""
    return item.before["id"] != item.after["id"] or any(
        value_key(item.before[name], {}) != value_key(item.after[name], {})
        for name in ("subject", "object")
    )


def _changes(before: Record, after: Record, same: Same, tolerance: float) -> Iterator[Change]:
    for name in ("subject", "object"):
        if value_key(before[name], same) != value_key(after[name], same):
            yield Change(name, before[name], after[name])
    if before["modality"] != after["modality"]:
        yield Change("stance", before["modality"], after["modality"])
    yield from _value("speaker", before["attributed_to"], after["attributed_to"], same)
    if abs(before["confidence"] - after["confidence"]) > tolerance + _ROUNDING:
        yield Change("confidence", before["confidence"], after["confidence"])
    for name in ("sources", "derived_by"):
        if before[name] != after[name]:
            yield Change(name, before[name], after[name])
    for name in sorted({*before["qualifiers"], *after["qualifiers"]}):
        yield from _value(name, before["qualifiers"].get(name), after["qualifiers"].get(name), same)
    yield from _evidence(places(before), places(after))


def _value(name: str, before: Record | None, after: Record | None, same: Same) -> Iterator[Change]:
    if (before and value_key(before, same)) != (after and value_key(after, same)):
        yield Change(name, before, after)


def _evidence(before: dict[Place, Record], after: dict[Place, Record]) -> Iterator[Change]:
    """What was lost and gained; the same words at another place of their article have moved."""
    gained = [after[place] for place in sorted(after.keys() - before.keys())]
    for place in sorted(before.keys() - after.keys()):
        item = before[place]
        again = [
            g for g in gained if (g["article"], g["quote"]) == (item["article"], item["quote"])
        ]
        if again:
            gained.remove(again[0])
        yield Change("evidence", item, again[0] if again else None)
    for item in gained:
        yield Change("evidence", None, item)


def _entity_changes(one: Build, other: Build) -> Iterator[tuple[Record, tuple[Change, ...]]]:
    """Entities of one id that have another label, class or external id."""
    for id in sorted(one.entities.keys() & other.entities.keys()):
        before, after = one.entities[id], other.entities[id]
        changes = tuple(
            Change(name, before.get(name), after.get(name))
            for name in ("label", "type", "same_as")
            if before.get(name) != after.get(name)
        )
        if changes:
            yield after, changes


def _only(build: Build, other: Build, grouped: set[str]) -> tuple[Record, ...]:
    ids = build.entities.keys() - other.entities.keys() - grouped
    found = [build.entities[id] for id in ids]
    return tuple(sorted(found, key=lambda entity: (entity["label"], entity["id"])))


def _rest(facts: Iterable[Record], paired: Iterable[Record]) -> list[Record]:
    ids = {fact["id"] for fact in paired}
    return [fact for fact in facts if fact["id"] not in ids]


def _order(fact: Record) -> tuple[str, str, str, str]:
    value = fact["object"]
    shown = value["label"] if "label" in value else value["value"]
    return str(fact["subject"]["label"]), fact["predicate"], str(shown), fact["id"]


def _sorted(facts: Iterable[Record]) -> tuple[Record, ...]:
    return tuple(sorted(facts, key=_order))


def _ordered(facts: Iterable[ChangedFact]) -> tuple[ChangedFact, ...]:
    return tuple(sorted(facts, key=lambda item: (_order(item.after), _order(item.before))))
