"""What follows is marked, has the evidence of its premises, and is never stronger than they are."""

from dataclasses import replace
from itertools import pairwise, permutations

import pytest
from hypothesis import given

from kg.model.graph import Entity, Fact, KnowledgeGraph
from kg.model.statement import Modality
from kg.ontology.domain import Ontology, Relation
from kg.ontology.rules import Implication
from kg.reason.inference import infer
from tests.factories import (
    BASE,
    make_article,
    make_entity,
    make_evidence,
    make_fact,
    make_literal,
    make_ontology,
)
from tests.rdf.strategies import ONTOLOGY, graphs

TEXT = "Acme sponsors Beta. Since 2017 they have a 12-year deal. Acme runs Shoply in Oslo."
ARTICLE = make_article(TEXT)
ACME, BETA = make_entity("Acme"), make_entity("Beta")
SHOPLY, OSLO = make_entity("Shoply", "Platform"), make_entity("Oslo", "City")
GAMES, ANN = make_entity("Fjord Games 2028", "OlympicGames"), make_entity("Ann Lee", "Person")
SAYS = make_evidence(ARTICLE, "Acme sponsors Beta")
DEAL = {
    "start": make_literal("2017", "gYear"),
    "duration": make_literal("P12Y", "duration", "12-year"),
}


def claims(*facts: Fact) -> set[tuple[str | None, str, str, str]]:
    return {
        (f.derived_by, f.subject.label, f.predicate, f.object.label)
        for f in infer(facts, ONTOLOGY)
        if isinstance(f.object, Entity)
    }


def test_partners_are_partners_of_each_other() -> None:
    fact = make_fact(ACME, "partnerOf", BETA, SAYS)
    assert claims(fact) == {("symmetric", "Beta", "partnerOf", "Acme")}


def test_an_inverse_is_read_from_the_other_end() -> None:
    fact = make_fact(ANN, "worksFor", ACME, SAYS, qualifiers={"role": make_literal("chair")})
    (found,) = infer([fact], ONTOLOGY)
    assert (found.subject, found.predicate, found.object) == (ACME, "employs", ANN)
    assert dict(found.qualifiers) == {"role": make_literal("chair")}


def test_a_super_property_holds_too_and_so_does_its_inverse() -> None:
    assert claims(make_fact(ACME, "operatesPlatform", SHOPLY, SAYS)) == {
        ("super-property", "Acme", "provides", "Shoply"),
        ("inverse", "Shoply", "operatedBy", "Acme"),
        ("inverse", "Shoply", "providedBy", "Acme"),
    }


def test_who_sponsors_an_organisation_is_its_partner_but_not_that_of_games() -> None:
    assert ("sponsor-is-partner", "Acme", "partnerOf", "Beta") in claims(
        make_fact(ACME, "sponsorOf", BETA, SAYS)
    )
    assert claims(make_fact(ACME, "sponsorOf", GAMES, SAYS)) == {
        ("inverse", "Fjord Games 2028", "sponsoredBy", "Acme")
    }


def test_a_step_from_an_inferred_fact_has_it_as_its_premise() -> None:
    fact = make_fact(ACME, "sponsorOf", BETA, SAYS)
    found = {(f.derived_by, f.predicate): f for f in infer([fact], ONTOLOGY)}
    partner = found["sponsor-is-partner", "partnerOf"]
    assert partner.premises == (fact.id,)
    assert found["symmetric", "partnerOf"].premises == (partner.id,)


def test_a_twelve_year_deal_from_2017_runs_through_2028() -> None:
    fact = make_fact(ACME, "partnerOf", BETA, SAYS, qualifiers=DEAL)
    (found,) = [f for f in infer([fact], ONTOLOGY) if f.derived_by == "period-end"]
    assert (found.subject, found.predicate, found.object) == (ACME, "partnerOf", BETA)
    assert dict(found.qualifiers) == DEAL | {"end": make_literal("2028", "gYear", "")}
    assert found.premises == (fact.id,)


def test_a_stated_end_is_never_inferred_again() -> None:
    said = DEAL | {"end": make_literal("2029", "gYear")}
    fact = make_fact(ACME, "partnerOf", BETA, SAYS, qualifiers=said)
    assert {f.derived_by for f in infer([fact], ONTOLOGY)} == {"symmetric"}


def test_what_is_stated_is_not_inferred() -> None:
    facts = [
        make_fact(ACME, "operatesPlatform", SHOPLY, SAYS),
        make_fact(ACME, "provides", SHOPLY, SAYS),
    ]
    assert "super-property" not in {f.derived_by for f in infer(facts, ONTOLOGY)}


@pytest.mark.parametrize(
    ("stated", "drawn"),
    [(Modality.ASSERTED, False), (Modality.PLANNED, False), (Modality.HEDGED, True)],
)
def test_a_plan_adds_nothing_to_a_claim_but_something_to_a_rumour(
    stated: Modality, drawn: bool
) -> None:
    facts = [
        make_fact(ACME, "operatesPlatform", SHOPLY, SAYS, modality=Modality.PLANNED),
        make_fact(ACME, "provides", SHOPLY, SAYS, modality=stated),
    ]
    found = [f for f in infer(facts, ONTOLOGY) if f.derived_by == "super-property"]
    assert [f.modality for f in found] == [Modality.PLANNED] * drawn


def test_a_denial_is_turned_round_and_nothing_else() -> None:
    denied = Modality.NEGATED
    facts = [
        make_fact(ACME, "operatesPlatform", SHOPLY, SAYS, modality=denied),
        make_fact(ACME, "sponsorOf", BETA, SAYS, modality=denied, qualifiers=DEAL),
    ]
    found = infer(facts, ONTOLOGY)
    assert {(f.derived_by, f.predicate) for f in found} == {
        ("inverse", "operatedBy"),
        ("inverse", "sponsoredBy"),
    }
    assert {f.modality for f in found} == {denied}


