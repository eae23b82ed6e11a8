"""One node a pair, of plain facts only; who is what in it comes from the data of the domain."""

from dataclasses import replace

import pytest

from kg.model.graph import Entity, Fact
from kg.model.partnership import Partnership
from kg.model.statement import Modality
from kg.ontology.domain import KnownName
from kg.reason import reason
from kg.reason.partnerships import partnerships
from tests.factories import (
    make_article,
    make_entity,
    make_evidence,
    make_fact,
    make_graph,
    make_literal,
    make_ontology,
)
from tests.rdf.strategies import ONTOLOGY

ARTICLE = make_article("Acme is a Gold Partner of the Fjord League until 2030, worth 9 million.")
SAYS = make_evidence(ARTICLE, "Acme is a Gold Partner")
ACME, BETA = make_entity("Acme"), make_entity("Beta")
LEAGUE = make_entity("Fjord League", "SportsOrganization")
CUP = make_entity("Fjord Cup 2028", "SportsEvent")
OTHER_CUP = make_entity("Dale Cup 2028", "SportsEvent")
GOLD = make_literal("Gold Partner")
START, YEARS = make_literal("2017", "gYear"), make_literal("P12Y", "duration", "12-year")


def found(*facts: Fact, names: tuple[KnownName, ...] = ()) -> tuple[Partnership, ...]:
    ontology = replace(ONTOLOGY, names={name.iri: name for name in names})
    return reason(make_graph([ARTICLE], facts), ontology).partnerships


def ids(entities: tuple[Entity, ...]) -> set[str]:
    return {entity.label for entity in entities}


def test_plain_partners_have_no_roles() -> None:
    (item,) = found(make_fact(ACME, "partnerOf", BETA, SAYS))
    assert ids(item.partners) == {"Acme", "Beta"}
    assert item.sponsors == item.rights_holders == item.covers == ()
    assert (item.period, item.derived, item.level, item.value) == ({}, {}, None, None)


def test_the_pair_is_one_node_in_whichever_order_it_is_told() -> None:
    here = make_fact(ACME, "partnerOf", BETA, SAYS)
    there = make_fact(BETA, "partnerOf", ACME, SAYS)
    assert found(here)[0].id == found(there)[0].id
    (both,) = found(here, there)
    assert both.facts == tuple(sorted((here.id, there.id)))


def test_who_sponsors_an_organisation_sponsors_its_partner() -> None:
    (item,) = found(make_fact(ACME, "sponsorOf", LEAGUE, SAYS))
    assert (ids(item.sponsors), ids(item.rights_holders)) == ({"Acme"}, {"Fjord League"})
    assert item.label == "Acme – Fjord League partnership"


def test_sponsored_events_are_covered_where_the_partner_arranges_them() -> None:
    deal = make_fact(ACME, "partnerOf", LEAGUE, SAYS, qualifiers={"level": GOLD})
    covered, other = (make_fact(ACME, "sponsorOf", cup, SAYS) for cup in (CUP, OTHER_CUP))
    arranged = make_fact(LEAGUE, "organizes", CUP, SAYS)
    (item,) = found(deal, covered, other, arranged)
    assert (ids(item.sponsors), ids(item.rights_holders)) == ({"Acme"}, {"Fjord League"})
    assert ids(item.covers) == {"Fjord Cup 2028"}
    assert item.facts == tuple(sorted((deal.id, covered.id)))
    assert item.level == GOLD


@pytest.mark.parametrize("relation", ["organizes", "organizedBy"])
def test_reference_data_may_say_who_arranges_the_event(relation: str) -> None:
    deal = make_fact(ACME, "partnerOf", LEAGUE, SAYS)
    ends = (LEAGUE, CUP) if relation == "organizes" else (CUP, LEAGUE)
    name = KnownName(ends[0].id, ends[0].type, "x", properties={relation: (ends[1].id,)})
    (item,) = found(deal, make_fact(ACME, "sponsorOf", CUP, SAYS), names=(name,))
    assert ids(item.covers) == {"Fjord Cup 2028"}


