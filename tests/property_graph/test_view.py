"""The property graph: what is a node, what a relationship, and that no rumour looks like a fact."""

from __future__ import annotations

import dataclasses
from datetime import date
from functools import cache

import pytest

from kg.errors import InvalidGraphError
from kg.model.discrepancy import Discrepancy, DiscrepancyKind, Side
from kg.model.graph import Fact, KnowledgeGraph
from kg.model.partnership import Partnership
from kg.model.statement import Modality
from kg.ontology.domain import Ontology, load_ontology
from kg.property_graph import EvidenceForm, Node, PropertyGraph, Relationship, property_graph
from tests.factories import (
    make_article,
    make_entity,
    make_evidence,
    make_fact,
    make_graph,
    make_literal,
)

TEXT = "Acme may back the Cup. Jane Roe said: Acme backs it. Acme was founded in 2001."
ARTICLE = make_article(TEXT, title="Cups", published="2024-05-06", url="https://example.org/cup")
ACME = make_entity(
    "Acme",
    "Company",
    alt_labels=("Acme Inc",),
    hidden_labels=("Akme",),
    same_as=("https://example.org/q1",),
)
CUP = make_entity("Cup", "SportsEvent")
JANE = make_entity("Jane Roe", "Person")
PLACE = make_evidence(ARTICLE, "Acme may back the Cup")


@cache
def newsroom() -> Ontology:
    return load_ontology("newsroom")


def view(*facts: Fact, form: EvidenceForm = EvidenceForm.NODES, **fields: object) -> PropertyGraph:
    graph = dataclasses.replace(make_graph([ARTICLE], facts), **fields)  # type: ignore[arg-type]
    return property_graph(graph, newsroom(), evidence=form)


def fact_relationships(graph: PropertyGraph) -> list[Relationship]:
    return [item for item in graph.relationships if "relation" in item.properties]


def node(graph: PropertyGraph, id_: str) -> Node:
    (found,) = [item for item in graph.nodes if item.id == id_]
    return found


def test_an_entity_has_its_classes_as_labels_from_the_most_general() -> None:
    graph = view(make_fact(ACME, "sponsorOf", CUP, PLACE))
    assert node(graph, ACME.id).labels == ("Entity", "Agent", "Organization", "Company")
    assert node(graph, ACME.id).properties == {
        "altNames": ("Acme Inc",),
        "hiddenNames": ("Akme",),
        "mentions": ("Acme",),
        "name": "Acme",
        "sameAs": ("https://example.org/q1",),
        "searchNames": ("acme", "acme inc", "akme"),
        "type": "Company",
    }


@pytest.mark.parametrize(
    ("modality", "speaker", "rule", "type_"),
    [
        (Modality.ASSERTED, None, None, "SPONSOR_OF"),
        (Modality.PLANNED, None, None, "SPONSOR_OF"),
        (Modality.HEDGED, None, None, "CLAIMED_SPONSOR_OF"),
        (Modality.ASSERTED, JANE, None, "CLAIMED_SPONSOR_OF"),
        (Modality.NEGATED, None, None, "DENIED_SPONSOR_OF"),
        (Modality.NEGATED, JANE, None, "DENIED_SPONSOR_OF"),
        (Modality.ASSERTED, None, "rule", "INFERRED_SPONSOR_OF"),
        (Modality.HEDGED, None, "rule", "CLAIMED_SPONSOR_OF"),
    ],
)
def test_a_bare_type_is_what_an_article_says_itself(
    modality: Modality, speaker: object, rule: str | None, type_: str
) -> None:
    fact = make_fact(
        ACME, "sponsorOf", CUP, PLACE, modality=modality, attributed_to=speaker, derived_by=rule
    )
    (found,) = fact_relationships(view(fact))
    assert found.type == type_
    assert found.properties["relation"] == "sponsorOf"
    assert found.properties["stance"] == str(modality)
    assert found.properties["inferred"] is (rule is not None)
    assert (found.start, found.end) == (ACME.id, CUP.id)


def test_a_speaker_is_named_on_the_relationship_and_linked_from_the_statement() -> None:
    fact = make_fact(ACME, "sponsorOf", CUP, PLACE, attributed_to=JANE)
    graph = view(fact)
    (found,) = fact_relationships(graph)
    assert (found.properties["speaker"], found.properties["speakerId"]) == ("Jane Roe", JANE.id)
    assert [r.end for r in graph.relationships if r.type == "SPEAKER"] == [JANE.id]


