"""Takes a picture of a viewer page: python -m tests.browser.screenshot PAGE.html PICTURE.png"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.browser.chromium import open_page, start_browser


def take_screenshot(
    page_file: Path, picture: Path, *, entity: str | None = None, dark: bool = False
) -> None:
    """A PNG of 1440 by 900 pixels, with an entity chosen if its label is given."""
    with start_browser() as browser, open_page(browser, page_file, dark=dark) as page:
        if entity:
            page.fill("#search", entity)
            page.press("#search", "Enter")
        page.wait_for_timeout(600)  # the move to a chosen entity takes 300 ms
        page.screenshot(path=picture)


if __name__ == "__main__":
    source, target, *options = sys.argv[1:]
    chosen = [option for option in options if option != "--dark"]
    take_screenshot(
        Path(source), Path(target), entity=next(iter(chosen), None), dark="--dark" in options
    )
