"""What counts as the same thing in two articles, and what does not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.model.graph import SameAs
from kg.resolve.corpus import read_corpus
from kg.resolve.judgements import judge
from tests.resolve.builders import KNOWN, ONTOLOGY, Page


def judged(*pages: Page) -> tuple[SameAs, ...]:
    articles, extractions = [p.article for p in pages], [p.extraction for p in pages]
    return judge(read_corpus(articles, extractions, ONTOLOGY)).judgements


def test_one_name_and_kind_in_two_articles_is_one_thing() -> None:
    one, two = Page("one.txt"), Page("two.txt")
    left, right = one.entity("Halvor Ltd"), two.entity("HALVOR", "SportsOrganization")
    assert judged(one, two) == (SameAs(left, right, 0.95, "same name and class"),)


def test_one_name_of_two_kinds_is_two_things() -> None:
    one, two = Page("one.txt"), Page("two.txt")
    one.entity("Halvor", "Company")
    two.entity("Halvor", "Person")
    one.entity("Brask", "City")
    two.entity("Brask", "Product")
    assert judged(one, two) == ()


def test_a_name_of_the_domain_joins_whatever_the_articles_call_it() -> None:
    one, two = Page("one.txt"), Page("two.txt")
    left = one.entity("Oster Port", "City", known_as=KNOWN.iri)
    right = two.entity("Oster Prt", "City", known_as=KNOWN.iri)
    assert [(j.left, j.right, j.score) for j in judged(one, two)] == [
        (left, KNOWN.iri, 1.0),
        (right, KNOWN.iri, 1.0),
    ]


def test_a_description_of_one_owner_in_two_articles_is_one_thing() -> None:
    one, two, three = Page("one.txt"), Page("two.txt"), Page("three.txt")
    ids = []
    for page, owner in ((one, "Halvor"), (two, "Halvor Inc"), (three, "Teo Works")):
        company = page.entity(owner)
        gallery = page.entity("a floating gallery", "Initiative", named=False)
        page.state(company, "provides", gallery)
        ids.append(gallery)
    reasons = {(j.left, j.right) for j in judged(one, two, three) if "description" in j.reason}
    assert reasons == {(ids[0], ids[1])}


def test_descriptions_of_one_article_are_told_apart_already() -> None:
    page = Page("one.txt")
    company = page.entity("Halvor")
    for label in ("a floating gallery", "the floating gallery"):
        page.state(company, "provides", page.entity(label, "Initiative", named=False))
    assert judged(page) == ()


def test_two_of_one_kind_in_one_place_are_one_thing() -> None:
    one, two = Page("one.txt"), Page("two.txt")
    left = one.entity("Oster Gallery", "Initiative")
    right = two.entity("art gallery", "Initiative", named=False)
    other = two.entity("art museum", "Initiative", named=False)
    one.state(left, "locatedIn", one.entity("Oster Port", "City", known_as=KNOWN.iri))
    place = two.entity("Osterport", "City", known_as=KNOWN.iri)
    two.state(right, "locatedIn", place)
    two.state(other, "locatedIn", place)
    found = [j for j in judged(one, two) if j.reason == "same kind in one place"]
    assert found == [SameAs(left, right, 0.85, "same kind in one place")]


@given(st.permutations(["Halvor", "Halvor Ltd", "HALVOR", "Brask", "brask"]))
def test_judgements_do_not_depend_on_order(labels: list[str]) -> None:
    pages = []
    for label in labels:
        page = Page(f"{label}.txt")
        page.entity(label)
        pages.append(page)
    assert judged(*pages) == judged(*sorted(pages, key=lambda p: p.article.name))
