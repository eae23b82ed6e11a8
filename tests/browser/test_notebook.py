"""A graph in a notebook: the frame that it shows draws the page, and keeps to itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright")

from kg.export.html import render_html
from kg.export.html.address import entity_address
from tests.browser.chromium import find_chromium, start_browser
from tests.export.written import SETTINGS
from tests.factories import BASE, make_entity, make_graph, make_ontology
from tests.showcase import showcase_graph

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason="no chromium on this machine"),
]


@pytest.fixture(scope="module")
def cell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A page that shows a graph as a notebook does, and what it asked for and said."""
    file: Path = tmp_path_factory.mktemp("cell") / "notebook.html"
    shown = replace(showcase_graph(), settings=SETTINGS)._repr_html_()
    file.write_text(f"<!doctype html><meta charset=utf-8><title>n</title>{shown}", "utf-8")
    with start_browser() as browser:
        page = browser.new_page(offline=True)
        heard: list[str] = []
        page.on("request", lambda request: heard.append(request.url))
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.goto(file.as_uri())
        page.heard, page.home = heard, file.as_uri()
        yield page


def test_the_frame_draws_and_answers_and_asks_for_nothing(cell: Any) -> None:
    frame = cell.frame_locator("iframe")
    frame.locator("#canvas canvas").wait_for()
    frame.locator("#search").fill("Pedalo")
    frame.locator("#search").press("Enter")
    frame.locator("aside h2", has_text="Pedalo").wait_for()
    assert frame.locator("aside mark").count() > 0
    assert [line for line in cell.heard if line not in (cell.home, "about:srcdoc")] == []


def test_facts_can_be_taken_out_of_the_frame(cell: Any) -> None:
    frame = cell.frame_locator("iframe")
    with cell.expect_download() as saved:
        frame.locator("#show-table").click()
        frame.locator("#table button", has_text="CSV").click()
    assert "Halvor Group" in Path(saved.value.path()).read_text("utf-8")
    frame.locator("aside button", has_text="Copy citation").first.click()
    frame.locator("aside button", has_text="Copied").wait_for()
    assert [line for line in cell.heard if not line.startswith(("file:", "about:", "blob:"))] == []


def test_the_address_of_an_entity_opens_the_page_on_it(cell: Any, tmp_path: Path) -> None:
    odd = make_entity("Zürich & Söhne", id=f"{BASE}entity/a&b=c#d+e %20ü")
    file = tmp_path / "graph.html"
    facts, articles = showcase_graph().facts, showcase_graph().articles
    file.write_text(render_html(make_graph(articles, facts, [odd]), make_ontology()), "utf-8")
    page = cell.context.browser.new_page()
    for name in ("Zürich & Söhne", "Halvor Group"):
        page.goto("about:blank")
        page.goto(f"{file.as_uri()}#{entity_address(file, name)}")
        page.locator("aside h2", has_text=name).wait_for()
    page.close()
