"""The filters of the page, in a real browser: each lets through what the graph says it should."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright")

from kg.export.html import render_html
from kg.model.graph import Entity, Fact
from tests.browser.chromium import find_chromium, open_page, start_browser
from tests.factories import make_ontology
from tests.showcase import showcase_graph

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason="no chromium on this machine"),
]
GRAPH = showcase_graph()
Test = Callable[[Fact], bool]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The page of the showcase; it must have stayed silent at the end."""
    file = tmp_path_factory.mktemp("page") / "graph.html"
    file.write_text(render_html(GRAPH, make_ontology()), "utf-8")
    with start_browser() as browser, open_page(browser, file) as page:
        yield page
        assert page.asked == []
        assert page.said == []


@pytest.fixture
def page(shown: Any) -> Any:
    """The page with nothing chosen and every list open."""
    shown.evaluate("change(START)")
    shown.eval_on_selector_all("details.facet", "all => all.forEach((one) => { one.open = true; })")
    shown.eval_on_selector_all(".facet .more:not([hidden])", "all => all.forEach((b) => b.click())")
    return shown


def passing(page: Any) -> list[str]:
    return page.evaluate("passing().facts.map((fact) => fact.id).sort()")


def facts_that(*tests: Test) -> list[str]:
    return sorted(fact.id for fact in GRAPH.facts if all(test(fact) for test in tests))


def types_of(fact: Fact) -> set[str]:
    return {end.type for end in (fact.subject, fact.object) if isinstance(end, Entity)}


def choose(page: Any, key: str, label: str) -> None:
    page.locator(f"#{key} .option", has_text=label).first.click()


def test_types_and_stances_together(page: Any) -> None:
    choose(page, "types", "Company")
    choose(page, "stances", "Planned")
    planned = facts_that(lambda f: "Company" in types_of(f), lambda f: f.modality == "planned")
    assert passing(page) == planned
    assert f"{len(planned)} of {len(GRAPH.facts)} facts" in page.inner_text("#chosen")
    page.click("#reset")
    assert passing(page) == facts_that()
    assert page.is_hidden("#chosen")
