"""The served pages in a real browser: no request to another server, nothing of the data runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

pytest.importorskip("uvicorn", reason="kg serve needs uvicorn")

from kg.export.html import render_html
from tests.browser.chromium import listen
from tests.rdf.strategies import ONTOLOGY
from tests.serve.outputs import HOSTILE, deal_graph, iri, write_outputs
from tests.serve.running import Server, serving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    graph = deal_graph(HOSTILE)
    viewer = render_html(graph, ONTOLOGY)
    with serving(write_outputs(tmp_path_factory.mktemp("out"), graph, viewer=viewer)) as started:
        yield started


@pytest.fixture
def page(browser: Any, server: Server) -> Iterator[Any]:
    """A page that asked this server only, said nothing, and ran nothing of the data."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    listen(opened)
    yield opened
    assert opened.evaluate("window.hit") is None
    opened.close()
    assert opened.asked
    assert not [url for url in opened.asked if not url.startswith((server.url + "/", "data:"))]
    assert opened.said == []


def test_hostile_names_run_nothing_on_any_page(page: Any, server: Server) -> None:
    page.goto(f"{server.url}/?q=onerror")
    links = page.eval_on_selector_all("main a", "all => all.map(a => a.href)")
    assert links
    page.goto(f"{server.url}/")
    links += page.eval_on_selector_all("main a", "all => all.map(a => a.href)")
    for link in links:
        page.goto(link)
        page.wait_for_selector("h1")
    page.goto(f"{server.url}/entity?iri=" + quote(iri("Company", HOSTILE), safe=""))
    assert HOSTILE in page.text_content("h1")
    assert page.query_selector("main img, main script") is None


def test_the_viewer_opens_from_the_server(page: Any, server: Server) -> None:
    page.goto(f"{server.url}/graph")
    page.wait_for_selector("#canvas canvas")


def test_the_editor_asks_this_server_only(page: Any, server: Server) -> None:
    text = "SELECT ?name WHERE { ?s a nr:Person ; schema:name ?name }"
    page.goto(f"{server.url}/query?query=" + quote(text))
    page.wait_for_selector(".yasqe .CodeMirror")
    assert not page.is_visible("#plain")
    shown = page.evaluate("document.querySelector('.yasqe .CodeMirror').CodeMirror.getValue()")
    assert shown.startswith("PREFIX nr: <https://w3id.org/newskg/newsroom#>\nPREFIX schema:")
    assert shown.endswith(text)
    with page.expect_response(f"{server.url}/sparql") as answered:
        page.click(".yasqe_queryButton")
    assert answered.value.status == 200
    page.wait_for_selector("text=Ida Holm")
    page.click(".yasqe .CodeMirror")
    page.keyboard.press("Control+End")
    page.keyboard.type("\nfoaf: rdf:ty")
    page.keyboard.press("Control+Space")
    page.wait_for_timeout(500)  # completion, if it were on, would ask by now


def test_hostile_answers_run_nothing_in_the_editor_even_without_the_policy(
    browser: Any, server: Server
) -> None:
    context = browser.new_context(bypass_csp=True)
    try:
        page = context.new_page()
        page.goto(f"{server.url}/query?query=" + quote("SELECT ?n WHERE { ?s schema:name ?n }"))
        with page.expect_response(f"{server.url}/sparql"):
            page.click(".yasqe_queryButton")
        page.wait_for_selector("text=onerror")
        page.evaluate(  # what is no picture has failed, and run what it would, before this one has
            "() => new Promise((done) => {"
            " const last = new Image(); last.onerror = done; last.src = '/no-such-picture'; })"
        )
        assert page.evaluate("window.hit") is None
        assert page.query_selector("#editor img, #editor td script") is None
    finally:
        context.close()


def test_without_script_the_form_gives_a_table(browser: Any, server: Server) -> None:
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(f"{server.url}/query")
        page.fill("#query", "SELECT ?name WHERE { ?s a nr:Person ; schema:name ?name }")
        page.click("#plain button")
        assert page.text_content("#result td").strip() == "Ida Holm"
        page.fill("header input", "orrin")
        page.press("header input", "Enter")
        page.click("text=Orrin Rail")
        assert page.text_content("h1") == "Orrin Rail"
        page.click("blockquote a >> nth=0")
        assert page.locator("mark").count() > 0
    finally:
        context.close()


def test_pages_fit_a_narrow_screen(page: Any, server: Server) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    for path in ("/", "/entity?iri=" + quote(iri("Company", HOSTILE), safe="")):
        page.goto(server.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_files_of_the_editor_are_those_that_are_documented(root: Path) -> None:
    import hashlib

    static = root / "kg" / "serve" / "static"
    told = (static / "README.md").read_text("utf-8")
    for name in ("yasgui.min.js", "yasgui.min.css"):
        assert hashlib.sha256((static / name).read_bytes()).hexdigest() in told
