"""The page in a real browser: it asks for nothing, runs nothing of the data, shows the facts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.model.graph import KnowledgeGraph
from tests.browser.chromium import open_anew, open_page, settle, write_page
from tests.browser.conftest import OpenGraph
from tests.factories import (
    make_article,
    make_entity,
    make_evidence,
    make_fact,
    make_graph,
    make_literal,
)
from tests.showcase import showcase_graph

GRAPH = showcase_graph()


@pytest.fixture
def page(shown: Any) -> Any:
    """The page as it was when it opened."""
    open_anew(shown)
    return shown


def cards(page: Any) -> list[str]:
    return page.eval_on_selector_all("aside article", "all => all.map(one => one.dataset.fact)")


def facts_with(label: str) -> set[str]:
    """Facts in which an entity is an end, a speaker or a qualifier."""
    found = set()
    for fact in GRAPH.facts:
        values = (fact.subject, fact.object, fact.attributed_to, *(v for _, v in fact.qualifiers))
        if any(getattr(value, "label", None) == label for value in values):
            found.add(fact.id)
    return found


def position(page: Any, expression: str) -> dict[str, float]:
    """Where a point of the drawing is in the window."""
    return page.evaluate(
        "(point) => { const at = network.canvasToDOM(point);"
        " const box = document.getElementById('canvas').getBoundingClientRect();"
        " return { x: at.x + box.left, y: at.y + box.top }; }",
        page.evaluate(expression),
    )


def test_page_opens_without_a_request_or_a_message(page: Any) -> None:
    assert page.title() == "Halvor Group, Kestrel Motors – Knowledge graph"
    assert page.evaluate("document.compatMode") == "CSS1Compat"
    assert page.inner_text("header p") == "Knowledge graph · 3 articles · 47 entities · 80 facts"


def test_click_on_a_node_shows_its_facts(page: Any) -> None:
    number = page.evaluate("page.entities.findIndex((entity) => entity.label === 'Pedalo')")
    point = position(page, f"network.getPosition({number})")
    page.mouse.click(point["x"], point["y"])
    assert page.inner_text("aside h2") == "Pedalo"
    assert set(cards(page)) == facts_with("Pedalo")


def test_click_on_an_edge_shows_its_facts(page: Any) -> None:
    wanted = next(f for f in GRAPH.facts if f.predicate == "involves")
    number = page.evaluate(
        "(id) => page.edges.find((edge) => edge.facts.some((n) => page.facts[n].id === id)).number",
        wanted.id,
    )
    free = f"thingAt(network.canvasToDOM(point))?.edge === {number}"  # of what covers the line
    points = f"[0.5, 0.4, 0.3, 0.6, 0.7].map((share) => pointOn({number}, share))"
    point = position(page, f"{points}.find((point) => {free})")
    page.mouse.click(point["x"], point["y"])
    assert cards(page) == [wanted.id]


def test_search_by_keyboard_finds_other_names(page: Any) -> None:
    page.keyboard.press("/")
    page.keyboard.type("bergen")
    found = page.locator("#found li .dot + span").all_inner_texts()
    assert sorted(found) == ["Bergen", "Bergen Airport", "Bergen City Transport"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.inner_text("aside h2") == found[1]
    assert page.locator("#found").is_hidden()


HOSTILE = [
    "<script>window.ran = 1</script>",
    "</script><script>window.ran = 1</script>",
    "<img src=x onerror='window.ran = 1'>",
    "\"'><svg onload=window.ran=1>",
    "<!--<script>",
    "href=javascript:window.ran=1",
    "{{ 7 * 7 }}{% raw %}",
    "*bold* _it_ `code` <b>b</b>",
    "\u202eright to left\u2028\u0000\x07",
    "",
]


def hostile_graph() -> KnowledgeGraph:
    article = make_article(" ".join(HOSTILE), HOSTILE[0])
    entities = [make_entity(text, text, id=f"urn:{text}", same_as=(text,)) for text in HOSTILE]
    facts = [
        make_fact(entity, text, other, make_evidence(article, text, extractor=text),
                  attributed_to=entities[0], derived_by=text,
                  qualifiers={text: make_literal(text, text)})
        for text, entity, other in zip(HOSTILE, entities, [*entities[1:], entities[0]], strict=True)
    ]  # fmt: skip
    return make_graph([article], facts)


def test_nothing_in_the_data_runs(open_graph: OpenGraph) -> None:
    with open_graph(hostile_graph()) as page:
        for number in range(len(HOSTILE)):
            page.evaluate(f"change({{ selected: {{ entity: {number} }} }})")
            assert page.locator("aside mark").count() > 0
        page.click("#named")
        page.fill("#search", "script")
        page.hover("#canvas")
        page.click("#show-table")
        settle(page)
        assert page.evaluate("window.ran") is None
        assert page.locator("aside img, aside svg, aside b b, table img").count() == 0
        assert page.evaluate("document.scripts.length") == 3  # two scripts and the data block


def test_policy_stops_a_script_that_got_in(browser: Any, tmp_path: Path) -> None:
    file = write_page(tmp_path, GRAPH)
    page_text = file.read_text("utf-8")
    file.write_text(page_text.replace("<noscript>", "<script>window.ran = 1</script><noscript>"))
    with open_page(browser, file) as page:
        assert page.evaluate("window.ran") is None
        assert any("Content Security Policy" in message for message in page.said)


@pytest.mark.parametrize("dark", [False, True])
def test_empty_graph_opens(open_graph: OpenGraph, dark: bool) -> None:
    with open_graph(make_graph(), dark=dark) as page:
        assert page.inner_text("header p") == "0 articles · 0 entities · 0 facts"
        assert page.evaluate("document.documentElement.dataset.theme") == (
            "dark" if dark else "light"
        )
