"""What people decide outranks every score; `kg.review` says which decisions are of no effect."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model.decision import Decision, DecisionKind
from kg.model.graph import KnowledgeGraph
from tests.factories import BASE
from tests.resolve.builders import KNOWN, Page, clusters, resolved


def merge(left: str, right: str, answer: bool, place: str = "") -> Decision:
    about = tuple(sorted((left, right)))
    return Decision(DecisionKind.MERGE, about, answer, place)


def page(name: str, *labels: str, type_: str = "Company", known: bool = False) -> Page:
    out = Page(f"{name}.txt", published=f"2020-01-{ord(name) - 96:02}")
    for label in labels:
        out.entity(label, type_, known_as=KNOWN.iri if known else None)
    return out


def iri(path: str) -> str:
    return f"{BASE}id/{path}"


def parts(graph: KnowledgeGraph) -> list[list[str]]:
    return sorted(sorted(a) for a in clusters(graph).values())


def test_yes_joins_names_that_have_nothing_in_common() -> None:
    pages = page("a", "Halvor"), page("b", "Teo Works")
    yes = merge(iri("Organization/Halvor"), iri("Organization/Teo_Works"), True)
    (entity,) = resolved(*pages, decisions=[yes]).entities
    assert entity.id == iri("Organization/Halvor")
    assert entity.aliases == (iri("Organization/Teo_Works"),)


def test_yes_joins_across_a_conflict_of_classes() -> None:
    pages = page("a", "Halvor"), page("b", "Halvor", type_="Person")
    yes = merge(iri("Organization/Halvor"), iri("Person/Halvor"), True)
    assert len(resolved(*pages).entities) == 2
    assert len(resolved(*pages, decisions=[yes]).entities) == 1


def test_a_decision_in_the_id_of_an_earlier_build_still_holds() -> None:
    pages = page("a", "Halvor"), page("b", "Teo Works"), page("c", "Lund Yard")
    first = merge(iri("Organization/Halvor"), iri("Organization/Teo_Works"), True)
    second = merge(iri("Organization/Teo_Works"), iri("Organization/Lund_Yard"), True)
    graph = resolved(*pages, decisions=[first, second])
    assert parts(graph) == [["a.txt", "b.txt", "c.txt"]]


def test_no_parts_one_name_of_two_articles_and_leaves_the_rest() -> None:
    pages = [page(name, "Halvor") for name in "abc"]
    ids = [p.extraction.entities[0].id for p in pages]
    graph = resolved(*pages, decisions=[merge(ids[0], ids[2], False)])
    assert parts(graph) == [["a.txt", "b.txt"], ["c.txt"]]
    assert graph.candidates == ()


def test_no_between_an_entity_and_the_id_of_its_cluster_takes_it_out() -> None:
    pages = [page(name, "Halvor") for name in "abc"]
    no = merge(pages[0].extraction.entities[0].id, iri("Organization/Halvor"), False)
    found = clusters(resolved(*pages, decisions=[no]))
    assert found == {
        "Organization/Halvor": {"b.txt", "c.txt"},
        "Organization/Halvor@a.txt": {"a.txt"},
    }


def test_no_takes_an_entity_out_of_a_name_of_the_domain() -> None:
    pages = [page(name, "Oster Port", type_="City", known=True) for name in "ab"]
    no = merge(pages[1].extraction.entities[0].id, KNOWN.iri, False)
    graph = resolved(*pages, decisions=[no])
    assert {e.id for e in graph.entities} == {KNOWN.iri, iri("Place/Oster_Port")}


def test_yes_and_no_split_a_cluster_as_asked() -> None:
    pages = [page(name, "Halvor") for name in "abcd"]
    a, b, c, d = (p.extraction.entities[0].id for p in pages)
    decisions = [merge(a, c, False), merge(a, d, True), merge(b, c, True)]
    graph = resolved(*pages, decisions=decisions)
    assert parts(graph) == [["a.txt", "d.txt"], ["b.txt", "c.txt"]]


def test_no_holds_through_what_the_evidence_would_join() -> None:
    pages = [page("a", "Baltic Grid Operators"), page("b", "BGO"), page("c", "BGO")]
    pages[0].entity("Baltic Grid Operators", mentions=["Baltic Grid Operators", "BGO"])
    assert len(resolved(*pages).entities) == 1
    no = merge(iri("Organization/Baltic_Grid_Operators"), iri("Organization/Bgo"), False)
    graph = resolved(*pages, decisions=[no])
    assert parts(graph) == [["a.txt"], ["b.txt", "c.txt"]]
    assert graph.candidates == ()


def test_a_contradiction_names_both_places() -> None:
    pages = [page("a", "Halvor"), page("b", "Teo Works"), page("c", "Lund Yard")]
    names = [iri(f"Organization/{n}") for n in ("Halvor", "Teo_Works", "Lund_Yard")]
    decisions = [
        merge(names[0], names[1], True, "review.yaml:3"),
        merge(names[1], names[2], True, "review.yaml:9"),
        merge(names[0], names[2], False, "review.yaml:15"),
    ]
    with pytest.raises(InputError, match=r"review.yaml:15 .*review.yaml:3, review.yaml:9"):
        resolved(*pages, decisions=decisions)


def test_a_merge_of_one_id_is_refused() -> None:
    one = iri("Organization/Halvor")
    with pytest.raises(InputError, match=r"review.yaml:3: a merge is about two ids"):
        resolved(page("a", "Halvor"), decisions=[merge(one, one, True, "review.yaml:3")])


def test_a_decision_about_nothing_there_has_no_effect() -> None:
    lost = merge(iri("Organization/Gone"), iri("Organization/Halvor"), True, "review.yaml:3")
    graph = resolved(page("a", "Halvor"), decisions=[lost])
    assert graph == resolved(page("a", "Halvor"))


@given(st.permutations(range(4)), st.permutations(range(3)))
def test_neither_the_order_of_articles_nor_that_of_decisions_matters(
    articles: list[int], order: list[int]
) -> None:
    pages = [page(name, "Halvor", "Teo Works") for name in "abcd"]
    a, _, c, d = (p.extraction.entities[0].id for p in pages)
    decisions = [
        merge(a, c, False),
        merge(d, c, True),
        merge(iri("Organization/Halvor"), iri("Organization/Teo_Works"), True),
    ]
    graph = resolved(*(pages[i] for i in articles), decisions=[decisions[i] for i in order])
    assert graph == resolved(*pages, decisions=decisions)