def test_one_claim_of_two_premises_is_one_fact_with_the_evidence_of_both() -> None:
    other = make_evidence(ARTICLE, "Acme runs Shoply")
    facts = [
        make_fact(ACME, "sponsorOf", BETA, SAYS, confidence=0.7),
        replace(
            make_fact(ACME, "sponsorOf", BETA, other, confidence=0.9, qualifiers={"place": OSLO}),
            id="another",
        ),
    ]
    (found,) = [f for f in infer(facts, ONTOLOGY) if f.derived_by == "sponsor-is-partner"]
    assert found.premises == tuple(sorted(f.id for f in facts))
    assert found.evidence == (SAYS, other)
    assert found.confidence == 0.9


def test_what_does_not_fit_the_classes_is_not_drawn() -> None:
    sponsors_person = make_fact(ACME, "sponsorOf", ANN, SAYS)
    assert {f.predicate for f in infer([sponsors_person], ONTOLOGY)} == {"sponsoredBy"}


def test_which_rules_there_are_is_data() -> None:
    relations = {"knows": "knows", "likes": "likes", "likedBy": "is liked by", "from": "from"}
    base = make_ontology({"Company": ()}, relations, symmetric=["knows"])
    facts = [make_fact(ACME, "likes", BETA, SAYS), make_fact(BETA, "knows", ANN, SAYS)]
    assert [f.predicate for f in infer(facts, base)] == ["knows"]
    liked = Relation(f"{BASE}likes", "likes", "likes", "", parents=("knows",), inverse="likedBy")
    more = replace_relation(base, liked, Implication("own", "likes", "from"))
    assert {(f.derived_by, f.predicate) for f in infer(facts, more)} == {
        ("symmetric", "knows"), ("inverse", "likedBy"), ("super-property", "knows"), ("own", "from")
    }  # fmt: skip


def replace_relation(ontology: Ontology, relation: Relation, *rules: Implication) -> Ontology:
    relations = {**ontology.relations, relation.name: relation}
    return replace(ontology, relations=relations, rules=rules)


def test_rules_that_feed_each_other_come_to_an_end() -> None:
    base = make_ontology({"Company": ()}, {"a": "a", "b": "b"}, symmetric=["a", "b"])
    rules = (Implication("there", "a", "b"), Implication("back", "b", "a"))
    found = infer([make_fact(ACME, "a", BETA, SAYS)], replace(base, rules=rules))
    claimed = [(f.subject.label, f.predicate) for f in found]
    assert sorted(claimed) == [("Acme", "b"), ("Beta", "a"), ("Beta", "b")]


def test_a_long_chain_of_super_properties_is_followed_to_its_end() -> None:
    names = [f"r{number:02}" for number in range(20)]
    base = make_ontology({"Company": ()}, {name: name for name in names})
    for name, parent in pairwise(names):
        base = replace_relation(base, replace(base.relations[name], parents=(parent,)))
    found = infer([make_fact(ACME, names[0], BETA, SAYS)], base)
    assert {fact.predicate for fact in found} == set(names[1:])


def test_two_rules_for_one_claim_give_one_fact_named_after_the_first() -> None:
    base = make_ontology({"Company": ()}, {"a": "a", "b": "b", "c": "c"})
    rules = (Implication("one", "b", "c"), Implication("another", "a", "c"))
    facts = [make_fact(ACME, "a", BETA, SAYS), make_fact(ACME, "b", BETA, SAYS)]
    (found,) = infer(facts, replace(base, rules=rules))
    assert (found.derived_by, found.premises) == ("another", (facts[0].id,))


def test_a_domain_without_rules_gives_nothing() -> None:
    facts = [make_fact(ACME, "partnerOf", BETA, SAYS, qualifiers=DEAL)]
    assert infer(facts, make_ontology({"Company": ()}, {"partnerOf": "partner"})) == ()
    assert infer((), ONTOLOGY) == ()


def claim(fact: Fact) -> tuple[object, ...]:
    value = fact.object.id if isinstance(fact.object, Entity) else fact.object.value
    speaker = fact.attributed_to.id if fact.attributed_to else None
    return fact.subject.id, fact.predicate, value, speaker, fact.modality, fact.qualifiers


@given(graphs())
def test_what_holds_for_every_inferred_fact(graph: KnowledgeGraph) -> None:
    found = infer(graph.facts, ONTOLOGY)
    known = {f.id: f for f in (*graph.facts, *found)}
    assert len(known) == len(graph.facts) + len(found)
    assert [f.id for f in found] == sorted(f.id for f in found)
    stated = {claim(f) for f in graph.facts}
    for fact in found:
        premises = [known[key] for key in fact.premises]
        assert fact.derived_by
        assert premises
        assert {f.modality for f in premises} == {fact.modality}
        assert {f.attributed_to for f in premises} == {fact.attributed_to}
        assert set(fact.evidence) == {e for f in premises for e in f.evidence}
        assert fact.confidence == max(f.confidence for f in premises)
        assert claim(fact) not in stated
        if fact.derived_by != "period-end":  # which repeats a claim that is stated
            relation = ONTOLOGY.relations[fact.predicate]
            assert ONTOLOGY.is_any(fact.subject.type, relation.domain)


@given(graphs())
def test_the_order_of_the_facts_does_not_matter(graph: KnowledgeGraph) -> None:
    results = {infer(order, ONTOLOGY) for order in permutations(graph.facts[:3])}
    assert len(results) == 1
