"""One name, several things: told apart by classes, employers and towns, and only by them."""

from __future__ import annotations

from collections.abc import Sequence

from tests.resolve.builders import Page, clusters, resolved


def person(name: str, employer: str | None, article: str, label: str = "John Smith") -> Page:
    page = Page(f"{article}.txt", published=name)
    one = page.entity(label, "Person")
    if employer is not None:
        page.state(one, "worksFor", page.entity(employer))
    return page


def smiths(pages: Sequence[Page], label: str = "John_Smith") -> list[list[str]]:
    found = clusters(resolved(*pages))
    return sorted(sorted(a) for i, a in found.items() if i.startswith(f"Person/{label}"))


def test_two_employers_make_two_persons_and_a_question_for_people() -> None:
    pages = [person("2020", "Halvor", "a"), person("2021", "Teo Works", "b")]
    assert smiths(pages) == [["a.txt"], ["b.txt"]]
    (candidate,) = resolved(*pages).candidates
    assert candidate.score < 0.85
    assert "different things" in candidate.reason


def test_one_employer_makes_one_person_however_it_is_written() -> None:
    pages = [person("2020", "Halvor Ltd", "a"), person("2021", "Halvor", "b")]
    assert smiths(pages) == [["a.txt", "b.txt"]]


def test_an_article_that_knows_of_both_employers_means_one_person() -> None:
    pages = [person("2020", "Halvor", "a"), person("2021", "Teo Works", "b")]
    pages[1].entity("Halvor")
    assert smiths(pages) == [["a.txt", "b.txt"]]


def test_one_without_employer_is_who_there_is_or_the_better_known() -> None:
    plain = person("2022", None, "c")
    assert smiths([person("2020", "Halvor", "a"), plain]) == [["a.txt", "c.txt"]]
    two = [person("2020", "Halvor", "a"), person("2021", "Teo Works", "b")]
    assert smiths([*two, plain]) == [["a.txt"], ["b.txt"], ["c.txt"]]
    many = [person("2020", "Halvor", f"a{n}") for n in range(3)]
    assert ["a0.txt", "a1.txt", "a2.txt", "c.txt"] in smiths([*many, two[1], plain])


def test_a_surname_alone_is_one_person_only_with_a_neighbour_in_common() -> None:
    one, two, three = (
        person("2020", "Halvor", "a", "Smith"),
        person("2021", "Halvor", "b", "Smith"),
        person("2022", None, "c", "Smith"),
    )
    assert smiths([one, two, three], "Smith") == [["a.txt", "b.txt"], ["c.txt"]]


def test_a_country_and_a_state_of_one_name_are_two_places() -> None:
    pages = [Page("a.txt", published="2020"), Page("b.txt", published="2021"), Page("c.txt")]
    pages[0].entity("Acadia", "Country")
    pages[1].entity("Acadia", "Region")
    pages[2].entity("Acadia", "Country")
    found = clusters(resolved(*pages))
    assert found == {"Place/Acadia": {"a.txt", "c.txt"}, "Place/Acadia@b.txt": {"b.txt"}}
    assert resolved(*pages).candidates == ()


def seated(article: str, name: str, city: str) -> Page:
    page = Page(f"{article}.txt")
    page.state(page.entity(name), "basedIn", page.entity(city, "City"))
    return page


def test_towns_tell_companies_apart_that_have_one_word_for_a_name() -> None:
    apart = clusters(resolved(seated("a", "Kestrel", "Graz"), seated("b", "Kestrel", "Perth")))
    assert {"Organization/Kestrel", "Organization/Kestrel@b.txt"} <= apart.keys()
    long = resolved(seated("a", "Kestrel Optics", "Graz"), seated("b", "Kestrel Optics", "Perth"))
    assert clusters(long)["Organization/Kestrel_Optics"] == {"a.txt", "b.txt"}
