"""Impossible times, periods that differ, and the times that stay apart."""

from __future__ import annotations

import pytest

from kg.model.statement import Modality
from kg.reason.fulfilments import fulfilments
from tests.factories import make_entity
from tests.reason.build import Press, company, event, known, literal, olympics, year

ACME, BETA = company(), company("Beta")
PLANNED = Modality.PLANNED


def lasting(years: int) -> dict[str, object]:
    return {"duration": literal(f"P{years}Y", "duration")}


def test_an_end_before_a_start_is_one_discrepancy_of_two_sides() -> None:
    press = Press()
    fact = press.say(ACME, "partnerOf", BETA, start=year(2021), end=year(2019))
    (found,) = press.found
    assert (found.kind, found.predicate) == ("time", "partnerOf")
    assert [side.says for side in found.sides] == ["start 2021", "end 2019"]
    assert {side.fact for side in found.sides} == {fact.id}


@pytest.mark.parametrize(
    ("start", "end"),
    [("2019", "2019"), ("2019-05", "2019"), ("2019-05-04", "2019-05"), ("2019", "2019-01-01")],
)
def test_an_end_within_the_precision_of_the_start_is_possible(start: str, end: str) -> None:
    press = Press()
    press.say(ACME, "partnerOf", BETA, start=literal(start, "date"), end=literal(end, "date"))
    assert press.found == ()


@pytest.mark.parametrize(
    ("end", "possible"), [(2028, True), (2029, True), (2026, False), (2031, False)]
)
def test_a_duration_ends_in_its_last_year_or_at_the_anniversary(end: int, possible: bool) -> None:
    press = Press()
    press.say(ACME, "partnerOf", BETA, start=year(2017), end=year(end), **lasting(12))  # type: ignore[arg-type]
    assert (press.kinds == []) is possible


@pytest.mark.parametrize(
    "duration", ["P9999Y", f"P{'9' * 5000}Y", "soon", "P", "PT5H", "P1Y6M", "P10D"]
)
def test_any_duration_is_taken(duration: str) -> None:
    press = Press()
    press.say(ACME, "partnerOf", BETA, start=year(2017), duration=literal(duration, "duration"))
    assert press.found == ()


def test_an_edition_does_not_end_before_it_starts() -> None:
    press = Press()
    cup = event("Oster Cup 2018")
    press.say(cup, "startDate", literal("2018-05-09", "date"))
    press.say(cup, "endDate", literal("2018-05-02", "date"), article="b.txt")
    (found,) = press.found
    assert (found.kind, len(found.sides)) == ("time", 2)
    fair = Press()
    fair.say(event(), "startDate", literal("2018-05-09", "date"))
    fair.say(event(), "endDate", literal("2017-05-02", "date"), article="b.txt")  # the one before
    assert fair.found == ()


def test_nobody_acts_before_being_founded() -> None:
    press = Press()
    press.say(ACME, "foundedIn", year(2010))
    press.say(ACME, "partnerOf", BETA, start=year(2005), article="b.txt")
    press.say(ACME, "sponsorOf", BETA, start=year(2010), article="b.txt")
    press.say(BETA, "acquired", ACME, date=year(2004), modality=PLANNED)
    (found,) = press.found
    assert (found.kind, found.subject, found.predicate) == ("time", ACME.id, "partnerOf")
    assert "in 2005, before Acme was founded" in found.message


def test_a_deed_is_between_parties_whatever_the_relation() -> None:
    fair, store = event("Oster Fair 2018"), make_entity("Oster Store", "Product")
    for relation, value, kinds in (
        ("memberOf", BETA, ["time memberOf"]),
        ("organizes", fair, ["time organizes"]),
        ("provides", store, []),  # a product may be older than who sells it today
    ):
        press = Press()
        press.say(ACME, "foundedIn", year(2010))
        press.say(ACME, relation, value, start=year(2005), article="b.txt")
        assert press.kinds == kinds, relation


def test_two_starts_of_one_deal_conflict_across_articles() -> None:
    press = Press()
    press.say(ACME, "partnerOf", BETA, start=year(2017), **lasting(12))  # type: ignore[arg-type]
    press.say(ACME, "partnerOf", BETA, start=year(2018), article="b.txt", **lasting(12))  # type: ignore[arg-type]
    (found,) = press.found
    assert (found.kind, found.predicate) == ("conflict", "partnerOf")
    assert "start 2017" in found.message
    assert "start 2018" in found.message


