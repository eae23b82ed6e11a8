"""What entities are called elsewhere: links of the gazetteer, and those that people decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.model.decision import Decision, DecisionKind
from kg.model.graph import Entity
from kg.model.link import LinkCandidate
from kg.model.statement import ArticleEntity, Statement
from kg.model.text import Article
from kg.ontology.domain import Ontology
from kg.resolve.places import link_places

__all__ = ["link_entities"]


def link_entities(
    views: Mapping[str, Entity],
    members: Mapping[str, ArticleEntity],
    statements: Iterable[Statement],
    articles: Iterable[Article],
    ontology: Ontology,
    decisions: Sequence[Decision] = (),
) -> tuple[dict[str, Entity], tuple[LinkCandidate, ...]]:
    """The entities by id with their links, and the candidates that nobody has decided, sorted.

    Decisions of kind LINK name an entity by its id or that of a member; of two about one link the
    later wins. One about an entity that is not there has no effect.
    """
    found, candidates = link_places(views.values(), members, statements, articles, ontology)
    links = {iri: {*view.same_as} for iri, view in views.items()}
    for entity, external in found.items():
        links[entity].add(external)
    canonical = {i: iri for iri, view in views.items() for i in (*view.members, *view.aliases)}
    decided: set[tuple[str, str]] = set()
    for decision in decisions:
        if decision.kind is DecisionKind.LINK:
            about, external = decision.about
            entity = about if about in links else canonical.get(about, "")
            if entity in links:
                decided.add((entity, external))
                (links[entity].add if decision.answer else links[entity].discard)(external)
    linked = {
        iri: view if set(view.same_as) == links[iri] else _with_links(view, links[iri])
        for iri, view in views.items()
    }
    return linked, tuple(c for c in candidates if (c.entity, c.iri) not in decided)


def _with_links(entity: Entity, links: Iterable[str]) -> Entity:
    return replace(entity, same_as=tuple(sorted(links)))
