"""One claim in many places is one fact with all its evidence; what differs stays apart."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.graph import Entity, Fact
from kg.model.statement import Literal, Modality, Voice
from kg.resolve.merge import agreed
from tests.factories import make_literal
from tests.resolve.builders import Page, resolved

ASSERTED, PLANNED = Modality.ASSERTED, Modality.PLANNED
HEDGED, NEGATED = Modality.HEDGED, Modality.NEGATED


def year(value: str) -> Literal:
    return make_literal(value, "gYear")


def launch(page: Page, **how: object) -> None:
    """States that Halvor launched the Nordlys ferry."""
    company, product = page.entity("Halvor"), page.entity("Nordlys ferry", "Product")
    page.state(company, "launched", product, **how)  # type: ignore[arg-type]


def speaker_of(fact: Fact) -> str | None:
    return fact.attributed_to.label if fact.attributed_to is not None else None


def test_one_claim_in_two_articles_is_one_fact_with_two_pieces_of_evidence() -> None:
    one, two = Page("one.txt"), Page("two.txt")
    launch(one, confidence=0.5)
    launch(two, confidence=0.6)
    (fact,) = resolved(one, two).facts
    assert [e.span.article for e in fact.evidence] == ["one.txt", "two.txt"]
    assert fact.sources == 2
    assert fact.confidence == pytest.approx(1 - 0.5 * 0.4)


def test_copies_of_one_text_are_one_source() -> None:
    one, two = Page("one.txt", "The same words."), Page("two.txt", "The same words.")
    launch(one, confidence=0.5)
    launch(two, confidence=0.6)
    (fact,) = resolved(one, two).facts
    assert (fact.sources, len(fact.evidence)) == (1, 2)
    assert fact.confidence == pytest.approx(0.6)


def test_a_claim_made_twice_in_one_article_is_no_more_sure() -> None:
    page = Page("one.txt")
    launch(page, confidence=0.5)
    launch(page, confidence=0.6)
    (fact,) = resolved(page).facts
    assert (fact.sources, len(fact.evidence), fact.confidence) == (1, 2, 0.6)


def test_extractors_that_agree_raise_the_confidence_by_half_of_what_sources_would() -> None:
    page = Page("one.txt")
    launch(page, confidence=0.6)
    launch(page, confidence=0.4, extractor="frames/other")  # the rules again: no agreement
    launch(page, confidence=0.5, extractor="llm:small")
    (fact,) = resolved(page).facts
    assert fact.sources == 1
    assert fact.confidence == pytest.approx(1 - 0.4 * (1 - 0.5 / 2))
    assert {e.extractor for e in fact.evidence} == {"frames/test", "frames/other", "llm:small"}


def test_copies_read_by_different_extractors_are_one_source_that_agrees() -> None:
    one, two = Page("one.txt", "The same words."), Page("two.txt", "The same words.")
    launch(one, confidence=0.6)
    launch(two, confidence=0.5, extractor="learned/launched")
    (fact,) = resolved(one, two).facts
    assert (fact.sources, fact.confidence) == (1, pytest.approx(0.7))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=3))
def test_agreement_never_lowers_a_confidence_and_is_below_independence(found: list[float]) -> None:
    together = agreed(found)
    assert max(found) <= together + 1e-12
    assert together <= 1 - math.prod(1 - c for c in found) + 1e-12
    assert together == pytest.approx(agreed(found[::-1]))


def test_no_number_of_sources_makes_certain() -> None:
    pages = [Page(f"{n}.txt") for n in range(9)]
    for page in pages:
        launch(page, confidence=0.9)
    (fact,) = resolved(*pages).facts
    assert fact.confidence == 0.99


def test_the_article_outranks_whom_it_quotes() -> None:
    page = Page("one.txt")
    launch(page)
    launch(page, speaker=page.entity("Ada Brask", "Person"), voice=Voice.QUOTE, modality=HEDGED)
    (fact,) = resolved(page).facts
    assert (speaker_of(fact), fact.modality, len(fact.evidence)) == (None, ASSERTED, 2)


def test_claims_of_two_speakers_stay_apart() -> None:
    page = Page("one.txt")
    for person in ("Ada Brask", "Teo Lind"):
        launch(page, speaker=page.entity(person, "Person"), voice=Voice.QUOTE)
    assert sorted(map(str, map(speaker_of, resolved(page).facts))) == ["Ada Brask", "Teo Lind"]


def test_a_speaker_in_one_article_is_no_narrator_of_another() -> None:
    one, two = Page("one.txt"), Page("two.txt")
    launch(one)
    launch(two, speaker=two.entity("Ada Brask", "Person"), voice=Voice.QUOTE)
    facts = resolved(one, two).facts
    assert sorted((speaker_of(f) or "", f.sources) for f in facts) == [("", 1), ("Ada Brask", 1)]


def test_what_happened_outranks_what_was_planned_in_one_article() -> None:
    page = Page("one.txt")
    launch(page, modality=PLANNED)
    launch(page)
    (fact,) = resolved(page).facts
    assert (fact.modality, len(fact.evidence)) == (ASSERTED, 2)


def test_a_headline_does_not_outrank_the_text() -> None:
    page = Page("one.txt")
    launch(page, voice=Voice.HEADLINE)
    launch(page, modality=PLANNED)
    (fact,) = resolved(page).facts
    assert fact.modality is PLANNED
    assert {e.voice for e in fact.evidence} == {Voice.HEADLINE, Voice.NARRATOR}


def test_a_headline_alone_counts() -> None:
    page = Page("one.txt")
    launch(page, voice=Voice.HEADLINE)
    assert [f.modality for f in resolved(page).facts] == [ASSERTED]


def test_planned_and_asserted_of_two_articles_stay_apart() -> None:
    one, two = Page("one.txt"), Page("two.txt")
    launch(one, modality=PLANNED)
    launch(two)
    facts = resolved(one, two).facts
    assert {f.modality for f in facts} == {PLANNED, ASSERTED}
    assert len({f.id for f in facts}) == 2


def test_a_denial_stays_apart_even_in_one_article() -> None:
    page = Page("one.txt")
    launch(page)
    launch(page, modality=NEGATED, speaker=page.entity("Ada Brask", "Person"), voice=Voice.QUOTE)
    facts = resolved(page).facts
    assert {(f.modality, speaker_of(f)) for f in facts} == {
        (ASSERTED, None),
        (NEGATED, "Ada Brask"),
    }


def test_conflicting_dates_stay_apart() -> None:
    one, two = Page("one.txt"), Page("two.txt")
    launch(one, qualifiers={"date": year("1991")})
    launch(two, qualifiers={"date": year("1992")})
    facts = resolved(one, two).facts
    assert sorted(q.value for f in facts for _, q in f.qualifiers if isinstance(q, Literal)) == [
        "1991",
        "1992",
    ]
    assert len({f.id for f in facts}) == 2


def test_a_claim_without_a_date_joins_the_one_that_has_it() -> None:
    one, two = Page("one.txt"), Page("two.txt")
    launch(one)
    launch(two, qualifiers={"date": year("1992")})
    (fact,) = resolved(one, two).facts
    assert (dict(fact.qualifiers)["date"], fact.sources) == (year("1992"), 2)


def test_describing_qualifiers_do_not_part_facts_and_the_surest_is_kept() -> None:
    one, two = Page("one.txt"), Page("two.txt")
    launch(one, qualifiers={"level": make_literal("gold")}, confidence=0.4)
    launch(two, qualifiers={"level": make_literal("main")}, confidence=0.8)
    (fact,) = resolved(one, two).facts
    assert dict(fact.qualifiers) == {"level": make_literal("main")}


def test_entities_in_qualifiers_become_canonical() -> None:
    one, two = Page("one.txt"), Page("two.txt")
    for page, label in ((one, "Brask Yard Ltd"), (two, "Brask Yard")):
        launch(page, qualifiers={"with": page.entity(label)})
    (fact,) = resolved(one, two).facts
    partner = dict(fact.qualifiers)["with"]
    assert isinstance(partner, Entity)
    assert set(partner.mentions) == {"Brask Yard Ltd", "Brask Yard"}


def test_a_symmetric_relation_is_one_fact_in_both_directions() -> None:
    one, two = Page("one.txt"), Page("two.txt")
    for page in (one, two):
        left, right = page.entity("Halvor"), page.entity("Teo Works")
        page.state(*((left, "partnerOf", right) if page is one else (right, "partnerOf", left)))
    (fact,) = resolved(one, two).facts
    assert isinstance(fact.object, Entity)
    assert fact.subject.id < fact.object.id
    assert fact.sources == 2


def test_a_relation_that_is_not_symmetric_has_a_direction() -> None:
    page = Page("one.txt")
    left, right = page.entity("Halvor"), page.entity("Teo Works")
    page.state(left, "provides", right)
    page.state(right, "provides", left)
    assert len(resolved(page).facts) == 2


def test_what_merging_makes_a_claim_about_itself_is_dropped() -> None:
    one, two = Page("one.txt"), Page("two.txt")
    left = one.entity("Halvor")
    one.state(left, "partnerOf", one.entity("Halvor Ltd"))
    two.entity("Halvor")
    assert resolved(one, two).facts == ()


def test_literals_are_one_by_value_and_datatype() -> None:
    page = Page("one.txt")
    company = page.entity("Halvor")
    for literal in (year("1991"), make_literal("1991", "gYear", "in ’91"), make_literal("1991")):
        page.state(company, "foundedIn", literal)
    assert sorted(len(f.evidence) for f in resolved(page).facts) == [1, 2]


STANCES = st.tuples(
    st.sampled_from([ASSERTED, PLANNED, HEDGED, NEGATED]),
    st.sampled_from([None, "Ada Brask", "Teo Lind"]),
    st.sampled_from([None, "1991", "1992"]),
    st.sampled_from(["one.txt", "two.txt", "three.txt"]),
)


@given(st.lists(STANCES, min_size=1, max_size=10))
def test_every_piece_of_evidence_is_kept_once_and_facts_differ(
    stated: list[tuple[Modality, str | None, str | None, str]],
) -> None:
    pages = {name: Page(name) for name in ("one.txt", "two.txt", "three.txt")}
    for modality, person, date, name in stated:
        page = pages[name]
        launch(
            page,
            modality=modality,
            speaker=page.entity(person, "Person") if person is not None else None,
            qualifiers={"date": year(date)} if date is not None else {},
        )
    facts = resolved(*pages.values()).facts
    places = [e.span for f in facts for e in f.evidence]
    assert len(places) == len(set(places)) == len(stated)
    assert len({f.id for f in facts}) == len(facts)
    assert resolved(*reversed(pages.values())).facts == facts
