"""Links to the gazetteer: the right place, or none. Ids are those of GeoNames."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from kg.model.decision import Decision, DecisionKind
from kg.model.graph import Entity, KnowledgeGraph
from kg.model.statement import Mention, Modality
from kg.model.text import Span
from kg.ontology.domain import KnownName
from tests.factories import make_ontology
from tests.resolve.builders import CLASSES, ONTOLOGY, Page
from tests.resolve.builders import resolved as resolved_in

FRANCE, TEXAS = "https://sws.geonames.org/2988507/", "https://sws.geonames.org/4717560/"
GEORGIA, GEORGIA_US = "https://sws.geonames.org/614540/", "https://sws.geonames.org/4197000/"
BIRMINGHAM, ALABAMA = "https://sws.geonames.org/2655603/", "https://sws.geonames.org/4049979/"

BRITAIN = KnownName("urn:names/uk", "Country", "United Kingdom", ("Britain", "UK"))
ATHENS = KnownName(
    "urn:names/athens", "City", "Athens", properties={"locatedIn": ("urn:names/greece",)}
)
GREECE = KnownName("urn:names/greece", "Country", "Greece")
PLACES = replace(
    ONTOLOGY,
    classes=make_ontology(CLASSES | {"Country": ("Place",), "Region": ("Place",)}).classes,
    names={n.iri: n for n in (BRITAIN, ATHENS, GREECE)},
)


def page(text: str, *places: tuple[str, str], name: str = "a.txt") -> Page:
    """An article, and what its text calls places: (label, class)."""
    article = Page(name, text)
    for label, type_ in places:
        known = {"United Kingdom": BRITAIN, "Athens": ATHENS, "Greece": GREECE}.get(label)
        forms = [label, *(known.alt_labels if known else ())]
        form = next(f for f in forms if f in text)
        entity = article.entity(label, type_, known_as=known.iri if known else None)
        start = text.index(form)
        span = Span(article.article.name, start, start + len(form))
        at = article._entities[entity]
        article._entities[entity] = replace(at, mentions=(Mention(span, form),))
    return article


def resolved(*pages: Page, decisions: tuple[Decision, ...] = ()) -> KnowledgeGraph:
    return resolved_in(*pages, ontology=PLACES, decisions=decisions)


def the(graph: KnowledgeGraph, label: str) -> Entity:
    (entity,) = (e for e in graph.entities if e.label == label)
    return entity


def links(text: str, label: str, *places: tuple[str, str]) -> tuple[str, ...]:
    return the(resolved(page(text, *places)), label).same_as


@pytest.mark.parametrize(
    ("label", "type_", "id_"),
    [
        ("Japan", "Country", 1861060),
        ("The Netherlands", "Country", 2750405),
        ("Netherlands", "Country", 2750405),
        ("Tokyo", "City", 1850147),
        ("São Paulo", "City", 3448439),
        ("Sao Paulo", "City", 3448439),
        ("New York", "City", 5128581),  # by its second name
        ("Singapore", "City", 1880252),
        ("Singapore", "Country", 1880251),
        ("Texas", "Region", 4736286),
    ],
)
def test_what_one_place_only_can_be_is_linked(label: str, type_: str, id_: int) -> None:
    found = links(f"They met in {label}.", label, (label, type_))
    assert found == (f"https://sws.geonames.org/{id_}/",)


@pytest.mark.parametrize(
    ("label", "type_"),
    [
        ("Birmingham", "City"),  # two large ones
        ("Springfield", "City"),
        ("Narita", "City"),  # one is listed, but smaller ones may not be
        ("Oster Port", "City"),  # in no gazetteer
        ("Manchester", "City"),
        ("Mexico", "City"),  # a second name of the capital, and the name of a smaller city
        ("Georgia", "Country"),
        ("Georgia", "Region"),
        ("Washington", "Region"),  # the state, or the capital after all
        ("Tokyo", "Company"),
        ("Europe", "Region"),
    ],
)
def test_what_could_be_several_is_not_linked(label: str, type_: str) -> None:
    assert links(f"They met in {label}.", label, (label, type_)) == ()


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("The fair in Paris opened.", (FRANCE,)),
        ("The fair in Paris, Texas, opened.", (TEXAS,)),
        ("The fair in Paris (Texas) opened.", (TEXAS,)),
        ("The fair in Paris, TX opened.", (TEXAS,)),
        ("The fair in Paris, France.", (FRANCE,)),
        ("The fair is in Paris, Texas. Halvor runs it.", (TEXAS,)),
        ("The fair in Paris, Kentucky, opened.", ()),  # not listed: the large one it is not
        ("Fairs in Paris, Texas and Ohio opened.", ()),  # a list, or not
        ("Fairs in Paris, France and Spain opened.", (FRANCE,)),
        ("In Paris, Texas Governor Hale said so.", ()),
        ("In Paris, Jordan Hale said so.", ()),  # caution: the country would be another
        ("The fair in Paris, Anna said, opened.", (FRANCE,)),
    ],
)
def test_what_stands_behind_a_name_tells_which_it_is(text: str, link: tuple[str, ...]) -> None:
    assert links(text, "Paris", ("Paris", "City")) == link


def test_a_second_name_is_not_taken_where_another_city_has_it_for_its_own() -> None:
    text = "They met in Manchester, Virginia."  # once a city beside Richmond, now a part of it
    graph = resolved(page(text, ("Manchester", "City")))
    assert the(graph, "Manchester").same_as == ()
    assert [c.label for c in graph.link_candidates] == ["Richmond, US-VA"]


def test_countries_of_the_article_tell_cities_apart() -> None:
    places = ("Birmingham", "City"), ("United Kingdom", "Country")
    assert links("From Birmingham to all of Britain.", "Birmingham", *places) == (BIRMINGHAM,)
    places = ("Birmingham", "City"), ("Alabama", "Region")
    assert links("From Birmingham to all of Alabama.", "Birmingham", *places) == (ALABAMA,)
    both = (*places, ("United Kingdom", "Country"))
    assert links("Birmingham, a city that Alabama and Britain have.", "Birmingham", *both) == ()


def test_a_country_that_fits_a_smaller_city_makes_the_large_one_unsure() -> None:
    graph = resolved(page("Paris lies in Texas.", ("Paris", "City"), ("Texas", "Region")))
    assert the(graph, "Paris").same_as == ()
    assert {c.iri for c in graph.link_candidates} == {FRANCE, TEXAS}
    places = ("Paris", "City"), ("Japan", "Country")
    assert links("From Paris to Japan.", "Paris", *places) == (FRANCE,)


def test_a_fact_about_the_place_tells_which_it_is() -> None:
    for region, link in (("Texas", (TEXAS,)), ("Japan", ())):
        article = page(f"Paris, says {region}.", ("Paris", "City"), (region, "Region"))
        paris, there = article._entities
        article.state(paris, "locatedIn", there)
        assert the(resolved(article), "Paris").same_as == link
    article = page("Paris is not in Texas.", ("Paris", "City"))
    article.state(
        article.entity("Paris", "City"),
        "locatedIn",
        article.entity("Texas", "Region"),
        modality=Modality.NEGATED,
    )
    assert the(resolved(article), "Paris").same_as == ()


def test_the_domain_tells_where_its_cities_lie() -> None:
    assert links("They ran in Athens.", "Athens", ("Athens", "City")) == (
        "https://sws.geonames.org/264371/",
    )
    for text in ("They ran in Athens, Georgia.", "In Athens, Georgia Hale ran."):
        assert links(text, "Athens", ("Athens", "City")) == ()


@pytest.mark.parametrize(
    ("text", "type_", "others", "link"),
    [
        ("Georgia votes; so says Tbilisi.", "Country", [("Tbilisi", "City")], (GEORGIA,)),
        ("Georgia votes; so says Atlanta.", "Country", [("Atlanta", "City")], ()),
        ("Georgia votes; so says Atlanta.", "Region", [("Atlanta", "City")], (GEORGIA_US,)),
        ("Georgia and Alabama vote.", "Region", [("Alabama", "Region")], (GEORGIA_US,)),
        ("Georgia and Alabama vote.", "Region", [("Alabama", "City")], (GEORGIA_US,)),
        ("Georgia and Alabama vote.", "Country", [("Alabama", "Region")], ()),
        ("Georgia and Japan vote.", "Country", [("Japan", "Country")], ()),
        (
            "Georgia votes in Tbilisi and Atlanta.",
            "Country",
            [("Tbilisi", "City"), ("Atlanta", "City")],
            (),
        ),
    ],
)
def test_georgia_is_the_country_or_the_state_or_left_open(
    text: str, type_: str, others: list[tuple[str, str]], link: tuple[str, ...]
) -> None:
    assert links(text, "Georgia", ("Georgia", type_), *others) == link


def test_two_articles_that_mean_two_cities_link_none() -> None:
    pages = [
        page("The fair in Paris, Texas, opened.", ("Paris", "City"), name="a"),
        page("The fair in Paris, France, opened.", ("Paris", "City"), name="b"),
    ]
    graphs = [resolved(*order) for order in permutations(pages)]
    assert graphs[0] == graphs[1]
    if len(cities := [e for e in graphs[0].entities if e.label == "Paris"]) == 1:
        assert cities[0].same_as == ()
        assert {c.iri for c in graphs[0].link_candidates} == {FRANCE, TEXAS}


def test_candidates_say_what_they_are() -> None:
    graph = resolved(page("They met in Birmingham.", ("Birmingham", "City")))
    first, *_ = sorted(graph.link_candidates, key=lambda c: -c.score)
    assert first.entity == the(graph, "Birmingham").id
    assert (first.iri, first.label, first.source) == (BIRMINGHAM, "Birmingham, GB", "GeoNames")
    assert "do not tell" in first.reason
    assert sum(c.score for c in graph.link_candidates) == pytest.approx(1, abs=0.001)


def test_a_far_smaller_city_is_proposed_only_where_its_country_is_named() -> None:
    city = ("Athens", "City")
    bare = resolved(page("They met in Athens.", city))
    assert all(c.score >= 0.05 for c in bare.link_candidates)
    largest = max((c.score for c in bare.link_candidates), default=0)
    assert all(c.score * 10 >= largest for c in bare.link_candidates)
    told = resolved(
        page(
            "They met in London. Canada was there, too.", ("London", "City"), ("Canada", "Country")
        )
    )
    assert "London, CA" in {c.label for c in told.link_candidates}


def test_a_decision_outranks_the_gazetteer() -> None:
    article = page("They met in Birmingham and Tokyo.", ("Birmingham", "City"), ("Tokyo", "City"))
    before = resolved(article)
    town, tokyo = the(before, "Birmingham"), the(before, "Tokyo")

    def decided(entity: str, iri: str, answer: bool) -> Decision:
        return Decision(DecisionKind.LINK, (entity, iri), answer)

    after = resolved(
        article,
        decisions=(
            decided(town.members[0], ALABAMA, True),  # by the id of a member
            decided(town.id, BIRMINGHAM, False),
            decided(tokyo.id, tokyo.same_as[0], False),
            decided("urn:nobody", ALABAMA, True),
        ),
    )
    assert the(after, "Birmingham").same_as == (ALABAMA,)
    assert the(after, "Tokyo").same_as == ()
    assert {c.iri for c in after.link_candidates}.isdisjoint({ALABAMA, BIRMINGHAM})
    assert len(after.link_candidates) == len(before.link_candidates) - 2


def test_the_later_decision_wins() -> None:
    article = page("They met in Birmingham.", ("Birmingham", "City"))
    town = the(resolved(article), "Birmingham").id
    yes, no = (Decision(DecisionKind.LINK, (town, ALABAMA), answer) for answer in (True, False))
    assert the(resolved(article, decisions=(yes, no)), "Birmingham").same_as == ()
    assert the(resolved(article, decisions=(no, yes)), "Birmingham").same_as == (ALABAMA,)
