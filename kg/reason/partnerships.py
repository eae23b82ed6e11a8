"""Partnerships as things of their own, out of the plain facts about each pair of partners.

Which relations make a partnership, and who holds rights to what, is data: the table [partnership]
of rules.toml, and the reference entities of names.ttl.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.model.graph import Entity, Fact, KnowledgeGraph
from kg.model.partnership import Partnership
from kg.model.statement import Literal
from kg.ontology.domain import Ontology
from kg.ontology.rules import PartnershipTerms, PeriodRule
from kg.rdf.terms import partnership_iri

__all__ = ["partnerships"]

_COVERS = "coversEvent"  # its range says what a partnership can cover


@dataclass(slots=True)
class _Pair:
    """What is known of one pair so far; roles and events by id."""

    partners: dict[str, Entity]
    own: list[Fact] = field(default_factory=list)  # about the two
    events: list[Fact] = field(default_factory=list)  # about what the one sponsors of the other
    covers: dict[str, Entity] = field(default_factory=dict)
    sponsors: set[str] = field(default_factory=set)
    holders: set[str] = field(default_factory=set)
    values: list[Fact] = field(default_factory=list)


def partnerships(graph: KnowledgeGraph, ontology: Ontology) -> tuple[Partnership, ...]:
    """One for each pair that a plain fact calls partners, sorted by id.

    Who sponsors the other is known from a sponsorship of the other itself, of an event that the
    other arranges, or from a level that a programme of the other grants. A pair of which both would
    be sponsors, or both hold rights, has no roles.
    """
    terms = ontology.partnership
    if terms is None:
        return ()
    plain = [fact for fact in graph.facts if fact.is_plain]
    holders = _rights_holders(plain, terms, ontology)
    pairs: dict[tuple[str, ...], _Pair] = {}
    for fact, one, other in _between_partners(plain, terms, ontology):
        key = tuple(sorted((one.id, other.id)))
        pair = pairs.setdefault(key, _Pair({one.id: one, other.id: other}))
        (pair.values if fact.predicate == terms.value else pair.own).append(fact)
        if fact.predicate in terms.sponsors:
            pair.sponsors.add(one.id)
            pair.holders.add(other.id)
    _add_events(pairs, plain, holders, terms, ontology)
    programmes = _programmes(terms, ontology)
    for pair in pairs.values():
        _add_roles_of_levels(pair, holders, terms, programmes)
    periods = {rule.name for rule in ontology.rules if isinstance(rule, PeriodRule)}
    ends = {
        premise: fact
        for fact in graph.inferred
        if fact.derived_by in periods
        for premise in fact.premises
    }
    found = (_partnership(pair, ends, terms, ontology) for pair in pairs.values())
    return tuple(sorted(found, key=lambda partnership: partnership.id))


def _between_partners(
    facts: Iterable[Fact], terms: PartnershipTerms, ontology: Ontology
) -> Iterator[tuple[Fact, Entity, Entity]]:
    """The facts that tell of a partnership, with its two partners."""
    admitted = {
        name
        for relation in terms.partners
        if relation in ontology.relations
        for name in ontology.relations[relation].range
    }
    for fact in facts:
        other: Entity | Literal | None = None
        if fact.predicate in (*terms.partners, *terms.sponsors):
            other = fact.object
        elif fact.predicate == terms.value and terms.other_party is not None:
            other = dict(fact.qualifiers).get(terms.other_party)
        if isinstance(other, Entity) and other.id != fact.subject.id:
            ends = (fact.subject, other)
            if not admitted or all(ontology.is_any(end.type, admitted) for end in ends):
                yield fact, *ends


def _rights_holders(
    facts: Iterable[Fact], terms: PartnershipTerms, ontology: Ontology
) -> Mapping[str, set[str]]:
    """Ids of those who arrange an event or programme, by its id: as stated and by reference."""
    found: dict[str, set[str]] = defaultdict(set)
    if terms.organizes is None:
        return found
    for fact in facts:
        if fact.predicate == terms.organizes and isinstance(fact.object, Entity):
            found[fact.object.id].add(fact.subject.id)
    inverses = {
        relation.name
        for relation in ontology.relations.values()
        if relation.inverse == terms.organizes
    }
    for name in ontology.names.values():
        for event in name.properties.get(terms.organizes, ()):
            found[event].add(name.iri)
        for inverse in inverses:
            found[name.iri].update(name.properties.get(inverse, ()))
    return found


def _add_events(
    pairs: Mapping[tuple[str, ...], _Pair],
    facts: Iterable[Fact],
    holders: Mapping[str, set[str]],
    terms: PartnershipTerms,
    ontology: Ontology,
) -> None:
    """What one partner sponsors of the other's: events are covered, and the roles are known."""
    covered = ontology.relations[_COVERS].range if _COVERS in ontology.relations else ()
    for fact in facts:
        if fact.predicate not in terms.sponsors or not isinstance(fact.object, Entity):
            continue
        for holder in holders.get(fact.object.id, ()):
            pair = pairs.get(tuple(sorted((fact.subject.id, holder))))
            if pair is None:
                continue
            pair.events.append(fact)
            pair.sponsors.add(fact.subject.id)
            pair.holders.add(holder)
            if ontology.is_any(fact.object.type, covered):
                pair.covers[fact.object.id] = fact.object


