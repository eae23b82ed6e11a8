"""What the tests of pages share: one browser, and pages that ask for nothing and say nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from kg.model.graph import KnowledgeGraph
from kg.ontology.domain import Ontology
from tests.browser.chromium import find_chromium, open_page, start_browser, write_page

_HERE = Path(__file__).parent
OpenGraph = Callable[..., AbstractContextManager[Any]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests that need a browser, so that none of them is skipped where all must run."""
    for item in items:
        if item.path.parent == _HERE and "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """The browser of this folder.

    Not of the whole run: while Playwright is at work, no other test can start an event loop.
    """
    pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright")
    if find_chromium() is None:
        pytest.skip("no chromium on this machine")
    with start_browser() as started:
        yield started


@pytest.fixture(scope="module")
def open_graph(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> OpenGraph:
    """Opens the page of a graph, which at the end must have asked for, said and run nothing."""

    @contextmanager
    def opened(
        graph: KnowledgeGraph, ontology: Ontology | None = None, *, dark: bool = False, **text: bool
    ) -> Iterator[Any]:
        file = write_page(tmp_path_factory.mktemp("page"), graph, ontology, **text)
        with open_page(browser, file, dark=dark) as page:
            yield page
            assert page.evaluate("window.ran") is None
            assert (page.asked, page.said) == ([], [])

    return opened


@pytest.fixture(scope="module")
def shown(request: pytest.FixtureRequest, open_graph: OpenGraph) -> Iterator[Any]:
    """The page of the module's GRAPH, under its ONTOLOGY where it has one; its tests share it."""
    with open_graph(request.module.GRAPH, getattr(request.module, "ONTOLOGY", None)) as page:
        yield page