def test_a_level_that_a_programme_grants_tells_who_sponsors() -> None:
    deal = make_fact(ACME, "partnerOf", LEAGUE, SAYS, qualifiers={"level": GOLD})
    programme = KnownName(
        "https://example.org/gold", "Initiative", "Gold",
        properties={"grantsLevel": ("gold partner",), "organizedBy": (LEAGUE.id,)},
    )  # fmt: skip
    (item,) = found(deal, names=(programme,))
    assert (ids(item.sponsors), ids(item.rights_holders)) == ({"Acme"}, {"Fjord League"})
    silver = replace(programme, properties={**programme.properties, "grantsLevel": ("Silver",)})
    assert found(deal, names=(silver,))[0].sponsors == ()
    foreign = replace(programme, properties={**programme.properties, "organizedBy": ("urn:x",)})
    assert found(deal, names=(foreign,))[0].sponsors == ()


def test_partners_that_sponsor_each_other_have_no_roles() -> None:
    (item,) = found(
        make_fact(ACME, "sponsorOf", LEAGUE, SAYS), make_fact(LEAGUE, "sponsorOf", ACME, SAYS)
    )
    assert item.sponsors == item.rights_holders == ()


def test_the_end_that_a_rule_draws_is_kept_apart_from_what_is_stated() -> None:
    deal = make_fact(
        ACME, "partnerOf", LEAGUE, SAYS, qualifiers={"start": START, "duration": YEARS}
    )
    (item,) = found(deal)
    assert item.period == {"start": START, "duration": YEARS}
    assert item.derived == {"end": make_literal("2028", "gYear", "")}
    assert item.inferred
    assert not set(item.inferred) & set(item.facts)
    ended = replace(deal, qualifiers=(*deal.qualifiers, ("end", make_literal("2030", "gYear"))))
    (item,) = found(replace(ended, qualifiers=tuple(sorted(ended.qualifiers))))
    assert (item.period["end"].value, item.derived, item.inferred) == ("2030", {}, ())


def test_the_period_is_that_of_one_fact_and_not_mixed_of_two() -> None:
    old = make_fact(ACME, "partnerOf", LEAGUE, SAYS, qualifiers={"start": START, "duration": YEARS})
    new = replace(old, id="new", qualifiers=(("end", make_literal("2040", "gYear")),))
    assert found(old, new)[0].period == {"start": START, "duration": YEARS}


@pytest.mark.parametrize(
    ("modality", "speaker"),
    [(Modality.HEDGED, None), (Modality.NEGATED, None), (Modality.ASSERTED, BETA)],
)
def test_what_is_not_plain_makes_no_partnership_and_adds_nothing_to_one(
    modality: Modality, speaker: Entity | None
) -> None:
    rumour = make_fact(
        ACME, "partnerOf", LEAGUE, SAYS, modality=modality, attributed_to=speaker,
        qualifiers={"level": GOLD},
    )  # fmt: skip
    assert found(rumour) == ()
    assert found(rumour, make_fact(ACME, "partnerOf", LEAGUE, SAYS))[0].level is None


def test_only_a_plain_value_is_the_value() -> None:
    deal = make_fact(ACME, "partnerOf", LEAGUE, SAYS)
    amount = make_literal("9000000", "integer", "9 million")
    worth = make_fact(ACME, "partnershipValue", amount, SAYS, qualifiers={"with": LEAGUE})
    assert found(deal, worth)[0].value == worth.id
    rumour = replace(worth, modality=Modality.HEDGED)
    assert found(deal, rumour)[0].value is None
    nobody = replace(worth, qualifiers=())
    assert found(deal, nobody)[0].value is None


def test_people_are_no_partners_of_a_partnership() -> None:
    ann = make_entity("Ann Lee", "Person")
    assert found(make_fact(ACME, "sponsorOf", ann, SAYS)) == ()


def test_a_domain_that_names_no_relations_has_no_partnerships() -> None:
    graph = make_graph([ARTICLE], [make_fact(ACME, "partnerOf", BETA, SAYS)])
    assert partnerships(graph, make_ontology({"Company": ()}, {"partnerOf": "p"})) == ()
