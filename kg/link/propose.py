"""What a service proposes for entities without a link, and which of that may be believed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.errors import InputError, KgError, UnknownNameError
from kg.link.answers import Found, Manifest
from kg.link.service import Query, Service
from kg.model.graph import Entity, KnowledgeGraph
from kg.model.link import LinkCandidate
from kg.ontology.domain import Ontology

__all__ = ["Outcome", "merged", "propose", "unlinked"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a service proposed, as far as it could be asked."""

    asked: tuple[str, ...]  # ids of entities, in the order they were asked for
    proposals: tuple[LinkCandidate, ...]  # sorted
    error: KgError | None = None  # what ended it early


def unlinked(
    graph: KnowledgeGraph, ontology: Ontology, classes: Iterable[str] = ()
) -> tuple[Entity, ...]:
    """Entities with a proper name and no link, sorted by id; of `classes` only, if there are any.

    Raises UnknownNameError for a class that the ontology does not have.
    """
    wanted = tuple(classes)
    _check_classes(wanted, ontology)
    named = {e.id for e in graph.article_entities if e.named}
    return tuple(
        entity
        for entity in graph.entities
        if not entity.same_as
        and entity.label.strip()
        and (entity.id in ontology.names or not named.isdisjoint(entity.members))
        and (not wanted or ontology.is_any(entity.type, wanted))
    )


def propose(
    entities: Sequence[Entity],
    service: Service,
    ontology: Ontology,
    *,
    types: Mapping[str, str] | None = None,
    accept: bool = False,
    taken: Iterable[str] = (),
) -> Outcome:
    """What the service proposes for each entity; where asking fails, what came until then.

    `types` maps classes to types of the service, which are then asked for. With `accept`, a
    proposal is accepted if it alone is one that the service is sure of, no other has its score or a
    higher one, its type fits the class, and it is that of no other entity: neither proposed as
    such nor among the IRIs that are `taken`. Raises UnknownNameError for an unknown class.
    """
    types = types or {}
    _check_classes(types, ontology)
    asked: list[tuple[Entity, tuple[Found, ...]]] = []
    iris: dict[str, str] = {}  # by id of the service
    error: KgError | None = None
    queries = [Query(e.label, _type_for(e, types, ontology)) for e in entities]
    try:
        manifest = service.manifest() if queries else None
        for entity, answer in zip(entities, service.find(queries), strict=True):
            iris.update({item.id: _iri(item, manifest, service.url) for item in answer})
            asked.append((entity, answer))
    except KgError as stopped:
        error = stopped
    best = [_best(entity, answer, types, ontology) if accept else None for entity, answer in asked]
    claims = Counter([*(iris[item.id] for item in best if item is not None), *set(taken)])
    proposals = {
        _proposal(entity, item, iri, service.url, item is sole and claims[iri] == 1)
        for (entity, answer), sole in zip(asked, best, strict=True)
        for item in answer
        for iri in [iris[item.id]]
    }
    return Outcome(tuple(e.id for e, _ in asked), tuple(sorted(proposals)), error)


def _check_classes(names: Iterable[str], ontology: Ontology) -> None:
    for name in names:
        if name not in ontology.classes:
            raise UnknownNameError("class", name, ontology.classes)


def _iri(item: Found, manifest: Manifest | None, source: str) -> str:
    iri = manifest.iri(item.id) if manifest is not None else None
    if iri is None:
        raise InputError(
            f"{source} does not say how an IRI is made of the id {item.id!r}; "
            "its records cannot be linked to"
        )
    return iri


def _proposal(entity: Entity, item: Found, iri: str, source: str, accepted: bool) -> LinkCandidate:
    kinds = ", ".join(name for _, name in item.types) or "no type"
    reason = f"{'a match' if item.match else 'like it'}; {kinds}"
    label = f"{item.name} ({item.description})" if item.description else item.name
    return LinkCandidate(entity.id, iri, label, item.score, reason, source, accepted)


def _best(
    entity: Entity, answer: Sequence[Found], types: Mapping[str, str], ontology: Ontology
) -> Found | None:
    """The proposal that may be believed without a person, if there is one."""
    matches = [item for item in answer if item.match]
    if len(matches) != 1 or answer[0] is not matches[0]:
        return None
    if len(answer) > 1 and answer[1].score >= answer[0].score:
        return None
    return matches[0] if _fits(entity, matches[0], types, ontology) else None


def _fits(entity: Entity, item: Found, types: Mapping[str, str], ontology: Ontology) -> bool:
    """Whether a type of the record is asked for, or called as the class or one above it."""
    classes = ontology.classes.values()
    above = [c for c in classes if c.parents and ontology.is_a(entity.type, c.name)]
    names = {name.casefold() for c in above for name in (c.name, c.label)}
    ids = {c.iri for c in above} | {types[c] for c in types if ontology.is_a(entity.type, c)}
    return any(id_ in ids or name.casefold() in names for id_, name in item.types)


def _type_for(entity: Entity, types: Mapping[str, str], ontology: Ontology) -> str | None:
    """The type given for the class, or for the nearest class above it that has one."""
    fitting = [c for c in types if ontology.is_a(entity.type, c)]
    nearest = [c for c in fitting if not any(o != c and ontology.is_a(o, c) for o in fitting)]
    return types[min(nearest)] if nearest else None


def merged(
    known: Iterable[LinkCandidate], outcome: Outcome, source: str
) -> tuple[LinkCandidate, ...]:
    """Known proposals with new ones in place of those of the same entity and source, sorted.

    What is accepted stays accepted.
    """
    asked = set(outcome.asked)
    kept = [p for p in known if p.accepted or p.source != source or p.entity not in asked]
    accepted = {(p.entity, p.iri) for p in kept if p.accepted}
    new = (p for p in outcome.proposals if (p.entity, p.iri) not in accepted)
    return tuple(sorted([*kept, *new]))
