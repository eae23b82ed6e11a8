"""The filters and the timeline of the page: each lets through what the graph says it should."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from kg.export.html.times import FactTimes
from kg.model.graph import Entity, Fact
from kg.ontology.domain import load_ontology
from tests.showcase import showcase_graph

GRAPH = showcase_graph()
ONTOLOGY = load_ontology("olympics")
TIMES = FactTimes(GRAPH, ONTOLOGY)
Test = Callable[[Fact], bool]


@pytest.fixture
def page(shown: Any) -> Any:
    """The page with nothing chosen and every list open."""
    shown.evaluate("change(START)")
    shown.eval_on_selector_all("details.facet", "all => all.forEach((one) => { one.open = true; })")
    shown.eval_on_selector_all(
        ".facet .show-more:not([hidden])", "all => all.forEach((one) => one.click())"
    )
    return shown


def passing(page: Any) -> list[str]:
    return page.evaluate("passing().facts.map((fact) => fact.id).sort()")


def facts_that(*tests: Test) -> list[str]:
    return sorted(fact.id for fact in GRAPH.facts if all(test(fact) for test in tests))


def types_of(fact: Fact) -> set[str]:
    return {end.type for end in (fact.subject, fact.object) if isinstance(end, Entity)}


def articles_of(fact: Fact) -> set[str]:
    return {item.span.article for item in fact.evidence}


def within(first: str, last: str) -> Test:
    """Whether a fact has a time that touches these days."""

    def test(fact: Fact) -> bool:
        days = TIMES.of(fact)
        return days is not None and days[0] <= last and first <= days[1]

    return test


def choice(page: Any, key: str, label: str) -> Any:
    """The row of a choice; its label is of one case, as the ontology has it."""
    wanted = f"#{key} .option:has(span:text-is('{label}'))"
    return page.locator(wanted)


def figure(page: Any, key: str, label: str) -> int:
    return int(choice(page, key, label).locator("small").inner_text())


SPEAKER = next(fact.attributed_to for fact in GRAPH.facts if fact.attributed_to)
ARTICLE = GRAPH.articles[1].name
CHOICES: dict[tuple[str, str], Test] = {
    ("types", "company"): lambda fact: "Company" in types_of(fact),
    ("types", "person"): lambda fact: "Person" in types_of(fact),
    ("stances", "planned"): lambda fact: fact.modality == "planned",
    ("stances", "denied"): lambda fact: fact.modality == "negated",
    ("predicates", "operates in"): lambda fact: fact.predicate == "operatesIn",
    ("speakers", SPEAKER.label): lambda fact: fact.attributed_to == SPEAKER,
    ("speakers", "the article itself"): lambda fact: fact.attributed_to is None,
    ("articles", ARTICLE): lambda fact: ARTICLE in articles_of(fact),
}


@pytest.mark.parametrize(("key", "label"), CHOICES)
def test_a_choice_leaves_what_it_says(page: Any, key: str, label: str) -> None:
    left = facts_that(CHOICES[key, label])
    assert 0 < len(left) < len(GRAPH.facts)
    assert figure(page, key, label) == len(left)
    choice(page, key, label).click()
    assert passing(page) == left
    assert page.inner_text("#chosen .left") == f"{len(left)} of {len(GRAPH.facts)} facts"
    page.go_back()
    assert passing(page) == facts_that()
    assert page.is_hidden("#chosen")


def test_choices_of_a_list_add_up_and_lists_narrow_each_other(page: Any) -> None:
    for key, label in (("types", "company"), ("types", "person"), ("stances", "planned")):
        choice(page, key, label).click()
    is_either: Test = lambda fact: bool({"Company", "Person"} & types_of(fact))  # noqa: E731
    assert passing(page) == facts_that(is_either, CHOICES["stances", "planned"])
    for (key, label), test in CHOICES.items():
        others = [is_either] if key != "types" else []
        others += [CHOICES["stances", "planned"]] if key != "stances" else []
        assert figure(page, key, label) == len(facts_that(test, *others)), (key, label)
    page.get_by_role("button", name="Remove filter Type: company").click()
    person = facts_that(CHOICES["types", "person"], CHOICES["stances", "planned"])
    assert passing(page) == person
    page.click("#reset")
    assert passing(page) == facts_that()


def test_choices_of_a_family_are_chosen_together(page: Any) -> None:
    family = page.evaluate(
        "(() => { const at = page.families.findIndex((_, n) =>"
        " page.types.filter((type) => type.family === n).length > 1); return { label:"
        " page.families[at].label, types: page.types.filter((t) => t.family === at)"
        ".map((type) => type.name) }; })()"
    )
    box = choice(page, "types", family["label"]).first.locator("input")
    box.check()
    assert passing(page) == facts_that(lambda fact: bool(set(family["types"]) & types_of(fact)))
    page.locator("#chosen .taken").first.click()
    assert box.evaluate("box => box.indeterminate")


def test_most_frequent_choices_come_first(page: Any) -> None:
    shown = page.locator("#predicates .option small").all_inner_texts()
    assert [int(n) for n in shown] == sorted(
        Counter(fact.predicate for fact in GRAPH.facts).values(), reverse=True
    )


def test_a_long_list_can_be_searched(page: Any) -> None:
    page.fill("#predicates .find", "OPERATES")
    found = page.locator("#predicates .option > span").all_text_contents()
    labels = {ONTOLOGY.relations[fact.predicate].label for fact in GRAPH.facts}
    assert sorted(found) == sorted(label for label in labels if "operates" in label)
    assert len(found) > 1
    page.fill("#predicates .find", "nothing like it")
    assert page.locator("#predicates .option").count() == 0
    assert page.inner_text("#predicates .rest") == "Nothing of that name"
    page.fill("#predicates .find", "")


def test_sliders_by_keyboard(page: Any) -> None:
    page.focus("#confidence")
    for _ in range(16):
        page.keyboard.press("ArrowRight")
    assert page.evaluate("state.confidence") == 0.8
    assert passing(page) == facts_that(lambda fact: fact.confidence >= 0.8)
    page.focus("#sources")
    page.keyboard.press("ArrowRight")
    both = facts_that(lambda fact: fact.confidence >= 0.8, lambda fact: fact.sources >= 2)
    assert passing(page) == both
    assert len(both) > 0
    assert page.get_attribute("#sources", "aria-valuetext") == "at least 2"


def test_words_are_looked_for_in_names_and_quotes(page: Any) -> None:
    page.evaluate("change({ words: 'BERGEN  airport' })")
    told = facts_that(
        lambda fact: all(
            word
            in " ".join(
                [getattr(v, "label", None) or getattr(v, "text", "") for v in
                 (fact.subject, fact.object, *(value for _, value in fact.qualifiers))]
                + [item.quote for item in fact.evidence]
            ).lower()
            for word in ("bergen", "airport")
        )
    )  # fmt: skip
    assert passing(page) == told
    assert len(told) > 1
    page.evaluate("change({ words: 'no article says this' })")
    assert page.inner_text("#chosen .left") == "No fact fits these filters."
    page.click("#reset")
    assert passing(page) == facts_that()


def test_brush_by_keyboard(page: Any) -> None:
    handle = page.get_by_role("slider", name="First period")
    years = sorted(days for fact in GRAPH.facts if (days := TIMES.of(fact)))
    first, last = years[0][0][:4], max(days[1] for days in years)[:4]
    assert handle.get_attribute("aria-valuetext") == first
    handle.focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    assert handle.get_attribute("aria-valuetext") == str(int(last) - 1)
    assert passing(page) == facts_that(within(f"{int(last) - 1}-01-01", "9999"))
    page.get_by_role("slider", name="Last period").focus()
    page.keyboard.press("ArrowLeft")
    assert passing(page) == facts_that(within(f"{int(last) - 1}-01-01", f"{int(last) - 1}-12-31"))
    timeless = sum(TIMES.of(fact) is None for fact in GRAPH.facts)
    assert page.inner_text("#timeless") == f"{timeless} facts without a time left out"
    page.click("#timeline .show-more")
    assert passing(page) == facts_that()


def test_brush_by_mouse(page: Any) -> None:
    box = page.locator(".brush").bounding_box()
    at = page.evaluate("[2026, 2029].map((year) => edgeOf(periodAt(periods, `${year}-06-01`)))")
    page.mouse.move(box["x"] + at[0] + 2, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + at[1] + 2, box["y"] + 20, steps=4)
    page.mouse.up()
    assert page.evaluate("[state.from, state.to]") == ["2026-01-01", "2028-12-31"]
    assert passing(page) == facts_that(within("2026-01-01", "2028-12-31"))
    width = page.evaluate("edgeOf(1) - edgeOf(0)")
    page.mouse.move(box["x"] + (at[0] + at[1]) / 2, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + (at[0] + at[1]) / 2 + width, box["y"] + 20, steps=2)
    page.mouse.up()
    assert page.evaluate("[state.from, state.to]") == ["2027-01-01", "2029-12-31"]
    page.go_back()  # a drag is one step
    page.go_back()
    assert passing(page) == facts_that()


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        (("2027", "2028"), ("2027-01-01", "2028-12-31")),
        (("2027-02", "2028-02"), ("2027-02-01", "2028-02-29")),
        (("2028-02-09", "2027-3-1"), ("2027-03-01", "2028-02-09")),
        (("", "2028"), (None, "2028-12-31")),
    ],
)
def test_days_can_be_typed(page: Any, typed: tuple[str, str], days: tuple[str, str]) -> None:
    for side, text in zip(("from", "to"), typed, strict=True):
        page.fill(f"#{side}-day", text)
        page.press(f"#{side}-day", "Enter")
    assert page.evaluate("[state.from, state.to]") == list(days)
    assert passing(page) == facts_that(within(days[0] or "0000", days[1]))


def test_what_is_no_day_is_not_taken(page: Any) -> None:
    for text in ("soon", "2027-13", "2027-02-30", "<b>2027</b>"):
        page.fill("#from-day", text)
        page.press("#from-day", "Enter")
        assert page.get_attribute("#from-day", "aria-invalid") == "true"
        assert page.evaluate("state.from") is None
    page.fill("#from-day", "2027")
    page.press("#from-day", "Enter")
    assert page.get_attribute("#from-day", "aria-invalid") == "false"
    assert page.inner_text("#time-said") == ""


def test_periods_are_as_long_as_the_time_is(page: Any) -> None:
    """Checked against arithmetic on years: at most ninety periods, none lost at the ends."""
    for days in (
        ["2024-01-31", "2026-12-01"],
        ["1998-01-01", "2032-01-01"],
        ["0044-03-15", "2024-01-01"],
    ):
        found = page.evaluate(
            "(days) => { const made = periodsOf([days]); return { ...made, from: firstDay(made, 0),"
            " to: lastDay(made, made.count - 1), at: days.map((day) => periodAt(made, day)) }; }",
            days,
        )
        assert found["count"] <= 90
        assert found["from"] <= days[0] <= days[1] <= found["to"]
        assert found["at"] == [0, found["count"] - 1]
        assert (found["step"] == 1) == (int(days[1][:4]) - int(days[0][:4]) < 3)
