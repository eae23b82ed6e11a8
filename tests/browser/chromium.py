"""A real browser: the system's Chromium, headless, without a way to the network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

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
    """A browser to open pages in."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=[*_SWITCHES])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def open_page(browser: Browser, file: Path, *, dark: bool = False) -> Iterator[Page]:
    """The page of a file, once its graph is drawn; `page.asked` and `page.said` are kept.

    `asked` lists the addresses of all requests but the file itself, `said` all console messages
    and uncaught errors.
    """
    page = browser.new_page(
        viewport={"width": 1440, "height": 900},
        color_scheme="dark" if dark else "light",
        offline=True,
    )
    address = file.resolve().as_uri()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.asked, page.said = asked, said  # type: ignore[attr-defined]
    try:
        page.goto(address)
        page.wait_for_selector("#canvas canvas")
        asked.remove(address)
        yield page
    finally:
        page.close()
