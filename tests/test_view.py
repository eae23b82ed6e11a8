"""`kg view`: which page opens, at which address, and what is said where none can."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest

from kg.errors import KgError
from kg.export.html import render_html
from kg.export.html.address import entity_address
from tests.factories import BASE, make_entity, make_graph, make_ontology
from tests.showcase import showcase_graph

FOLDERS = ("plain", "Ünïcode und Leerzeichen", "a#b?c=d&e", "100%25 of '$HOME' \"x\"", "-rf")
posix = pytest.mark.skipif(os.name != "posix", reason="the stand-in for a browser is a script")


def view(
    *arguments: str | Path, browser: str | None, cwd: Path
) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own: which browsers there are is found out once in each."""
    named = {"BROWSER", "DISPLAY", "WAYLAND_DISPLAY"}
    environment = {name: value for name, value in os.environ.items() if name not in named}
    root = Path(__file__).parent.parent
    environment |= {"PYTHONPATH": str(root)} | ({"BROWSER": browser} if browser else {})
    return subprocess.run(
        [sys.executable, "-m", "kg", "view", *map(str, arguments)],
        capture_output=True,
        text=True,
        env=environment,
        cwd=cwd,
    )


@pytest.fixture
def browser(tmp_path: Path) -> Path:
    """A browser that writes down what it is given, a line each."""
    script = tmp_path / "browser"
    script.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/asked\n')
    script.chmod(0o755)
    return script


def page_in(folder: Path) -> Path:
    folder.mkdir(parents=True)
    page = folder / "graph.html"
    page.write_text("<!doctype html>", "utf-8")
    return page


@posix
@pytest.mark.parametrize("name", FOLDERS)
def test_the_browser_gets_the_address_of_the_page(browser: Path, name: str) -> None:
    place = browser.parent
    page = page_in(place / name)
    done = view("--", name, browser=str(browser), cwd=place)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    (address,) = (place / "asked").read_text("utf-8").splitlines()
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("file", "", "", "")
    assert Path(unquote(parts.path)) == page


@posix
def test_a_page_of_its_own_opens(browser: Path) -> None:
    page = page_in(browser.parent / "a b").rename(browser.parent / "a b" / "mine.HTML")
    assert view(page, browser=str(browser), cwd=browser.parent).returncode == 0
    assert (browser.parent / "asked").read_text("utf-8").endswith("/a%20b/mine.HTML\n")


@posix
def test_print_opens_nothing(browser: Path) -> None:
    page_in(browser.parent / "out")
    done = view("out", "--print", browser=str(browser), cwd=browser.parent)
    assert done.stdout == f"{Path('out', 'graph.html')}\n"
    assert not (browser.parent / "asked").exists()


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="these always have a screen")
@pytest.mark.parametrize("browser", [None, "/bin/false", "/no/such/browser"])
def test_without_a_browser_the_path_is_printed(tmp_path: Path, browser: str | None) -> None:
    page_in(tmp_path / "out")
    done = view("out", browser=browser, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"{Path('out', 'graph.html')}\n")


def test_the_page_of_an_export_is_found(tmp_path: Path) -> None:
    page_in(tmp_path / "out" / "exports")
    done = view("out", "--print", browser=None, cwd=tmp_path)
    assert done.stdout == f"{Path('out', 'exports', 'graph.html')}\n"


def test_what_is_no_page_is_an_error_of_one_line(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "graph.ttl").touch()
    for argument, words in {
        "out": ("holds no graph.html", "kg build", "kg export out --to html"),
        "graph.ttl": ("is no page", "kg export graph.ttl --to html"),
        "nowhere": ("does not exist",),
    }.items():
        done = view(argument, browser=None, cwd=tmp_path)
        assert done.returncode != 0
        assert done.stdout == ""
        assert all(word in done.stderr for word in words)
        assert argument == "nowhere" or done.stderr.count("\n") == 1


def showcase_page(folder: Path) -> Path:
    page = folder / "graph.html"
    page.write_text(render_html(showcase_graph(), make_ontology()), "utf-8")
    return page


def entity_in(address: str) -> str:
    """What the page will read: https://url.spec.whatwg.org/#urlencoded-parsing."""
    return dict(parse_qsl(urlsplit(address.strip()).fragment))["e"]


@pytest.mark.parametrize("name", ["Halvor Group", "halvor  GROUP", "Halvor", "IRI"])
def test_it_opens_on_an_entity_by_any_of_its_names(tmp_path: Path, name: str) -> None:
    showcase_page(tmp_path)
    iri = next(e.id for e in showcase_graph().entities if e.label == "Halvor Group")
    name = iri if name == "IRI" else name
    done = view(tmp_path, "--entity", name, "--print", browser=None, cwd=tmp_path)
    assert done.stdout.startswith(f"{(tmp_path / 'graph.html').as_uri()}#e=")
    assert entity_in(done.stdout) == iri.removeprefix(BASE)


def test_odd_ids_stay_one_value(tmp_path: Path) -> None:
    odd = make_entity("Zürich & Söhne", id=f"{BASE}entity/a&b=c#d+e %20ü")
    page = tmp_path / "graph.html"
    page.write_text(render_html(make_graph([], [], [odd]), make_ontology()), "utf-8")
    assert entity_in(f"#{entity_address(page, 'ZÜRICH & söhne')}") == odd.id.removeprefix(BASE)


def test_names_of_none_or_of_several_are_told(tmp_path: Path) -> None:
    page = showcase_page(tmp_path)
    with pytest.raises(KgError, match="no entity named 'Halvr'; there are: Halvor"):
        entity_address(page, "Halvr")
    twins = [make_entity("Acme", id="urn:a"), make_entity("ACME", id="urn:b")]
    page.write_text(render_html(make_graph([], [], twins), make_ontology()), "utf-8")
    with pytest.raises(KgError, match=r"2 entities are called 'acme'; .* urn:a, urn:b"):
        entity_address(page, "acme")
    page.write_text("<!doctype html>")
    with pytest.raises(KgError, match="is no page of this version of kg"):
        entity_address(page, "acme")
