"""Facts that follow from stated ones.

Which rules apply is data: symmetric relations, inverses and super-properties of the ontology, and
the rules of rules.toml. What is inferred names its rule and its premises, has their evidence, and
commits itself no more than they do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kg.model.graph import Entity, Fact
from kg.model.periods import last_of_period
from kg.model.statement import Literal, Modality, short_hash
from kg.ontology.domain import Ontology
from kg.ontology.rules import Implication, PeriodRule

__all__ = ["infer"]

_STRENGTH = (Modality.ASSERTED, Modality.PLANNED, Modality.HEDGED)

Value = Entity | Literal
_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """One way from a claim with one relation to one with another."""

    rule: str
    then: str
    turned: bool = False  # subject and object change places
    denied: bool = False  # whether what is denied of the one is denied of the other
    subject: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    keep: tuple[str, ...] | None = None


def infer(facts: Iterable[Fact], ontology: Ontology) -> tuple[Fact, ...]:
    """What the rules draw from the facts and is not stated already, sorted by id.

    A rule has one premise. A claim that several premises give is one fact with all of them; its
    confidence is that of the best, as each would do alone. Modality and speaker are the premise's,
    so a hedged or attributed claim gives no plain triple. A denial is only turned round: who does
    not run a platform may still provide it.
    """
    stated = tuple(facts)
    steps = _steps(ontology)
    said = {_claim(fact): fact for fact in sorted(stated, key=_weakness, reverse=True)}
    found = {_key(fact): fact for fact in _united(_with_ends(stated, ontology))}
    frontier = stated
    while frontier:  # ends: the rules bring no new entity, value or qualifier
        drawn = [
            fact
            for premise in frontier
            for step in steps.get(premise.predicate, ())
            for fact in _drawn(premise, step, ontology)
            if not _is_said(fact, said) and _key(fact) not in found
        ]
        frontier = _united(drawn)
        found.update((_key(fact), fact) for fact in frontier)
    return tuple(sorted(found.values(), key=lambda fact: fact.id))


def _steps(ontology: Ontology) -> Mapping[str, tuple[_Step, ...]]:
    """The steps from each relation, by rule and relation."""
    found: dict[str, set[_Step]] = defaultdict(set)
    claims = {
        name: relation
        for name, relation in ontology.relations.items()
        if relation.use in ("claim", "inference")
    }
    for name, relation in claims.items():
        if relation.symmetric:
            found[name].add(_Step("symmetric", name, turned=True, denied=True))
        if relation.inverse is not None and relation.inverse in claims:
            found[name].add(_Step("inverse", relation.inverse, turned=True, denied=True))
            found[relation.inverse].add(_Step("inverse", name, turned=True, denied=True))
        for parent in relation.parents:
            if parent in claims:
                found[name].add(_Step("super-property", parent))
    for rule in ontology.rules:
        if isinstance(rule, Implication):
            found[rule.when].add(
                _Step(
                    rule.name,
                    rule.then,
                    subject=rule.subject,
                    object=rule.object,
                    keep=rule.keep,
                )
            )
    return {
        name: tuple(sorted(steps, key=lambda step: (step.rule, step.then)))
        for name, steps in found.items()
    }


def _drawn(premise: Fact, step: _Step, ontology: Ontology) -> Iterator[Fact]:
    """What the step makes of the premise: one fact, or none where it does not fit."""
    if premise.modality is Modality.NEGATED and not step.denied:
        return
    subject, object_ = premise.subject, premise.object
    if step.subject and not ontology.is_any(subject.type, step.subject):
        return
    if step.object and not _is_any(object_, step.object, ontology):
        return
    if step.turned:
        if isinstance(object_, Literal):
            return
        subject, object_ = object_, subject
    relation = ontology.relations[step.then]
    if relation.domain and not ontology.is_any(subject.type, relation.domain):
        return
    if relation.range and not _is_any(object_, relation.range, ontology):
        return
    kept = (
        premise.qualifiers
        if step.keep is None
        else tuple((name, value) for name, value in premise.qualifiers if name in step.keep)
    )
    yield _inferred(premise, step.rule, subject, step.then, object_, kept)


def _is_any(value: Value, classes: tuple[str, ...], ontology: Ontology) -> bool:
    """Whether an entity is of one of the classes; a literal fits where its premise did."""
    return isinstance(value, Literal) or ontology.is_any(value.type, classes)


def _with_ends(facts: Iterable[Fact], ontology: Ontology) -> Iterator[Fact]:
    """The same claims, with the end that follows from start and duration."""
    for rule in ontology.rules:
        if not isinstance(rule, PeriodRule):
            continue
        for fact in facts:
            said = dict(fact.qualifiers)
            start, duration = said.get(rule.start), said.get(rule.duration)
            if rule.end in said or fact.modality is Modality.NEGATED:
                continue
            if isinstance(start, Literal) and isinstance(duration, Literal):
                end = last_of_period(start, duration)
                if end is not None:
                    qualifiers = tuple(sorted({**said, rule.end: end}.items()))
                    yield _inferred(
                        fact, rule.name, fact.subject, fact.predicate, fact.object, qualifiers
                    )


def _inferred(
    premise: Fact,
    rule: str,
    subject: Entity,
    predicate: str,
    object_: Value,
    qualifiers: tuple[tuple[str, Value], ...],
) -> Fact:
    fact = replace(
        premise,
        subject=subject,
        predicate=predicate,
        object=object_,
        qualifiers=qualifiers,
        derived_by=rule,
        premises=(premise.id,),
    )
    return replace(fact, id=short_hash("inferred", rule, *_key(fact)))


def _united(drawn: Iterable[Fact]) -> tuple[Fact, ...]:
    """One fact a claim, by the rule that comes first by name, with all that give it."""
    groups: dict[_Key, list[Fact]] = defaultdict(list)
    for fact in drawn:
        groups[_key(fact)].append(fact)
    return tuple(_unite(group) for group in groups.values())


def _unite(group: list[Fact]) -> Fact:
    rule = min(fact.derived_by or "" for fact in group)
    mine = [fact for fact in group if fact.derived_by == rule]
    best = max(mine, key=lambda fact: (fact.confidence, fact.premises))
    evidence = {item for fact in mine for item in fact.evidence}
    return replace(
        best,
        evidence=tuple(sorted(evidence, key=lambda e: (e.span, e.extractor, e.voice))),
        sources=max(fact.sources for fact in mine),
        premises=tuple(sorted({item for fact in mine for item in fact.premises})),
    )


def _claim(fact: Fact) -> _Key:
    """Who claims what of whom, whatever the stance and the qualifiers."""
    speaker = fact.attributed_to.id if fact.attributed_to else ""
    denied = str(fact.modality is Modality.NEGATED)
    return fact.subject.id, fact.predicate, _identity(fact.object), speaker, denied


def _key(fact: Fact) -> _Key:
    narrowing = (f"{name}\x1e{_identity(value)}" for name, value in fact.qualifiers)
    return (*_claim(fact), fact.modality, *narrowing)


def _identity(value: Value) -> str:
    return value.id if isinstance(value, Entity) else f"{value.value}\x1e{value.datatype}"


def _is_said(fact: Fact, said: Mapping[_Key, Fact]) -> bool:
    """Whether some article makes this claim, and at least as firmly."""
    stated = said.get(_claim(fact))
    if stated is None:
        return False
    return _weakness(stated) <= _weakness(fact)


def _weakness(fact: Fact) -> int:
    """How little the fact commits itself; denials are only compared with denials."""
    return _STRENGTH.index(fact.modality) if fact.modality in _STRENGTH else 0
