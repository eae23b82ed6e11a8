"""Which record of the gazetteer a country, state or city is: sure links, and what is left open.

A link is sure by what the articles or the domain say of where the place lies, or by size alone
where one place is so large that nobody would write its bare name of another. The rules stand in
docs/linking.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.model.graph import Entity
from kg.model.link import LinkCandidate
from kg.model.statement import ArticleEntity, Statement
from kg.model.text import Article
from kg.ontology.domain import Ontology
from kg.resolve.gazetteer import (
    LISTED_BY_SECOND_NAME,
    Place,
    cities,
    countries,
    smallest_listed,
    states,
)
from kg.resolve.names import name_key
from kg.resolve.whereabouts import Whereabouts, lies_in

__all__ = ["PLACES", "link_places"]

SOURCE = "GeoNames"
FAR_LARGER = 10  # times the inhabitants of the next of that name, listed or not
_PROPOSED = 5  # of one entity

PLACES = ("Country", "Region", "City")  # of the base vocabulary


def link_places(
    entities: Iterable[Entity],
    members: Mapping[str, ArticleEntity],
    statements: Iterable[Statement],
    articles: Iterable[Article],
    ontology: Ontology,
) -> tuple[dict[str, str], tuple[LinkCandidate, ...]]:
    """Entity id to the IRI of its record, and candidates of entities that could be several.

    `members` are the article entities by id. The result depends on the sets given, not on orders.
    """
    found = [e for e in entities if ontology.is_any(e.type, PLACES)]
    if not found:
        return {}, ()
    evidence = Whereabouts(found, members, statements, articles, ontology)
    links: dict[str, str] = {}
    open_: list[LinkCandidate] = []
    for entity in found:
        if any(members[m].named for m in entity.members):
            answer = _answer(entity, evidence, ontology)
            if answer.sure is not None:
                links[entity.id] = answer.sure.iri
            open_.extend(_candidates(entity, answer))
    return links, tuple(sorted(open_))


@dataclass(frozen=True, slots=True)
class _Answer:
    sure: Place | None = None
    possible: tuple[Place, ...] = ()  # where none is sure
    reason: str = ""


def _candidates(entity: Entity, answer: _Answer) -> Iterable[LinkCandidate]:
    everybody = sum(p.population for p in answer.possible) or 1
    for place in answer.possible[:_PROPOSED]:
        share = round(place.population / everybody, 4)
        yield LinkCandidate(entity.id, place.iri, place.label, share, answer.reason, SOURCE)


def _answer(entity: Entity, evidence: Whereabouts, ontology: Ontology) -> _Answer:
    if ontology.is_a(entity.type, "City"):
        return _city(entity, evidence)
    names = [name_key(n) for n in (entity.label, *entity.alt_labels)]
    country = next((countries()[n] for n in names if n in countries()), None)
    state = next((states()[n] for n in names if n in states()), None)
    if country is not None and state is not None:
        return _country_or_state(entity, country, state, evidence, ontology)
    if ontology.is_a(entity.type, "Country"):
        return _Answer(country)
    large = [p for p in cities(entity.label) if p.population >= LISTED_BY_SECOND_NAME]
    if state is not None and large:
        return _Answer(None, (state, *large), "a state and a city have this name")
    return _Answer(state)


def _country_or_state(
    entity: Entity, country: Place, state: Place, evidence: Whereabouts, ontology: Ontology
) -> _Answer:
    """Told apart by the cities and states that the same articles name."""
    there = evidence.has_city_of(entity, country)
    here = evidence.has_city_of(entity, state) or evidence.other_states(entity, state)
    if there == here:
        reason = "a country and a state have this name; the articles do not tell which it is"
        return _Answer(None, (country, state), reason)
    right = country if there else state
    if ontology.is_a(entity.type, "Country") != there:
        reason = f"the articles name places of {right.label}, which is no {entity.type}"
        return _Answer(None, (right,), reason)
    return _Answer(right)


def _city(entity: Entity, evidence: Whereabouts) -> _Answer:
    listed = cities(entity.label) or next(filter(None, map(cities, entity.alt_labels)), ())
    if not listed:
        return _Answer()
    said = evidence.said_of(entity)
    if said:
        right = [p for p in listed if all(lies_in(p, where) for where in said)]
        pool = right or [p for p in listed if any(lies_in(p, where) for where in said)]
        sure, reason = _largest_by_far(right, unlisted=False), "it is said to lie in more than one"
    else:
        sure, remaining = _by_context(entity, listed, evidence)
        pool = list(remaining)
        reason = "several have this name; the articles do not tell which it is"
    if sure is not None and sure.second_name and not all(p.second_name for p in listed):
        sure, reason = None, "it is a second name of this city, and the name of another"
    doubts = evidence.perhaps_said_of(entity)
    if sure is not None and not all(lies_in(sure, where) for where in doubts):
        sure, reason = None, "the name of another country or state stands behind it"
    return _Answer(sure) if sure is not None else _Answer(None, tuple(pool), reason)


def _by_context(
    entity: Entity, listed: Sequence[Place], evidence: Whereabouts
) -> tuple[Place | None, Sequence[Place]]:
    """The city that size or the countries named in the articles make sure; what remains else."""
    named = evidence.named_with(entity)
    there = [p for p in listed if any(lies_in(p, where) for where in named)]
    largest = _largest_by_far(listed, unlisted=True)
    if largest is not None and (largest in there or not there):
        return largest, ()
    if largest is None and there and len({p.country for p in there}) == 1:
        return _largest_by_far(there, unlisted=False), there
    # What rule 2 takes for no rival of the largest is not asked about either, unless it is named.
    least = max(p.population for p in listed) / FAR_LARGER
    return None, [p for p in listed if p.population >= least or p in there]


def _largest_by_far(places: Sequence[Place], *, unlisted: bool) -> Place | None:
    """The only place, or the one far larger than all others, if there is one.

    `unlisted` thinks of those, too, that are too small for the gazetteer.
    """
    if not places:
        return None
    first, *others = sorted(places, key=lambda p: (-p.population, p.id))
    rival = max((p.population for p in others), default=0)
    if unlisted:
        rival = max(rival, smallest_listed(first))
    return first if first.population >= FAR_LARGER * rival else None