def test_evidence_as_nodes_leads_from_the_statement_to_the_article() -> None:
    fact = make_fact(ACME, "sponsorOf", CUP, PLACE)
    graph = view(fact)
    (claim,) = fact_relationships(graph)
    statement = node(graph, claim.id)
    assert statement.labels == ("Statement",)
    assert statement.properties["factId"] == fact.id
    ends = {r.type: r.end for r in graph.relationships if r.start == statement.id}
    assert (ends["SUBJECT"], ends["OBJECT"]) == (ACME.id, CUP.id)
    (place,) = [r for r in graph.relationships if r.type == "EVIDENCE"]
    assert place.start == statement.id
    assert place.properties == {
        "quote": "Acme may back the Cup",
        "startChar": 0,
        "endChar": 21,
        "voice": "narrator",
        "extractor": "frames/test",
    }
    article = node(graph, place.end)
    assert article.labels == ("Article",)
    assert article.properties == {
        "format": "txt",
        "name": "a.txt",
        "published": "2024-05-06",
        "publishedDay": date(2024, 5, 6),
        "publishedYear": 2024,
        "title": "Cups",
        "url": "https://example.org/cup",
    }


def test_evidence_as_properties_is_arrays_in_step() -> None:
    places = (PLACE, make_evidence(ARTICLE, "Acme backs it"))
    graph = view(make_fact(ACME, "sponsorOf", CUP, places), form=EvidenceForm.PROPERTIES)
    (claim,) = fact_relationships(graph)
    assert claim.properties["quotes"] == ("Acme may back the Cup", "Acme backs it")
    assert claim.properties["articles"] == ("a.txt", "a.txt")
    assert claim.properties["startChars"] == (0, 38)
    assert claim.properties["voices"] == ("narrator", "narrator")
    assert {n.key for n in graph.nodes} == {"Entity"}


def test_without_evidence_there_is_no_quote_anywhere() -> None:
    graph = view(make_fact(ACME, "sponsorOf", CUP, PLACE), form=EvidenceForm.NONE)
    assert "Acme may back" not in repr(graph)
    assert len(graph.relationships) == 1


def test_qualifiers_are_typed_and_keep_the_words() -> None:
    qualifiers = {
        "start": make_literal("2017", "gYear", "2017"),  # its words say nothing more
        "end": make_literal("2028-07-14", "date", "14 July 2028"),
        "level": make_literal("worldwide"),
        "with": CUP,
    }
    (found,) = fact_relationships(
        view(make_fact(ACME, "partnerOf", JANE, PLACE, qualifiers=qualifiers))
    )
    expected = {
        "start": "2017",
        "startYear": 2017,
        "end": "2028-07-14",
        "endYear": 2028,
        "endDay": date(2028, 7, 14),
        "endText": "14 July 2028",
        "level": "worldwide",
        "with": "Cup",
        "withId": CUP.id,
    }
    assert expected.items() <= found.properties.items()
    assert "startText" not in found.properties


def test_a_literal_is_a_node_and_if_nobody_doubts_it_a_property_too() -> None:
    founded = make_fact(ACME, "foundedIn", make_literal("2001", "gYear"), PLACE)
    graph = view(founded)
    (claim,) = fact_relationships(graph)
    value = node(graph, claim.end)
    assert value.labels == ("Value",)
    assert (value.properties["value"], value.properties["valueYear"]) == ("2001", 2001)
    own = node(graph, ACME.id).properties
    assert (own["foundedIn"], own["foundedInYear"]) == ("2001", 2001)


@pytest.mark.parametrize(
    "others",
    [
        {"modality": Modality.HEDGED},
        {"modality": Modality.PLANNED},
        {"modality": Modality.NEGATED},
        {"attributed_to": JANE},
        {"qualifiers": {"date": make_literal("1999", "gYear")}},
    ],
)
def test_what_is_not_plainly_so_is_no_property_of_its_subject(others: dict[str, object]) -> None:
    literal = make_literal("2001", "gYear")
    graph = view(make_fact(ACME, "foundedIn", literal, PLACE, **others))  # type: ignore[arg-type]
    assert "foundedIn" not in node(graph, ACME.id).properties


def test_two_values_of_one_property_make_none() -> None:
    facts = [
        make_fact(ACME, "foundedIn", make_literal(y, "gYear"), PLACE) for y in ("2001", "2002")
    ]
    assert "foundedIn" not in node(view(*facts), ACME.id).properties


def test_a_value_that_does_not_fit_together_with_another_is_no_property() -> None:
    fact = make_fact(ACME, "foundedIn", make_literal("2001", "gYear"), PLACE)
    sides = (Side("2001", (PLACE,), fact.id), Side("1999", reference="https://example.org/r"))
    item = Discrepancy("d", DiscrepancyKind.SLIP, ACME.id, "foundedIn", "They differ", sides)
    assert "foundedIn" not in node(view(fact, discrepancies=(item,)), ACME.id).properties


