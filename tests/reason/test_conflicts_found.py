"""Planted contradictions are found with both sides; what may both be right is none."""

from __future__ import annotations

from kg.model.discrepancy import DiscrepancyKind
from kg.model.statement import Modality
from kg.reason.fulfilments import fulfilments
from tests.factories import make_entity
from tests.reason.build import Press, company, event, known, literal, quantity, year

HEDGED, PLANNED, NEGATED = Modality.HEDGED, Modality.PLANNED, Modality.NEGATED
ACME, BETA = company(), company("Beta")


def test_two_founding_years_are_one_conflict_with_both_sides() -> None:
    press = Press()
    old = press.say(ACME, "foundedIn", year(1999), article="a.txt")
    new = press.say(ACME, "foundedIn", year(2001), article="b.txt")
    (found,) = press.found
    assert (found.kind, found.subject, found.predicate) == ("conflict", ACME.id, "foundedIn")
    assert [side.fact for side in found.sides] == [old.id, new.id]
    assert found.message == "Acme was founded in 1999 or 2001: it can be only one"


def test_a_conflict_inside_one_article_counts_and_agreeing_facts_are_no_side() -> None:
    press = Press()
    press.say(ACME, "foundedIn", year(1999))
    press.say(ACME, "foundedIn", literal("1999-04", "gYearMonth"), article="b.txt")
    wrong = press.say(ACME, "foundedIn", literal("2001-05", "gYearMonth"))
    (found,) = press.found
    assert len(found.sides) == 3  # 1999 and 1999-04 each contradict 2001-05
    assert wrong.id in [side.fact for side in found.sides]


def test_a_long_text_with_one_other_word_conflicts_and_other_words_do_not() -> None:
    press = Press()
    press.say(ACME, "hasMission", literal("make every winter road safe", "string"))
    press.say(
        ACME, "hasMission", literal("make every winter road safer", "string"), article="b.txt"
    )
    press.say(ACME, "hasMission", literal("bring calm to the north", "string"), article="c.txt")
    (found,) = press.found
    assert (found.kind, found.predicate, len(found.sides)) == ("conflict", "hasMission", 2)


def test_dates_of_different_precision_agree() -> None:
    press = Press()
    press.say(ACME, "foundedIn", year(2017))
    press.say(ACME, "foundedIn", literal("2017-03", "gYearMonth"), article="b.txt")
    press.say(ACME, "foundedIn", literal("2017-03-05", "date"), article="c.txt")
    assert press.found == ()


def test_other_relations_have_several_values() -> None:
    press = Press()
    press.say(ACME, "basedIn", known("london"))
    press.say(ACME, "basedIn", known("tokyo"), article="b.txt")
    press.say(ACME, "hasMeasure", quantity("300"), unit=literal("people"))
    press.say(ACME, "hasMeasure", quantity("900"), unit=literal("people"), article="b.txt")
    press.say(ACME, "foundedIn", year(1999))
    press.say(BETA, "foundedIn", year(2001))
    assert press.found == ()


def test_a_hedge_and_another_speaker_are_still_a_discrepancy_and_said() -> None:
    press = Press()
    press.say(ACME, "foundedIn", year(1999))
    press.say(ACME, "foundedIn", year(2001), modality=HEDGED, speaker="Jo Falk")
    (found,) = press.found
    assert "2001 [hedged, according to Jo Falk]" in found.message
    assert found.sides[1].says.endswith("2001 [hedged, according to Jo Falk]")


def test_values_are_compared_with_the_same_partner_and_currency_only() -> None:
    press = Press()
    usd, eur = literal("USD"), literal("EUR")
    press.say(ACME, "partnershipValue", quantity("500000000"), unit=usd, **{"with": BETA})
    press.say(ACME, "partnershipValue", quantity("510000000"), unit=eur, **{"with": BETA})
    other = company("Gamma")
    press.say(ACME, "partnershipValue", quantity("900000000"), unit=usd, **{"with": other})
    assert press.found == ()
    press.say(
        ACME, "partnershipValue", quantity("200000000"), unit=usd, article="b.txt", **{"with": BETA}
    )
    assert press.kinds == ["conflict partnershipValue"]


def test_a_bounded_amount_does_not_contradict_one_within_its_bound() -> None:
    press = Press()
    usd, more = literal("USD"), literal("more than")
    press.say(
        ACME, "partnershipValue", quantity("500"), unit=usd, comparator=more, **{"with": BETA}
    )
    press.say(
        ACME, "partnershipValue", quantity("510"), unit=usd, article="b.txt", **{"with": BETA}
    )
    assert press.found == ()
    press.say(
        ACME, "partnershipValue", quantity("320"), unit=usd, article="c.txt", **{"with": BETA}
    )
    assert press.kinds == ["conflict partnershipValue"]


def test_a_fair_of_every_year_is_no_conflict_but_two_days_of_one_year_are() -> None:
    press = Press()
    fair = event()
    press.say(fair, "year", year(2018))
    press.say(fair, "year", year(2019), article="b.txt")
    press.say(fair, "startDate", literal("2018-05-03", "date"))
    press.say(fair, "startDate", literal("2019-05-04", "date"), article="b.txt")
    press.say(fair, "endDate", literal("2018-05-05", "date"), article="b.txt")
    assert press.found == ()
    press.say(fair, "startDate", literal("2018-05-04", "date"), article="c.txt")
    assert press.kinds == ["conflict startDate"]


