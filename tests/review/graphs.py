"""A small graph that has something of everything to ask about."""

from __future__ import annotations

from dataclasses import replace

from kg.model.graph import Entity, KnowledgeGraph, SameAs
from kg.model.link import LinkCandidate
from kg.model.statement import ArticleEntity, Evidence, Mention
from kg.model.text import Article
from kg.rdf.terms import entity_iri
from tests.factories import BASE, make_article, make_evidence, make_fact, make_graph, make_literal

TEXT_A = "Nordwell Ferries opened a yard in Torvik. The yard employs 40 people: half of them new."
TEXT_B = "Nordwel Ferries moved to Torvik, says Ana Ruiz. # not a comment\n\nNordwel is 'big'."


def iri(label: str, type: str = "Company") -> str:
    """The id of a named entity."""
    return entity_iri(BASE, type, label)


def member(article: Article, label: str, type: str = "Company") -> ArticleEntity:
    """The entity of one article with its first mention."""
    start = article.text.index(label)
    mention = Mention(article.span(start, start + len(label)), label)
    id_ = f"{BASE}{article.name}/{type}/{label}".replace(" ", "_")
    return ArticleEntity(id_, label, type, (mention,))


def entity(*members: ArticleEntity) -> Entity:
    """The cluster of these."""
    first = members[0]
    return Entity(
        iri(first.label, first.type),
        first.label,
        first.type,
        mentions=tuple(sorted({m.label for m in members})),
        members=tuple(sorted(m.id for m in members)),
        aliases=tuple(sorted({iri(m.label, m.type) for m in members[1:]} - {iri(first.label)})),
    )


def small_graph(*, merged: bool = False) -> KnowledgeGraph:
    """Two spellings of one company, as two entities with a candidate, or merged to one."""
    a, b = make_article(TEXT_A, "a.txt"), make_article(TEXT_B, "b.txt")
    ours, theirs = member(a, "Nordwell Ferries"), member(b, "Nordwel Ferries")
    towns = member(a, "Torvik", "City"), member(b, "Torvik", "City")
    people = member(b, "Ana Ruiz", "Person")
    both = entity(ours, theirs)
    left, right = (both, both) if merged else (entity(ours), entity(theirs))
    town, person = entity(*towns), entity(people)
    located: tuple[Evidence, ...] = (make_evidence(a, "opened a yard in Torvik"),)
    moved: tuple[Evidence, ...] = (make_evidence(b, "moved to Torvik"),)
    number = make_literal("40", "integer", "40")
    facts = [
        make_fact(left, "hasMeasure", number, make_evidence(a, "employs 40"), confidence=0.7),
        make_fact(person, "worksFor", right, make_evidence(b, "says Ana Ruiz"), confidence=0.5),
    ]
    if merged:
        facts.append(make_fact(left, "basedIn", town, (*located, *moved), confidence=0.6))
    else:
        facts.append(make_fact(left, "basedIn", town, located, confidence=0.6))
        facts.append(make_fact(right, "basedIn", town, moved, confidence=0.95))
    graph = make_graph((a, b), facts, (left, right, town, person))
    pair = sorted((left.id, right.id))
    return replace(
        graph,
        article_entities=(ours, theirs, *towns, people),
        candidates=() if merged else (SameAs(pair[0], pair[1], 0.81, "one letter apart"),),
        link_candidates=(
            LinkCandidate(town.id, "https://sws.geonames.org/1/", "Torvik", 0.6, "a town", "names"),
        ),
    )