def test_a_bounded_number_is_no_exact_one() -> None:
    number = make_literal("500000000", "integer", "500 million")
    bound = {"comparator": make_literal("more than"), "unit": make_literal("users")}
    exact, bounded = (
        view(make_fact(ACME, "hasMeasure", number, PLACE, qualifiers=qualifiers))
        for qualifiers in ({}, bound)
    )
    (one,) = [n for n in exact.nodes if n.key == "Value"]
    (other,) = [n for n in bounded.nodes if n.key == "Value"]
    assert one.labels == ("Value", "Quantity")
    assert (one.properties["number"], one.properties["statedNumber"]) == (5e8, 5e8)
    assert "number" not in other.properties
    assert other.properties["statedNumber"] == 5e8
    assert other.properties["name"] == "more than 500 million users"
    assert (other.properties["comparator"], other.properties["unit"]) == ("more than", "users")


def test_a_partnership_is_a_node_with_roles() -> None:
    fact = make_fact(ACME, "partnerOf", JANE, PLACE)
    deal = Partnership(
        id="https://example.org/kg/partnership/1",
        label="Acme and Jane Roe",
        partners=(ACME, JANE),
        sponsors=(ACME,),
        rights_holders=(JANE,),
        covers=(CUP,),
        period={"start": make_literal("2017", "gYear")},
        derived={"end": make_literal("2028", "gYear", "")},
        facts=(fact.id,),
    )
    graph = view(fact, partnerships=(deal,))
    found = node(graph, deal.id)
    assert found.labels == ("Entity", "Partnership", "Sponsorship")
    expected = {"start": "2017", "startYear": 2017, "inferredEnd": "2028", "inferredEndYear": 2028}
    assert expected.items() <= found.properties.items()
    assert "end" not in found.properties
    ends = {(r.type, r.end) for r in graph.relationships if r.start == deal.id}
    assert {
        ("HAS_PARTNER", ACME.id),
        ("HAS_SPONSOR", ACME.id),
        ("HAS_RIGHTS_HOLDER", JANE.id),
        ("COVERS_EVENT", CUP.id),
    } <= ends
    assert "BASED_ON" in {type_ for type_, _ in ends}


def test_a_discrepancy_leads_to_its_entity_sides_and_articles() -> None:
    fact = make_fact(ACME, "sponsorOf", CUP, PLACE)
    item = Discrepancy(
        id="d1",
        kind=DiscrepancyKind.CONFLICT,
        subject=ACME.id,
        predicate="sponsorOf",
        message="They differ",
        sides=(Side("one", (PLACE,), fact.id), Side("other", reference="https://example.org/r")),
    )
    graph = view(fact, discrepancies=(item,))
    (found,) = [n for n in graph.nodes if n.key == "Discrepancy"]
    assert [r.end for r in graph.relationships if r.type == "CONCERNS"] == [ACME.id]
    sides = [r.end for r in graph.relationships if r.type == "HAS_SIDE" and r.start == found.id]
    says = {node(graph, side).properties["says"] for side in sides}
    assert says == {"one", "other"}
    side_evidence = [r for r in graph.relationships if r.type == "EVIDENCE" and r.start in sides]
    assert [r.properties["quote"] for r in side_evidence] == ["Acme may back the Cup"]


def test_both_ends_of_every_relationship_are_there_and_ids_are_unique() -> None:
    fact = make_fact(ACME, "sponsorOf", CUP, PLACE, attributed_to=JANE)
    graph = view(fact, copies=(("b.txt", "a.txt"),))
    ids = [n.id for n in graph.nodes]
    assert len(ids) == len(set(ids))
    assert all({r.start, r.end} <= set(ids) for r in graph.relationships)
    keys = [(r.type, r.id) for r in graph.relationships]
    assert len(keys) == len(set(keys))


def test_an_unknown_class_or_relation_is_named() -> None:
    with pytest.raises(InvalidGraphError, match="'Gizmo'"):
        view(make_fact(make_entity("X", "Gizmo"), "sponsorOf", CUP, PLACE))
    with pytest.raises(InvalidGraphError, match="'backs'"):
        view(make_fact(ACME, "backs", CUP, PLACE))


def test_an_empty_graph_is_an_empty_property_graph() -> None:
    assert property_graph(KnowledgeGraph(), newsroom()) == PropertyGraph((), ())


def test_a_relationship_without_an_end_is_an_error_and_not_left_out() -> None:
    strange = Discrepancy(
        "d1", DiscrepancyKind.TYPO, make_entity("Nobody", "Person").id, None, "a slip", ()
    )
    with pytest.raises(InvalidGraphError, match=r"CONCERNS has the end .*, which is no node"):
        view(make_fact(ACME, "sponsorOf", CUP, PLACE), discrepancies=(strange,))
