"""The search box of the page: names, names never shown, quotes; by keyboard."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.factories import make_entity
from tests.showcase import showcase_graph

SHOWCASE = showcase_graph()
OTHERS = (
    make_entity("Ærø Söderström", "Person", mentions=("Ærø Söderström", "the ferry man")),
    make_entity("Straßenbahn AG", mentions=("Straßenbahn AG",)),
    make_entity("Group of Halvor friends", "Group", mentions=("Group of Halvor friends",)),
)
GRAPH = replace(SHOWCASE, entities=(*SHOWCASE.entities, *OTHERS))


@pytest.fixture
def page(shown: Any) -> Any:
    shown.evaluate("change(START)")
    shown.fill("#search", "")
    return shown


def names_found(page: Any, text: str) -> list[str]:
    page.fill("#search", text)
    return page.locator("#found .name").all_text_contents()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("halvor", "Halvor Group"),  # what begins with it comes before what has it inside
        ("GROUP halvor", "Halvor Group"),  # words in any order
        ("soderstrom", "Ærø Söderström"),
        ("  söder   ", "Ærø Söderström"),
        ("ferry", "Ærø Söderström"),
        ("straßen", "Straßenbahn AG"),
        ("2032", "Fjord Games 2032"),
    ],
)
def test_names_are_found(page: Any, text: str, first: str) -> None:
    assert names_found(page, text)[0] == first


def test_what_matched_is_marked(page: Any) -> None:
    names_found(page, "SODER")
    assert page.locator("#found .name mark").all_text_contents() == ["Söder"]
    names_found(page, "ferry man")
    assert page.inner_text("#found .also") == "also the ferry man"
    assert page.locator("#found .also mark").all_text_contents() == ["ferry", "man"]


def test_a_misspelling_finds_the_name_but_is_not_shown(page: Any) -> None:
    assert names_found(page, "havlor") == ["Halvor Group"]
    page.wait_for_function("() => byId('search-status').textContent.startsWith('1 name')")
    shown = page.locator("#found li").first.inner_text()
    assert "havlor" not in shown.lower()
    assert page.locator("#found mark").count() == 0


def test_quotes_are_found_with_the_words_marked(page: Any) -> None:
    page.fill("#search", "calmest stadium")
    quote = page.locator("#found .quoted")
    quote.first.wait_for()
    assert quote.count() == 1
    assert quote.locator("mark").all_text_contents() == ["calmest", "stadium"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    told = {
        fact.id
        for fact in GRAPH.facts
        if any("calmest way to the stadium" in item.quote for item in fact.evidence)
    }
    assert set(page.evaluate("state.selected.facts.map((n) => page.facts[n].id)")) == told


def test_words_that_are_no_name_filter_the_facts(page: Any) -> None:
    assert names_found(page, "euros") == []
    page.keyboard.press("Enter")
    assert page.evaluate("[state.words, byId('search').value]") == ["euros", ""]
    told = sorted(
        fact.id
        for fact in GRAPH.facts
        if any("euros" in item.quote for item in fact.evidence)
        or any(getattr(value, "text", None) == "euros" for _, value in fact.qualifiers)
    )
    assert page.evaluate("passing().facts.map((fact) => fact.id).sort()") == told
    page.get_by_role("button", name="Remove filter Words: “euros”").click()
    assert page.evaluate("state.words") == ""


def test_keys_of_the_list(page: Any) -> None:
    """As https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ says."""
    box = page.locator("#search")
    box.blur()
    page.keyboard.press("/")
    page.keyboard.type("bergen")
    assert box.get_attribute("aria-expanded") == "true"
    names = page.locator("#found .name").all_text_contents()
    assert sorted(names) == ["Bergen", "Bergen Airport", "Bergen City Transport"]
    page.wait_for_selector("#found .quoted")
    options = page.locator("#found [role=option]").count()

    def active() -> int:
        chosen = page.locator("#found [aria-selected=true]")
        assert chosen.count() == 1
        assert chosen.get_attribute("id") == box.get_attribute("aria-activedescendant")
        return int(chosen.get_attribute("id").removeprefix("found-"))

    assert active() == 0
    page.keyboard.press("ArrowUp")
    assert active() == options - 1
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert active() == 1
    page.keyboard.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert box.get_attribute("aria-activedescendant") is None
    assert box.input_value() == "bergen"
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.inner_text("aside h2") == names[1]
    assert page.is_hidden("#found")
    page.keyboard.press("Escape")
    assert box.input_value() == ""


def test_a_click_chooses(page: Any) -> None:
    page.fill("#search", "pedalo")
    page.locator("#found li").first.click()
    assert page.inner_text("aside h2") == "Pedalo"
    assert page.is_hidden("#found")