def _programmes(terms: PartnershipTerms, ontology: Ontology) -> dict[str, tuple[str, ...]]:
    """The words of the levels that each programme of the domain grants, by its IRI."""
    found = {
        name.iri: tuple(text.casefold() for text in name.properties.get(terms.grants or "", ()))
        for name in ontology.names.values()
    }
    return {iri: words for iri, words in found.items() if words}


def _add_roles_of_levels(
    pair: _Pair,
    holders: Mapping[str, set[str]],
    terms: PartnershipTerms,
    programmes: Mapping[str, tuple[str, ...]],
) -> None:
    """Who has a level that a programme of the other grants is its sponsor."""
    if terms.level is None:
        return
    levels = [_literals(fact, (terms.level,)).get(terms.level) for fact in pair.own]
    words = [level.value.casefold() for level in levels if level is not None]
    for programme, granted in programmes.items():
        if any(text in level for text in granted for level in words):
            mine = holders.get(programme, set()) & set(pair.partners)
            if len(mine) == 1:
                pair.holders |= mine
                pair.sponsors |= set(pair.partners) - mine


def _partnership(
    pair: _Pair,
    ends: Mapping[str, Fact],
    terms: PartnershipTerms,
    ontology: Ontology,
) -> Partnership:
    clear = not pair.sponsors & pair.holders
    own = sorted(pair.own, key=_surest)
    dated = max(own, key=lambda fact: len(_literals(fact, terms.period)), default=None)
    period = _literals(dated, terms.period) if dated is not None else {}
    drawn = ends.get(dated.id) if dated is not None else None
    derived = _literals(drawn, terms.period) if drawn is not None else {}
    derived = {name: value for name, value in derived.items() if name not in period}
    value = min(pair.values, key=_surest, default=None)
    ordered = [pair.partners[key] for key in sorted(pair.partners)]
    return Partnership(
        id=partnership_iri(ontology.base_iri, pair.partners),
        label=f"{' – '.join(_sponsor_first(ordered, pair, clear))} partnership",
        partners=tuple(ordered),
        sponsors=tuple(e for e in ordered if clear and e.id in pair.sponsors),
        rights_holders=tuple(e for e in ordered if clear and e.id in pair.holders),
        covers=tuple(pair.covers[key] for key in sorted(pair.covers)),
        period=period,
        derived=derived,
        level=_level([*own, *sorted(pair.events, key=_surest)], terms),
        value=value.id if value is not None else None,
        facts=tuple(sorted({fact.id for fact in (*pair.own, *pair.events, *pair.values)})),
        inferred=(drawn.id,) if drawn is not None and derived else (),
    )


def _surest(fact: Fact) -> tuple[float, str]:
    """What sorts the surest fact first."""
    return -fact.confidence, fact.id


def _sponsor_first(partners: list[Entity], pair: _Pair, clear: bool) -> list[str]:
    return [
        entity.label
        for entity in sorted(partners, key=lambda e: (clear and e.id in pair.holders, e.id))
    ]


def _literals(fact: Fact, names: Iterable[str]) -> dict[str, Literal]:
    """The qualifiers of these names that are literals, by name."""
    said = dict(fact.qualifiers)
    values = ((name, said.get(name)) for name in sorted(names))
    return {name: value for name, value in values if isinstance(value, Literal)}


def _level(facts: Iterable[Fact], terms: PartnershipTerms) -> Literal | None:
    """The level that the first fact with one tells."""
    if terms.level is None:
        return None
    found = (_literals(fact, (terms.level,)).get(terms.level) for fact in facts)
    return next((level for level in found if level is not None), None)
