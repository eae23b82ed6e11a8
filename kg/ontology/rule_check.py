"""What is wrong with the rules of a domain: relations and classes that it does not have."""

from __future__ import annotations

from collections.abc import Iterator

from kg.ontology.domain import Ontology
from kg.ontology.rules import Implication, PartnershipTerms, PeriodRule

__all__ = ["rule_messages"]


def rule_messages(ontology: Ontology) -> Iterator[tuple[str, str]]:
    """(header of the table in rules.toml, what is wrong with it), by name of the rule."""
    for rule in ontology.rules:
        found = (
            _period(ontology, rule)
            if isinstance(rule, PeriodRule)
            else _implication(ontology, rule)
        )
        for message in found:
            yield f"[rule.{rule.name}]", f"rule {rule.name}: {message}"
    if ontology.partnership is not None:
        for message in _partnership(ontology, ontology.partnership):
            yield "[partnership]", f"partnership: {message}"


def _implication(ontology: Ontology, rule: Implication) -> Iterator[str]:
    yield from _of_use(ontology, (rule.when,), ("claim",))
    yield from _of_use(ontology, (rule.then,), ("claim", "inference"))
    yield from _of_use(ontology, rule.keep or (), ("qualifier",))
    for name in (*rule.subject, *rule.object):
        if name not in ontology.classes:
            yield f"there is no class {name!r}"
    if rule.when == rule.then:
        yield f"it draws {rule.then!r} from itself"
    when, then = ontology.relations.get(rule.when), ontology.relations.get(rule.then)
    if when is not None and then is not None and when.is_datatype != then.is_datatype:
        literal, other = (when, then) if when.is_datatype else (then, when)
        yield f"{literal.name!r} has literals as objects, {other.name!r} has entities"


def _period(ontology: Ontology, rule: PeriodRule) -> Iterator[str]:
    yield from _of_use(ontology, (rule.start, rule.duration, rule.end), ("qualifier",))


def _partnership(ontology: Ontology, terms: PartnershipTerms) -> Iterator[str]:
    claims = (*terms.partners, *terms.sponsors, terms.value, terms.organizes)
    yield from _of_use(ontology, claims, ("claim",))
    yield from _of_use(ontology, (terms.other_party, terms.level, *terms.period), ("qualifier",))
    yield from _of_use(ontology, (terms.grants,), ("record",))


def _of_use(
    ontology: Ontology, names: tuple[str | None, ...], uses: tuple[str, ...]
) -> Iterator[str]:
    for name in names:
        relation = ontology.relations.get(name) if name is not None else None
        if name is not None and relation is None:
            yield f"there is no relation {name!r}"
        elif relation is not None and relation.use not in uses:
            yield f"{name!r} is a {relation.use} and no {' or '.join(uses)}"
