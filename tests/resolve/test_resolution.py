"""From extractions to one graph: labels, classes, ids, order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.model.graph import Entity, KnowledgeGraph
from kg.resolve import resolve
from tests.resolve.builders import KNOWN, ONTOLOGY, Page, resolved


def only(graph: KnowledgeGraph) -> Entity:
    (entity,) = graph.entities
    return entity


def test_a_slip_of_the_pen_is_a_hidden_label() -> None:
    page = Page("one.txt")
    page.entity("Oster Port", "City", mentions=["Oster Part", "Oster Port"], known_as=KNOWN.iri)
    entity = only(resolved(page))
    assert entity.id == KNOWN.iri
    assert entity.label == "Oster Port"
    assert entity.alt_labels == ("Osterport",)
    assert entity.hidden_labels == ("Oster Part", "Oster Prot")
    assert entity.same_as == ("urn:elsewhere/Q1",)
    assert entity.mentions == ("Oster Part", "Oster Port")


def test_another_right_name_is_an_alternative_label() -> None:
    page = Page("one.txt")
    page.entity("Halvor Marine", mentions=["Halvor Marine", "Halvor Marine", "the  Yard on Oster"])
    entity = only(resolved(page))
    assert (entity.alt_labels, entity.hidden_labels) == (("the Yard on Oster",), ())


def test_capitals_alone_are_no_other_label() -> None:
    page = Page("one.txt")
    page.entity("Halvor", mentions=["Halvor", "HALVOR"])
    entity = only(resolved(page))
    assert (entity.alt_labels, entity.hidden_labels) == ((), ())


def test_short_names_are_never_taken_for_slips() -> None:
    page = Page("one.txt")
    page.entity("HMC", mentions=["HMC", "HMO"])
    entity = only(resolved(page))
    assert (entity.alt_labels, entity.hidden_labels) == (("HMO",), ())


@given(
    st.lists(
        st.sampled_from(["Halvor", "Halver", "HALVOR", "Halvor Marine", "Halvor Marin", "Yard"]),
        min_size=1,
        max_size=6,
    )
)
def test_labels_are_in_one_place_only(mentions: list[str]) -> None:
    page = Page("one.txt")
    page.entity("Halvor Marine", mentions=mentions)
    entity = only(resolved(page))
    labels = [entity.label, *entity.alt_labels, *entity.hidden_labels]
    assert len(labels) == len(set(labels))
    folded = {label.casefold() for label in labels}
    assert {m.casefold() for m in mentions} <= folded


def test_the_label_is_the_name_used_most_then_the_longest() -> None:
    pages = [Page(f"{n}.txt") for n in range(3)]
    pages[0].entity("Halvor", mentions=["Halvor"] * 2)
    pages[1].entity("Halvor Inc", mentions=["Halvor Inc"])
    pages[2].entity("The Halvor", mentions=["The Halvor"] * 2)
    assert only(resolved(*pages)).label == "The Halvor"


def test_a_name_is_a_better_label_than_a_description() -> None:
    one, two = Page("one.txt"), Page("two.txt")
    named = one.entity("Oster Gallery", "Initiative")
    described = two.entity("art gallery", "Initiative", named=False, mentions=["art gallery"] * 5)
    one.state(named, "locatedIn", one.entity("Oster Port", "City", known_as=KNOWN.iri))
    two.state(described, "locatedIn", two.entity("Oster Port", "City", known_as=KNOWN.iri))
    labels = {e.label for e in resolved(one, two).entities}
    assert labels == {"Oster Gallery", "Oster Port"}


def test_one_name_of_two_kinds_stays_two_entities() -> None:
    one, two = Page("one.txt"), Page("two.txt")
    one.entity("Halvor", "Company")
    two.entity("Halvor", "Person")
    entities = resolved(one, two).entities
    assert [e.type for e in entities] == ["Company", "Person"]
    assert len({e.id for e in entities}) == 2


def test_the_class_is_the_one_of_most_mentions() -> None:
    one, two = Page("one.txt"), Page("two.txt")
    one.entity("Halvor", "Organization", mentions=["Halvor"])
    two.entity("Halvor", "Company", mentions=["Halvor"] * 2)
    assert only(resolved(one, two)).type == "Company"


def test_the_id_of_a_named_entity_does_not_depend_on_the_article() -> None:
    one, two = Page("one.txt"), Page("two.txt")
    one.entity("Halvor")
    two.entity("Halvor")
    assert only(resolved(one)).id == only(resolved(two)).id == only(resolved(one, two)).id


def test_what_has_no_name_has_an_id_of_its_article() -> None:
    one, two = Page("one.txt"), Page("two.txt")
    ids = {p.entity("a floating gallery", "Initiative", named=False) for p in (one, two)}
    assert {e.id for e in resolved(one, two).entities} == ids


def test_statements_stay_as_they_were_extracted() -> None:
    one, two = Page("one.txt"), Page("two.txt")
    for page in (one, two):
        page.state(page.entity("Halvor"), "launched", page.entity("Nordlys", "Product"))
    graph = resolved(one, two)
    assert graph.statements == one.extraction.statements + two.extraction.statements
    assert graph.article_entities == one.extraction.entities + two.extraction.entities
    assert len(graph.facts) == 1


def test_settings_are_sorted_and_kept() -> None:
    graph = resolve([], [], ONTOLOGY, {"model": "m", "domain": "d"})
    assert list(graph.settings) == ["domain", "model"]
    assert (graph.articles, graph.entities, graph.facts) == ((), (), ())


@given(st.permutations(range(4)))
def test_the_order_of_the_articles_does_not_matter(order: list[int]) -> None:
    pages = [Page(f"{n}.txt") for n in range(4)]
    for n, page in enumerate(pages):
        company = page.entity("Halvor" if n % 2 else "Halvor Ltd")
        page.state(company, "launched", page.entity("Nordlys", "Product"), confidence=0.1 * n + 0.1)
        page.state(company, "partnerOf", page.entity("Teo Works"), confidence=0.3)
    assert resolved(*(pages[i] for i in order)) == resolved(*pages)
