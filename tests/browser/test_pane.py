"""The pane of the page: exactly what facts.jsonl says of what is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from kg.model.graph import Entity, KnowledgeGraph
from tests.browser.conftest import OpenGraph
from tests.factories import (
    make_article,
    make_entity,
    make_evidence,
    make_fact,
    make_graph,
)
from tests.showcase import showcase_graph

GRAPH = showcase_graph()
STANCES = {"negated": "denied"}  # in other words on the page than in facts.jsonl


@pytest.fixture
def page(shown: Any) -> Any:
    """The page in the state in which it opens."""
    shown.evaluate("change(START)")
    return shown


def choose(page: Any, label: str) -> None:
    """Chooses an entity and opens all that is folded in the pane."""
    page.evaluate(
        "(label) => change({ selected: { entity:"
        " page.entities.findIndex((one) => one.label === label) } })",
        label,
    )
    unfold(page)


def unfold(page: Any) -> None:
    """Opens what is folded, and what is folded in that."""
    page.wait_for_function(
        "() => { const all = [...document.querySelectorAll('aside details')];"
        " for (const one of all) one.open = true;"
        " return all.every((one) => one.children.length > 1); }"
    )


def cards(page: Any) -> list[str]:
    return page.eval_on_selector_all("aside article", "all => all.map(one => one.dataset.fact)")


def facts_with(label: str) -> dict[str, dict[str, Any]]:
    """The records of facts in which an entity is an end, a speaker or a qualifier, by id."""
    found = {}
    for record in (fact.to_json() for fact in GRAPH.facts):
        values = (record["subject"], record["object"], record["attributed_to"])
        if any(v and v.get("label") == label for v in (*values, *record["qualifiers"].values())):
            found[record["id"]] = record
    return found


def words_of(value: dict[str, Any]) -> str:
    return str(value["label"] if "label" in value else value["text"])


def card_says(page: Any, record: dict[str, Any]) -> None:
    card = page.locator(f'aside article[data-fact="{record["id"]}"]')
    text = card.inner_text()
    claim = card.locator(".claim").inner_text()
    evidence = record["evidence"]
    assert card.locator("mark").all_text_contents() == [item["quote"] for item in evidence]
    assert claim.startswith(record["subject"]["label"] + " ")
    if len(words_of(record["object"])) < 100:
        assert words_of(record["object"]) in claim
    assert card.locator(".stance").inner_text() == STANCES.get(
        record["modality"], record["modality"]
    )
    assert f"confidence {record['confidence']:.2f}" in text
    assert f"{record['sources']} source" in text
    speaker = card.locator(".speaker")
    told = record["attributed_to"]
    assert speaker.all_text_contents() == ([f"according to {told['label']}"] if told else [])
    for value in record["qualifiers"].values():
        assert words_of(value) in text
    for item, line in zip(evidence, card.locator("figure").all(), strict=True):
        assert f"characters {item['start']}–{item['end']}" in line.inner_text()
    for name in {item["article"] for item in evidence}:
        assert name in text


@pytest.mark.parametrize("label", ["Halvor Group", "Kestrel Motors", "Fjord Games 2032"])
def test_pane_says_what_the_facts_say(page: Any, label: str) -> None:
    choose(page, label)
    records = facts_with(label)
    assert page.inner_text("aside h2") == label
    assert len(cards(page)) == len(records)
    assert set(cards(page)) == records.keys()
    for record in records.values():
        card_says(page, record)


def test_summary_counts_facts_by_stance(page: Any) -> None:
    choose(page, "Kestrel Motors")
    records = facts_with("Kestrel Motors").values()
    text = page.inner_text("aside .summary")
    assert text.startswith(f"{len(records)} facts in 2 articles")
    for stance in {record["modality"] for record in records}:
        number = sum(record["modality"] == stance for record in records)
        assert f"{number} {STANCES.get(stance, stance)}" in text


def test_facts_stand_in_groups_by_relation(page: Any) -> None:
    choose(page, "Halvor Group")
    groups = page.eval_on_selector_all(
        "aside .group",
        "all => all.map((one) => [one.dataset.relation,"
        " [...one.querySelectorAll('article')].map((card) => card.dataset.fact)])",
    )
    records = facts_with("Halvor Group")
    for relation, ids in groups:
        assert {records[one]["predicate"] for one in ids} == {relation}


def test_speaker_without_facts_of_its_own_shows_what_it_says(page: Any) -> None:
    choose(page, "Birchfield Research")
    said = [f.id for f in GRAPH.facts if f.attributed_to and "Birch" in f.attributed_to.label]
    assert cards(page) == said
    assert len(said) == 1


def test_quote_stands_in_its_context(page: Any) -> None:
    choose(page, "Mapwright")
    quote = page.locator("aside blockquote", has_text="Danish start-up").first
    before, mark = quote.evaluate(
        "q => [q.firstChild.textContent, q.querySelector('mark').innerText]"
    )
    article = next(a for a in GRAPH.articles if mark in a.text)
    assert before.removeprefix("… ") + mark in article.text
    assert len(before) > 30


def test_filters_hide_facts_and_say_how_many(page: Any) -> None:
    records = facts_with("Halvor Group")
    planned = {key for key, record in records.items() if record["modality"] == "planned"}
    page.evaluate("change({ stances: ['planned'] })")
    choose(page, "Halvor Group")
    assert set(cards(page)) == planned
    assert f"{len(records) - len(planned)} more hidden by filters" in page.inner_text("aside")
    page.click("aside .hidden-facts button")
    unfold(page)
    assert set(cards(page)) == records.keys()
    page.evaluate("change({ stances: [] })")
    unfold(page)
    assert set(cards(page)) == records.keys()


def test_links_in_the_pane_are_addresses_and_keep_the_focus(page: Any) -> None:
    choose(page, "Halvor Group")
    link = page.locator("aside .claim a", has_text="Pedalo").first
    target = link.get_attribute("href")
    link.focus()
    page.keyboard.press("Enter")
    assert page.inner_text("aside h2") == "Pedalo"
    assert page.evaluate("location.hash") == target
    assert page.evaluate("document.activeElement.textContent") == "Pedalo"
    page.go_back()
    assert page.inner_text("aside h2") == "Halvor Group"


def test_choice_is_announced(page: Any) -> None:
    choose(page, "Pedalo")
    assert page.inner_text("body > [role=status]").startswith("Pedalo, ")


def test_opening_tells_the_main_entities_plans_and_speakers(page: Any) -> None:
    text = page.inner_text("aside")
    planned = sum(fact.modality == "planned" for fact in GRAPH.facts)
    halvor = [f for f in GRAPH.facts if "Halvor Group" in (f.subject.label, _label(f.object))]
    rows = page.locator("aside .rows li").all_text_contents()
    assert rows[0] == f"Halvor Groupcompany, {len(halvor)} facts"
    assert f"All {planned} plans" in text
    assert "Erik Dahl" in text
    page.click(f"aside >> text=All {planned} plans")
    assert page.locator("tbody tr").count() == planned
    page.evaluate("change(START)")
    line = page.locator("aside .line").first
    wanted = line.get_attribute("data-fact")
    line.click()
    assert cards(page) == [wanted]


def _label(value: object) -> str:
    return value.label if isinstance(value, Entity) else ""


def crowded_graph(number: int) -> KnowledgeGraph:
    """A company with so many facts, of three relations."""
    article = make_article("Acme supplies all of them.")
    acme, evidence = make_entity(), make_evidence(article, "supplies")
    relations = ("suppliesTo", "supports", "provides")
    facts = [
        make_fact(acme, relations[n % 3], make_entity(f"Customer {n}"), evidence)
        for n in range(number)
    ]
    return make_graph([article], facts)


def test_entity_with_thousands_of_facts_opens_at_once(open_graph: OpenGraph) -> None:
    with open_graph(crowded_graph(5_000)) as page:
        taken = page.evaluate(
            "() => { const acme = page.entities.findIndex(({ label }) => label === 'Acme');"
            " state = { ...state, selected: { entity: acme } };"
            " const from = performance.now(); showChosen(); document.body.offsetHeight;"
            " return performance.now() - from; }"
        )
        assert taken < 400  # milliseconds; 60 on an idle machine
        assert page.locator("aside article").count() == 40  # the third group is folded
        page.click("aside .group .further >> nth=0")
        group = page.locator("aside .group >> nth=0")
        number = int(group.locator("summary small").inner_text().replace(",", ""))
        page.wait_for_function(
            "(number) => document.querySelector('aside .group')"
            ".querySelectorAll('article').length === number",
            arg=number,
        )


@pytest.fixture(scope="module")
def wide(open_graph: OpenGraph) -> Iterator[Any]:
    """A chain of ten entities, each with nine more: too many to draw them all at first."""
    article = make_article("All of them help.")
    hubs = [make_entity(f"Hub {n}") for n in range(10)]
    ends = [(one, other) for one, other in pairwise(hubs)]
    ends += [(hub, make_entity(f"Leaf {n} of {hub.label}")) for hub in hubs for n in range(9)]
    facts = [make_fact(a, "supports", b, make_evidence(article, "help")) for a, b in ends]
    with open_graph(make_graph([article], facts)) as page:
        yield page


def test_buttons_of_an_entity_work_by_keyboard(wide: Any) -> None:
    hub = wide.evaluate("page.entities.findIndex(({ label }) => label === 'Hub 3')")
    wide.evaluate(f"change({{ ...START, selected: {{ entity: {hub} }} }})")
    wide.focus("aside [data-action=depth2]")
    wide.keyboard.press("Enter")
    assert wide.evaluate("[state.focus, state.depth]") == [hub, 2]
    assert wide.evaluate("document.activeElement.ariaPressed") == "true"
    wide.keyboard.press("Enter")
    assert wide.evaluate("state.focus") is None
    wide.focus("aside [data-action=path]")
    wide.keyboard.press("Enter")
    wide.keyboard.type("hub 6")
    wide.keyboard.press("Enter")
    other = wide.evaluate("page.entities.findIndex(({ label }) => label === 'Hub 6')")
    assert wide.evaluate("state.path") == [hub, other]
    assert wide.inner_text("aside [data-action=path]") == "Path to Hub 6 ✕"
    wide.keyboard.press("Enter")
    assert wide.evaluate("state.path") == []
    assert wide.evaluate("document.activeElement.dataset.action") == "path"


def test_neighbours_that_are_not_drawn_are_shown_and_hidden(wide: Any) -> None:
    wide.evaluate("change(START)")
    hub, hidden = wide.evaluate(
        "page.entities.map((_, entity) => [entity, undrawnNeighbours(entity)])"
        ".sort(([, a], [, b]) => b - a)[0]"
    )
    wide.evaluate(f"change({{ selected: {{ entity: {hub} }} }})")
    button = wide.locator("aside [data-action=open]")
    assert button.inner_text() == f"Show {hidden} more neighbours"
    button.click()
    assert wide.evaluate("state.opened") == [hub]
    assert button.inner_text() == "Hide neighbours"
    button.click()
    assert wide.evaluate("state.opened") == []
