"""Which names are brought together, on what evidence, and for what reason."""

from __future__ import annotations

import pytest

from kg.model.graph import KnowledgeGraph, SameAs
from tests.factories import make_literal
from tests.resolve.builders import KNOWN, Page, resolved


def two(
    left: str,
    right: str,
    *,
    type_: str = "Company",
    shared: int = 0,
    alias: str | None = None,
    right_type: str | None = None,
) -> KnowledgeGraph:
    """Two articles with a name each, and so many partners in common."""
    pages = []
    for n, (name, class_) in enumerate(((left, type_), (right, right_type or type_))):
        page = Page(f"{n}.txt")
        mentions = [name, alias] if alias is not None and n == 0 else [name]
        one = page.entity(name, class_, mentions=mentions)
        for number in range(shared):
            partner = page.entity(f"{'Brask' if number else 'Lund'} Yard")
            page.state(one, "partnerOf", partner)
        pages.append(page)
    return resolved(*pages)


def merged(graph: KnowledgeGraph, left: str, right: str) -> bool:
    of = {m: e.id for e in graph.entities for m in e.members}
    ids = {of[e.id] for e in graph.article_entities if e.label in (left, right)}
    return len(ids) == 1


def reasons(graph: KnowledgeGraph) -> list[str]:
    found: tuple[SameAs, ...] = (*graph.judgements, *graph.candidates)
    return [j.reason for j in found if j.reason not in ("same name and class",)]


@pytest.mark.parametrize(
    ("left", "right", "shared", "reason"),
    [
        ("Halvorsen Maritime", "Halvorson Maritime", 2, "1 edit between"),
        ("Kvarner Electric", "Kvarner Elcetric", 1, "1 edit between"),
        ("Baltic Grid Operators", "BGO", 2, "acronym, unstated; in common: Brask Yard, Lund Yard"),
        ("Yard Nordvik", "Nordvik Yard", 0, "same words in another order"),
    ],
)
def test_evidence_in_common_merges_variants(
    left: str, right: str, shared: int, reason: str
) -> None:
    graph = two(left, right, shared=shared)
    assert merged(graph, left, right)
    assert any(reason in found for found in reasons(graph))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Halvorsen Maritime", "Halvorson Maritime"),
        ("Baltic Grid Operators", "BGO"),
        ("Nordvik", "Nordvik Energy"),
        ("Halden Bank", "Holden Bank"),
    ],
)
def test_likeness_alone_does_not_merge(left: str, right: str) -> None:
    assert not merged(two(left, right), left, right)


@pytest.mark.parametrize(
    ("left", "right", "type_"),
    [
        ("Kestrel 4", "Kestrel 5", "Product"),
        ("Oslo 2020", "Oslo 2021", "Event"),
        ("Nordvik Energy", "Nordvik Energy Invest", "Company"),
        ("Halvor Bank", "Halvor Tank", "Person"),
        ("Ada", "Ida", "Person"),
    ],
)
def test_near_homonyms_stay_apart_whatever_they_have_in_common(
    left: str, right: str, type_: str
) -> None:
    assert not merged(two(left, right, type_=type_, shared=1), left, right)
    if type_ != "Person":
        assert not merged(two(left, right, type_=type_, shared=2), left, right)


def test_different_numbers_are_not_even_a_question() -> None:
    assert two("Kestrel 4", "Kestrel 5", type_="Product", shared=2).candidates == ()


def test_an_acronym_that_one_article_states_merges_with_the_name() -> None:
    graph = two("Baltic Grid Operators", "BGO", alias="BGO")
    assert merged(graph, "Baltic Grid Operators", "BGO")
    assert "acronym that an article states" in reasons(graph)


def test_an_acronym_of_another_class_is_a_question() -> None:
    graph = two("Coastal Music Orchestra", "CMO", alias="CMO", right_type="MediaOutlet")
    assert not merged(graph, "Coastal Music Orchestra", "CMO")
    (candidate,) = graph.candidates
    assert "classes Company and MediaOutlet" in candidate.reason


def test_an_acronym_that_two_names_are_given_needs_a_neighbour() -> None:
    pages = [Page(f"{n}.txt") for n in range(3)]
    for page, name in zip(
        pages, ("Baltic Grid Operators", "Bergen Guitar Orchestra"), strict=False
    ):
        page.entity(name, mentions=[name, "BGO"])
    pages[2].entity("BGO")
    graph = resolved(*pages)
    assert len(graph.entities) == 3
    assert {c.score < 0.85 for c in graph.candidates} == {True}


def test_what_an_article_relates_to_each_other_is_two_things() -> None:
    pages = [Page("a.txt"), Page("b.txt")]
    for page, other in zip(pages, ("Halvorsen Maritime", "Halvorson Maritime"), strict=True):
        one = page.entity(other)
        for partner in ("Lund Yard", "Brask Yard"):
            page.state(one, "partnerOf", page.entity(partner))
    assert len(resolved(*pages).entities) == 3
    pages[1].state(
        pages[1].entity("Halvorson Maritime"), "partnerOf", pages[1].entity("Halvorsen Maritime")
    )
    assert len(resolved(*pages).entities) == 4


def test_a_misspelt_name_of_the_domain_needs_more_than_likeness_for_a_place() -> None:
    page = Page("a.txt")
    page.entity("Oster Pord", "City")
    assert KNOWN.iri not in {e.id for e in resolved(page).entities}


def test_a_post_in_common_merges_misspelt_persons_but_an_employer_alone_does_not() -> None:
    def staff(role: str | None) -> KnowledgeGraph:
        pages = [Page("a.txt"), Page("b.txt")]
        for page, name in zip(pages, ("Erik Hansen", "Erika Hansen"), strict=True):
            qualifiers = {"role": make_literal(role)} if role is not None else {}
            page.state(
                page.entity(name, "Person"),
                "worksFor",
                page.entity("Halvor"),
                qualifiers=qualifiers,
            )
        return resolved(*pages)

    assert merged(staff("treasurer"), "Erik Hansen", "Erika Hansen")
    assert not merged(staff(None), "Erik Hansen", "Erika Hansen")
