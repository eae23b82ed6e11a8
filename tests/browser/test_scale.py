"""A graph of any size can be used at once: little is drawn, and all of it can be found."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api", reason="the tool that measures needs playwright")
pytest.importorskip("axe_playwright_python", reason="the tool that measures needs axe-core")

from kg.export.html import render_html
from kg.model.graph import KnowledgeGraph
from kg.ontology.domain import load_ontology
from tests.browser.chromium import another_browser, open_page
from tools.synthetic_graph import synthetic_graph
from tools.viewer_speed import OURS, processor_s, until_usable

AT_MOST = 500  # nodes drawn
TRIES = 3
DRAWN = "network.body.nodeIndices.length"
ONTOLOGY = load_ontology()
Made = tuple[KnowledgeGraph, Path]


def made(folder: Path, entities: int, facts: int) -> Made:
    graph = synthetic_graph(entities, facts, ONTOLOGY)
    file = folder / f"{entities}.html"
    start = time.process_time()
    file.write_text(render_html(graph, ONTOLOGY), "utf-8")
    seconds, size = time.process_time() - start, file.stat().st_size / 1e6
    print(f"{entities:,} entities, {facts:,} facts: made in {seconds:.1f} s, {size:.1f} MB")  # noqa: T201
    assert seconds < 20
    assert size < 10 + facts / 1000
    return graph, file


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(tmp_path_factory.mktemp("large"), 5000, 50_000)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(tmp_path_factory.mktemp("small"), 300, 600)


@pytest.fixture(scope="module")
def page(browser: Any, large: Made) -> Iterator[Any]:
    """The page of the large graph, which tests share."""
    with open_page(browser, large[1]) as page:
        yield page
        assert page.said == []
        assert page.asked == []


def seconds_to_use(browser: Any, file: Path, label: str, enough_s: float) -> float:
    """Seconds from the navigation until the graph is drawn and a search has shown an entity.

    By the clock, or of the processor where that is less: what the page waits for while other tests
    have the processors is not its own. The least of a few tries.
    """
    found = []
    for _ in range(TRIES):
        with another_browser(browser) as fresh:
            page = fresh.new_page(viewport={"width": 1366, "height": 768}, offline=True)
            page.goto("about:blank")
            before = processor_s(fresh)
            page.goto(file.as_uri(), wait_until="commit")
            clock = until_usable(OURS, page, label, 60)
            found.append((clock, processor_s(fresh) - before))
        if min(map(min, found)) <= enough_s:
            break
    print(found)  # noqa: T201
    return min(map(min, found))


def test_three_hundred_entities_can_be_used_in_two_seconds(browser: Any, small: Made) -> None:
    graph, file = small
    assert seconds_to_use(browser, file, graph.entities[150].label, 2) <= 2


def test_five_thousand_entities_can_be_used_in_five_seconds(browser: Any, large: Made) -> None:
    graph, file = large
    assert seconds_to_use(browser, file, graph.entities[2500].label, 5) <= 5


def test_little_is_drawn_and_the_page_says_so(page: Any) -> None:
    drawn = page.evaluate(DRAWN)
    assert 20 <= drawn <= AT_MOST
    assert "5,000 entities" in page.inner_text("header p")
    said = page.inner_text("#drawn")
    assert said.startswith(f"{drawn} of 5,000 entities drawn.")
    assert "more are counted beside their neighbours" in said


def test_few_lines_are_drawn_but_those_of_what_is_chosen(page: Any) -> None:
    lines = "network.body.edgeIndices.length"
    scene = page.evaluate(
        "(({ linesLeft, edges }) => ({ drawn: edges.length, left: linesLeft }))(currentScene())"
    )
    assert scene["drawn"] == page.evaluate(lines) <= 150
    assert scene["left"] > 0
    both = scene["drawn"] + scene["left"]
    assert f"{scene['drawn']} of {both:,} lines drawn" in page.inner_text("#drawn")
    linked = "new Set(currentScene().edges.flatMap((n) => [page.edges[n].from, page.edges[n].to]))"
    assert page.evaluate(f"{linked}.size") == page.evaluate(DRAWN)
    chosen, wanted = page.evaluate(
        """() => {
          const { places } = currentScene();
          const linesOf = (entity) => edgesAt[entity].filter(
            (number) => places.has(page.edges[number].from) && places.has(page.edges[number].to));
          const last = [...places.keys()].sort((a, b) => linesOf(a).length - linesOf(b).length)[0];
          return [last, linesOf(last)]; }"""
    )
    assert len(wanted) > 10
    page.evaluate(f"change({{ selected: {{ entity: {chosen} }} }})")
    assert set(wanted) <= set(page.evaluate("currentScene().edges"))
    page.evaluate("change({ selected: null })")
    assert page.evaluate(lines) == scene["drawn"]


def test_however_much_is_asked_for_little_is_drawn(page: Any) -> None:
    everything = "page.entities.map((_, index) => index)"
    most = f"{everything}.sort((a, b) => page.entities[b].degree - page.entities[a].degree)"
    for chosen in (
        f"{{ opened: {most}.slice(0, 60) }}",
        f"{{ focus: {most}[0], depth: 4 }}",
        f"{{ opened: {everything} }}",
    ):
        page.evaluate(f"change({{ ...START, ...{chosen} }})")
        assert page.evaluate(DRAWN) <= AT_MOST, chosen
        assert "not drawn" in (note := page.inner_text("#drawn")) or "of 5,000" in note
    page.evaluate("change(START)")


def test_search_reaches_everything(page: Any, large: Made) -> None:
    graph, _ = large
    for entity in random.Random(3).sample(graph.entities, 6):  # noqa: S311 - no secret
        page.fill("#search", entity.label)
        page.get_by_role("option", name=entity.label).first.wait_for()
        page.press("#search", "Enter")
        assert page.inner_text("aside h2") == entity.label
        about = [f for f in graph.facts if entity in (f.subject, f.object, f.attributed_to)]
        assert f"{len(about):,} fact" in page.inner_text("aside")
    page.fill("#search", "")


def test_every_view_answers(page: Any) -> None:
    """No view makes elements for all of the facts."""
    for view in ("table", "conflicts", "article", "graph"):
        page.click(f"#show-{view}")
        page.wait_for_function("() => new Promise((done) => requestAnimationFrame(() => done(1)))")
        assert page.evaluate("document.querySelectorAll('*').length") < 20_000, view


def test_nodes_stand_within_bounds_and_where_they_stood(
    browser: Any, page: Any, large: Made
) -> None:
    page.evaluate("change(START)")
    places = "network.getPositions()"
    first = page.evaluate(places)
    assert all(abs(at["x"]) < 10_000 and abs(at["y"]) < 10_000 for at in first.values())
    with open_page(browser, large[1]) as again:
        assert again.evaluate(places) == first