def test_one_article_contradicts_itself_where_it_repeats_a_term_of_the_deal() -> None:
    press = Press()
    press.say(ACME, "partnerOf", BETA, start=year(2017), **lasting(12))  # type: ignore[arg-type]
    press.say(ACME, "partnerOf", BETA, start=year(2018), **lasting(12))  # type: ignore[arg-type]
    press.say(ACME, "sponsorOf", BETA, start=year(2017), end=year(2020))
    press.say(ACME, "sponsorOf", BETA, start=year(2017), end=year(2021))
    press.say(ACME, "suppliesTo", BETA, start=year(2017), end=year(2020))
    press.say(ACME, "suppliesTo", BETA, start=year(2021), end=year(2024))
    assert press.kinds == ["conflict partnerOf", "conflict sponsorOf"]


def test_an_end_against_the_duration_of_another_article() -> None:
    press = Press()
    press.say(ACME, "partnerOf", BETA, start=year(2017), **lasting(12))  # type: ignore[arg-type]
    press.say(ACME, "partnerOf", BETA, end=year(2028), start=year(2017), article="b.txt")
    press.say(ACME, "partnerOf", BETA, start=literal("2017-03", "gYearMonth"), article="c.txt")
    assert press.found == ()
    press.say(ACME, "partnerOf", BETA, start=year(2017), end=year(2024), article="d.txt")
    assert press.kinds == ["conflict partnerOf"]


def test_deals_that_follow_one_another_and_a_renewal_are_no_conflict() -> None:
    press = Press()
    press.say(ACME, "partnerOf", BETA, start=year(2010), end=year(2014))
    press.say(ACME, "partnerOf", BETA, start=year(2015), end=year(2019), article="b.txt")
    press.say(BETA, "sponsorOf", ACME, start=year(2010))
    press.say(BETA, "sponsorOf", ACME, start=year(2015), end=year(2019), article="b.txt")
    press.say(BETA, "suppliesTo", ACME, start=year(2010))
    press.say(BETA, "suppliesTo", ACME, start=year(2015))  # one article: a deal and its renewal
    press.say(BETA, "memberOf", ACME, start=year(2010), level=literal("Gold"))
    press.say(BETA, "memberOf", ACME, start=year(2015), level=literal("Silver"), article="b.txt")
    assert press.found == ()


def test_a_later_article_may_tell_of_an_extension() -> None:
    for first, second, kinds in (
        ("2018-01-05", "2020-02", []),
        ("2020-02", "2018-01-05", ["conflict partnerOf"]),
        ("2020-02", "2020", ["conflict partnerOf"]),
    ):
        press = Press({"a.txt": first, "b.txt": second})
        press.say(ACME, "partnerOf", BETA, end=year(2021))
        press.say(ACME, "partnerOf", BETA, end=year(2025), article="b.txt")
        assert press.kinds == kinds, (first, second)


def linked(press: Press) -> tuple[tuple[str, str], ...]:
    return fulfilments(press.graph)


def test_a_plan_is_linked_to_its_happening_and_not_contradicted() -> None:
    press = Press({"a.txt": "2018-05", "b.txt": "2019-01-02"})
    plan = press.say(ACME, "acquired", BETA, modality=PLANNED)
    deed = press.say(ACME, "acquired", BETA, article="b.txt")
    assert linked(press) == ((plan.id, deed.id),)
    assert press.found == ()


@pytest.mark.parametrize(
    ("of_plan", "of_deed", "is_linked"),
    [
        (None, None, True),
        ("2018", None, True),
        (None, "2018", True),
        ("2018", "2018-01-03", True),  # the plan may have been earlier in that year
        ("2018-05-01", "2018-05-01", True),
        ("2018-05-02", "2018-05-01", False),
        ("2019", "2018-12-31", False),
        ("soon", "2018", True),
    ],
)
def test_the_plan_is_not_later_where_both_articles_are_dated(
    of_plan: str | None, of_deed: str | None, is_linked: bool
) -> None:
    dates = {"a.txt": of_plan, "b.txt": of_deed}
    press = Press({k: v for k, v in dates.items() if v is not None})
    press.say(ACME, "acquired", BETA, modality=PLANNED)
    press.say(ACME, "acquired", BETA, article="b.txt")
    assert bool(linked(press)) is is_linked
    assert press.found == ()


def test_only_the_same_claim_of_another_article_in_its_own_voice_fulfils_a_plan() -> None:
    press = Press()
    press.say(ACME, "acquired", BETA, modality=PLANNED)
    press.say(ACME, "acquired", BETA)  # the same article: resolution has settled its stance
    press.say(ACME, "acquired", company("Gamma"), article="b.txt")
    press.say(ACME, "acquired", BETA, article="b.txt", speaker="Jo Falk")
    press.say(ACME, "acquired", BETA, article="b.txt", modality=Modality.HEDGED)
    press.say(ACME, "partnerOf", BETA, article="b.txt")
    assert linked(press) == ()


def test_the_domain_knows_the_editions_that_the_tests_speak_of() -> None:
    games = olympics().names[known("2012-summer-olympics").id]
    assert games.properties["editionNumber"] == ("30",)