def test_an_edition_that_its_name_dates_starts_once() -> None:
    press = Press()
    edition = event("Oster Fair 2018")
    press.say(edition, "startDate", literal("2018-05", "gYearMonth"))
    press.say(edition, "startDate", literal("2019-05", "gYearMonth"), article="b.txt")
    assert press.kinds == ["conflict startDate"]


def test_one_article_may_tell_of_several_launches() -> None:
    press = Press()
    card = known("obs-cloud")
    press.say(card, "startDate", year(2018))
    press.say(card, "startDate", year(2020))
    assert press.found == ()
    press.say(card, "startDate", year(2021), article="b.txt")
    assert press.kinds == ["conflict startDate"]


def test_places_within_one_another_and_unknown_ones_are_no_conflict() -> None:
    press = Press()
    edition = event("Oster Cup 2018")
    press.say(edition, "heldIn", known("tokyo"))
    press.say(edition, "heldIn", known("japan"), article="b.txt")
    press.say(edition, "heldIn", known("haneda-airport"), article="c.txt")
    press.say(edition, "heldIn", make_entity("Harbour Hall", "Venue"), article="d.txt")
    assert press.found == ()
    press.say(edition, "heldIn", known("norway"), article="e.txt")
    assert press.kinds == ["conflict heldIn"]


def test_an_article_says_which_place_lies_in_which() -> None:
    press = Press()
    edition, tokyo, lillehammer = event("Oster Cup 2018"), known("tokyo"), known("lillehammer")
    press.say(edition, "heldIn", tokyo)
    press.say(edition, "heldIn", lillehammer, article="b.txt")
    assert press.kinds == ["conflict heldIn"]
    press.say(lillehammer, "locatedIn", tokyo, article="b.txt")
    assert press.found == ()


def test_a_claim_and_its_denial_elsewhere_are_a_denial() -> None:
    press = Press()
    yes = press.say(ACME, "partnerOf", BETA)
    no = press.say(ACME, "partnerOf", BETA, article="b.txt", modality=NEGATED)
    (found,) = press.found
    assert found.kind is DiscrepancyKind.DENIAL
    assert [side.fact for side in found.sides] == [yes.id, no.id]
    assert found.message == "Acme is partner of Beta: stated and denied"


def test_a_plan_that_another_article_denies_is_reported_as_such() -> None:
    press = Press()
    press.say(ACME, "acquired", BETA, modality=PLANNED)
    press.say(ACME, "acquired", BETA, article="b.txt", modality=NEGATED)
    (found,) = press.found
    assert found.message.endswith("planned in one place and denied in another")
    assert fulfilments(press.graph) == ()


def test_one_voice_of_one_article_and_different_times_deny_nothing() -> None:
    press = Press()
    press.say(ACME, "partnerOf", BETA)
    press.say(ACME, "partnerOf", BETA, modality=NEGATED)
    press.say(ACME, "sponsorOf", BETA, date=year(2018))
    press.say(ACME, "sponsorOf", BETA, date=year(2019), article="b.txt", modality=NEGATED)
    press.say(ACME, "acquired", BETA, article="b.txt", modality=NEGATED)
    assert press.found == ()
    press.say(ACME, "partnerOf", BETA, modality=NEGATED, speaker="Jo Falk")
    assert press.kinds == ["denial partnerOf"]


def test_a_value_that_the_domain_contradicts_is_a_slip_with_the_reference_last() -> None:
    press = Press()
    games = known("2012-summer-olympics")
    wrong = press.say(games, "editionNumber", quantity("13"))
    right = press.say(games, "editionNumber", quantity("30"), article="b.txt")
    (found,) = press.found
    assert (found.kind, found.predicate) == ("slip", "editionNumber")
    assert [side.fact for side in found.sides] == [wrong.id, right.id, None]
    assert found.sides[-1].reference == games.id
    assert found.message == "2012 Summer Olympics is edition number 13; the domain has 30"


def test_reference_dates_and_places() -> None:
    games = known("2012-summer-olympics")
    press = Press()
    press.say(games, "startDate", literal("2012-07", "gYearMonth"))
    press.say(games, "startDate", year(2012), article="b.txt")
    press.say(games, "endDate", literal("2012-08-12", "date"))
    press.say(games, "heldIn", known("united-kingdom"))
    press.say(games, "heldIn", known("london"))
    press.say(games, "year", year(2012))
    assert press.found == ()
    press.say(games, "startDate", literal("2012-08-27", "date"), article="c.txt")
    press.say(games, "heldIn", known("paris"), article="c.txt", modality=HEDGED)
    press.say(games, "year", year(2013), article="c.txt")
    assert press.kinds == ["slip heldIn", "slip startDate", "slip year"]


def test_the_year_of_an_edition_may_be_that_of_its_name_or_of_its_days() -> None:
    games = known("2020-summer-olympics")  # put off to 2021
    press = Press()
    press.say(games, "year", year(2020))
    press.say(games, "year", year(2021), article="b.txt")
    press.say(games, "startDate", year(2020), article="c.txt")
    assert press.found == ()
    press.say(games, "year", year(2019), article="d.txt")
    assert press.kinds == ["slip year"]


def test_an_article_that_lists_the_right_place_too_makes_no_slip() -> None:
    games = known("2012-summer-olympics")
    press = Press()
    press.say(games, "heldIn", known("london"))
    press.say(games, "heldIn", known("paris"))
    assert press.found == ()


def test_a_denied_value_is_no_slip() -> None:
    press = Press()
    press.say(known("2012-summer-olympics"), "year", year(2013), modality=NEGATED)
    assert press.found == ()
