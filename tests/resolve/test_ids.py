"""Canonical ids: of the corpus alone, and the same when articles are added."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.factories import BASE
from tests.resolve.builders import KNOWN, Page, clusters, resolved


def page(number: int, label: str, type_: str = "Company", **how: object) -> Page:
    out = Page(f"{number}.txt", published=f"2020-01-{number:02}")
    out.entity(label, type_, **how)  # type: ignore[arg-type]
    return out


def test_the_id_is_of_kind_and_name_not_of_class_or_writing() -> None:
    one = page(1, "The HALVOR Yard, Ltd.")
    two = [page(n, "Halvor Yard", "SportsOrganization") for n in (2, 3, 4)]
    assert clusters(resolved(one)).keys() == {"Organization/Halvor_Yard"}
    assert clusters(resolved(one, *two)).keys() == {"Organization/Halvor_Yard"}


def test_of_two_names_the_one_published_first_gives_the_id() -> None:
    late = page(1, "Osterport Bahn")
    early = page(2, "Bahn Osterport")
    later = Page("3.txt")  # undated: behind all others
    later.entity("Bahn Osterport")
    assert clusters(resolved(late, early, later)).keys() == {"Organization/Osterport_Bahn"}
    (entity,) = resolved(late, early, later).entities
    assert entity.aliases == (f"{BASE}id/Organization/Bahn_Osterport",)
    assert clusters(resolved(later, early)).keys() == {"Organization/Bahn_Osterport"}


def test_the_id_before_another_article_came_is_found_among_the_aliases() -> None:
    before = resolved(page(2, "Bahn Osterport")).entities[0].id
    (after,) = resolved(page(1, "Osterport Bahn"), page(2, "Bahn Osterport")).entities
    assert before != after.id
    assert before in after.aliases


def test_a_name_of_the_domain_keeps_its_iri() -> None:
    found = resolved(page(1, "Oster Port", "City", known_as=KNOWN.iri))
    assert [e.id for e in found.entities] == [KNOWN.iri]


def test_a_name_without_letters_has_an_id_too() -> None:
    found = resolved(page(1, "???"), page(2, "!!!"))
    assert len({e.id for e in found.entities}) == len(found.entities) == 2


LABELS = st.sampled_from(
    ["Halvor", "HALVOR Ltd", "Teo Works", "Works Teo", "Teo  Works", "Lund", "The Lund", "???", "İ"]
)
TYPES = st.sampled_from(["Company", "SportsOrganization", "Person", "Country", "Region", "Event"])


@given(st.lists(st.tuples(LABELS, TYPES), min_size=2, max_size=8))
def test_articles_published_later_leave_the_ids_as_they_are(rows: list[tuple[str, str]]) -> None:
    pages = [page(n, label, type_) for n, (label, type_) in enumerate(rows, start=1)]
    before, after = resolved(*pages[:-1]), resolved(*pages)
    known = {i for e in after.entities for i in (e.id, *e.aliases)}
    assert {e.id for e in before.entities} <= known
    assert len({e.id for e in after.entities}) == len(after.entities)


@given(st.permutations(range(5)))
def test_ids_do_not_depend_on_order(order: list[int]) -> None:
    rows = [
        ("Halvor", "Country"),
        ("Halvor", "Region"),
        ("Halvor", "Country"),
        ("Halvor", "Company"),
    ]
    pages = [page(n, *row) for n, row in enumerate([*rows, ("Lund", "Person")])]
    assert resolved(*(pages[i] for i in order)) == resolved(*pages)
