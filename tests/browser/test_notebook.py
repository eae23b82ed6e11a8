"""A graph in a notebook: the frame that it shows draws the page, and keeps to itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.export.html.address import entity_address
from tests.browser.chromium import listen, write_page
from tests.export.written import SETTINGS
from tests.factories import BASE, make_entity, make_graph
from tests.showcase import showcase_graph


@pytest.fixture(scope="module")
def cell(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A page that shows a graph as a notebook does, and what it asked for and said."""
    file: Path = tmp_path_factory.mktemp("cell") / "notebook.html"
    shown = replace(showcase_graph(), settings=SETTINGS)._repr_html_()
    file.write_text(f"<!doctype html><meta charset=utf-8><title>n</title>{shown}", "utf-8")
    page = browser.new_page(offline=True)
    listen(page)
    page.goto(file.as_uri())
    page.home = file.as_uri()
    yield page
    page.close()


def heard(page: Any) -> list[str]:
    return [*page.asked, *page.said]


def test_the_frame_draws_and_answers_and_asks_for_nothing(cell: Any) -> None:
    frame = cell.frame_locator("iframe")
    frame.locator("#canvas canvas").wait_for()
    frame.locator("#search").fill("Pedalo")
    frame.locator("#search").press("Enter")
    frame.locator("aside h2", has_text="Pedalo").wait_for()
    assert frame.locator("aside mark").count() > 0
    assert [line for line in heard(cell) if line not in (cell.home, "about:srcdoc")] == []


def test_facts_can_be_taken_out_of_the_frame(cell: Any) -> None:
    frame = cell.frame_locator("iframe")
    with cell.expect_download() as saved:
        frame.locator("#show-table").click()
        frame.locator("#table button", has_text="CSV").click()
    assert "Halvor Group" in Path(saved.value.path()).read_text("utf-8")
    frame.locator("aside button", has_text="Copy citation").first.click()
    frame.locator("aside button", has_text="Copied").wait_for()
    assert [line for line in heard(cell) if not line.startswith(("file:", "about:", "blob:"))] == []


def test_the_address_of_an_entity_opens_the_page_on_it(browser: Any, tmp_path: Path) -> None:
    odd = make_entity("Zürich & Söhne", id=f"{BASE}entity/a&b=c#d+e %20ü")
    shown = showcase_graph()
    file = write_page(tmp_path, make_graph(shown.articles, shown.facts, [odd]))
    page = browser.new_page()
    for name in ("Zürich & Söhne", "Halvor Group"):
        page.goto("about:blank")
        page.goto(f"{file.as_uri()}#{entity_address(file, name)}")
        page.locator("aside h2", has_text=name).wait_for()
    page.close()
