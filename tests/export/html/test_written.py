"""`kg export --to html`, `svg` and `png`: made of the RDF alone, and of no article text."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.export import exporter
from kg.export.html import render_html
from kg.export.html.picture.colours import colours
from kg.model.graph import QUOTES_ONLY
from kg.rdf.written import WrittenGraph
from tests.export.written import known_graphs, written_in
from tests.factories import make_ontology
from tests.showcase import showcase_graph, told_only_by_the_text


@pytest.fixture
def written(tmp_path: Path) -> WrittenGraph:
    return written_in(tmp_path, showcase_graph())


def exported(written: WrittenGraph, name: str, *options: str) -> str:
    done = CliRunner().invoke(cli, ["export", str(written.path), "--to", name, *options])
    assert done.exit_code == 0, done.output
    return Path(done.output.strip()).read_text("utf-8")


def test_the_page_has_the_quotes_and_no_more_of_the_articles(written: WrittenGraph) -> None:
    page, graph = exported(written, "html"), showcase_graph()
    words = told_only_by_the_text()
    assert len(words) > 5
    assert [text for text in words if text in page] == []
    for fact in graph.facts:
        assert fact.id in page
        for item in fact.evidence:
            assert max(re.findall(r"[A-Za-z ,.]+", item.quote), key=len) in page
    whole, bare = (render_html(graph, make_ontology(), with_text=yes) for yes in (True, False))
    assert [text for text in words if text not in whole] == []
    assert [text for text in words if text in bare] == []


def test_a_build_that_was_asked_for_no_text_has_a_page_without() -> None:
    html = exporter("html")
    graph = replace(showcase_graph(), settings=QUOTES_ONLY)
    page = html.render(graph, make_ontology())
    assert [text for text in told_only_by_the_text() if text in page] == []


def test_a_dark_picture_has_the_dark_colours(written: WrittenGraph) -> None:
    light, dark = exported(written, "svg"), exported(written, "svg", "--dark")
    assert colours()["paper"] in light
    assert colours()["paper"] not in dark
    assert colours(dark=True)["paper"] in dark


def test_kg_view_finds_the_page_of_an_export(tmp_path: Path) -> None:
    written = written_in(tmp_path, known_graphs()["hostile"])
    exported(written, "html")
    done = CliRunner().invoke(cli, ["view", str(tmp_path), "--print"])
    assert done.output == f"{tmp_path / 'exports' / 'graph.html'}\n"
