"""A real browser: the system's Chromium, headless, without a way to the network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.export.html import render_html
from kg.model.graph import KnowledgeGraph
from kg.ontology.domain import Ontology
from tests.factories import make_ontology

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str | None:
    """The path of the browser, or None where there is none."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


@contextmanager
def start_browser() -> Iterator[Browser]:
    """A browser to open pages in; only one at a time, see `another_browser`."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=[*_SWITCHES])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def another_browser(browser: Browser) -> Iterator[Browser]:
    """A second browser, of processes of its own, while the first is open."""
    other = browser.browser_type.launch(executable_path=find_chromium(), args=[*_SWITCHES])
    try:
        yield other
    finally:
        other.close()


def write_page(
    folder: Path, graph: KnowledgeGraph, ontology: Ontology | None = None, **options: bool
) -> Path:
    """Writes the page of the graph into the folder, and says where it is."""
    file = folder / "graph.html"
    file.write_text(render_html(graph, ontology or make_ontology(), **options), "utf-8")
    return file


@contextmanager
def open_page(
    browser: Browser, file: Path, *, dark: bool = False, **options: Any
) -> Iterator[Page]:
    """The page of a file, once its graph is drawn; `page.asked` and `page.said` are kept.

    `asked` lists the addresses of all requests but the file itself, `said` all console messages,
    dialogs and uncaught errors. `options` are those of the page's context.
    """
    page = browser.new_page(
        color_scheme="dark" if dark else "light",
        offline=True,
        **({"viewport": {"width": 1440, "height": 900}} | options),
    )
    address = file.resolve().as_uri()
    listen(page)
    try:
        page.goto(address)
        page.wait_for_selector("#canvas canvas")
        page.asked.remove(address)  # type: ignore[attr-defined]
        yield page
    finally:
        page.close()


def listen(page: Any) -> None:
    """Keeps from now on what the page asks for in `page.asked`, what it says in `page.said`."""
    page.asked, page.said = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))

    def refuse(dialog: Any) -> None:
        page.said.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("dialog", refuse)


def open_anew(page: Any) -> None:
    """Lets the page open once more, at the address of the file alone."""
    page.evaluate("clearTimeout(waiting); history.replaceState(null, '', location.pathname)")
    page.reload()
    page.wait_for_selector("#canvas canvas")
    page.asked.clear()  # the reload itself


def settle(page: Any) -> None:
    """Waits until the page has drawn what it was told, and has done what it put off by a moment."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
