"""What a notebook shows for a graph; that it draws in a browser is tested in tests/browser."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from kg.model.graph import QUOTES_ONLY, KnowledgeGraph
from tests.export.written import SETTINGS
from tests.factories import make_hostile_graph
from tests.showcase import showcase_graph, told_only_by_the_text


def domained(graph: KnowledgeGraph, **settings: str) -> KnowledgeGraph:
    return replace(graph, settings={**SETTINGS, **settings})


class _Frame(HTMLParser):
    """What a browser reads in a cell of output."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def frame_of(graph: KnowledgeGraph) -> dict[str, str | None]:
    ((tag, attributes),) = _Frame(graph._repr_html_()).tags
    assert tag == "iframe"
    return attributes


def test_the_cell_is_one_frame_with_the_whole_page_in_it() -> None:
    frame = frame_of(domained(make_hostile_graph()))
    assert frame.keys() == {"srcdoc", "sandbox", "allow", "title", "style"}
    assert "allow-same-origin" not in (frame["sandbox"] or "")
    page = frame["srcdoc"] or ""
    assert page.startswith("<!doctype html>")
    assert page.endswith("</html>\n")


def test_a_graph_without_text_shows_none() -> None:
    graph, words = showcase_graph(), told_only_by_the_text()
    whole = frame_of(domained(graph))["srcdoc"] or ""
    bare = frame_of(domained(graph, **QUOTES_ONLY))["srcdoc"] or ""
    assert [text for text in words if text not in whole] == []
    assert [text for text in words if text in bare] == []


@pytest.mark.parametrize("domain", ["<b>nowhere</b>", ""])
def test_without_its_domain_it_says_why(domain: str) -> None:
    shown = domained(showcase_graph(), domain=domain)._repr_html_()
    assert {tag for tag, _ in _Frame(shown).tags} == {"p", "code"}
    assert "3 articles, 47 entities, 80 facts" in shown
    assert "there are: " in shown


def test_in_words_it_is_one_line() -> None:
    assert repr(showcase_graph()) == "<KnowledgeGraph: 3 articles, 47 entities, 80 facts>"
