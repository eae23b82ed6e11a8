"""Pictures of viewer pages, for people who look at them: `make screenshots`.

python -m tests.browser.screenshot BUILD FOLDER    the overview, evidence, a conflict, dark, phone …
python -m tests.browser.screenshot --one BUILD PICTURE.png    the one of the README
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from kg.export.html.address import read_page
from tests.browser.chromium import settle, start_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LAPTOP = (1366, 768)  # the smallest screen that the page is made for
DESK = (1440, 900)
PHONE = (390, 844)


@dataclass(frozen=True, slots=True)
class Shot:
    """A view: the address behind #, and the screen it is looked at on."""

    name: str
    state: dict[str, str]
    size: tuple[int, int] = DESK
    dark: bool = False
    is_extra: bool = False


def shots(data: dict[str, Any]) -> Iterator[Shot]:
    """Those that a graph has something to show for."""
    main, said = _main_entity(data), _said(data)
    yield Shot("overview", {})
    yield Shot("laptop", {}, LAPTOP)
    yield Shot("dark", {}, dark=True)
    yield Shot("phone", {}, PHONE)
    yield Shot("table", {"view": "table"})
    if main is not None:
        yield Shot("entity", {"e": main})
        yield Shot("entity-dark", {"e": main}, dark=True, is_extra=True)
        yield Shot("entity-phone", {"e": main}, PHONE, is_extra=True)
        yield Shot("neighbourhood", {"focus": main}, is_extra=True)
    if said is not None:
        yield Shot("evidence", {"fact": said})
        yield Shot("planned", {"stance": "planned"}, is_extra=True)
    if data["discrepancies"]:
        yield Shot("conflict", {"view": "conflicts"})
    if any("text" in article for article in data["articles"]):
        read = {"view": "article", "read": data["articles"][0]["name"]}
        yield Shot("article", read)
        yield Shot("article-phone", read, PHONE, is_extra=True)


def _main_entity(data: dict[str, Any]) -> str | None:
    """What the address calls the entity with the most facts."""
    if not data["facts"]:
        return None
    entity = max(data["entities"], key=lambda entity: entity.get("degree", 0))
    return str(entity["iri"]).removeprefix(data["base"])


def _said(data: dict[str, Any]) -> str | None:
    """The id of the fact whose evidence shows the most: speaker, stance, voices, articles."""

    def shows(fact: dict[str, Any]) -> tuple[int, int, int]:
        voices = Counter(item["voice"] for item in fact.get("evidence", ()))
        told = 2 * ("speaker" in fact) + (fact["modality"] != "asserted") + ("qualifiers" in fact)
        return told, len(voices), len(fact.get("evidence", ()))

    between = [fact for fact in data["facts"] if "entity" in fact["object"]]
    return str(max(between, key=shows)["id"]) if between else None


def take(browser: Browser, page_file: Path, shot: Shot, picture: Path) -> None:
    """A PNG of the view."""
    width, height = shot.size
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if shot.dark else "light",
        reduced_motion="reduce",  # nothing moves when the picture is taken
        has_touch=shot.size == PHONE,
        offline=True,
    )
    try:
        page.goto(f"{page_file.resolve().as_uri()}#{urlencode(shot.state)}")
        page.wait_for_selector("canvas", state="attached")
        page.evaluate("document.fonts.ready.then(() => null)")
        settle(page)
        settle(page)  # what the first drawing put off
        picture.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=picture)
    finally:
        page.close()


def main() -> None:
    """Takes the pictures that the command line asks for, and says where they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=Path, help="folder of a build")
    parser.add_argument("target", type=Path, help="folder for the pictures, or the one picture")
    parser.add_argument("--one", action="store_true", help="only the main entity with its facts")
    parser.add_argument("--all", action="store_true", help="those for a closer look, too")
    options = parser.parse_args()
    page_file = options.build / "graph.html"
    wanted = [s for s in shots(read_page(page_file)) if options.all or not s.is_extra]
    if options.one:
        wanted = [shot for shot in wanted if shot.name == "entity"]
    with start_browser() as browser:
        for shot in wanted:
            picture = options.target if options.one else options.target / f"{shot.name}.png"
            take(browser, page_file, shot, picture)
            sys.stdout.write(f"{picture}\n")


if __name__ == "__main__":
    main()
