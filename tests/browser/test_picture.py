"""The picture of the graph in a real browser: where its letters and circles really are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.export.html.picture.colours import colours
from kg.export.html.picture.contents import picture_of
from kg.export.html.picture.svg import render_svg
from kg.model.wording import spaced
from tests.browser.chromium import listen
from tests.factories import make_graph, make_hostile_graph, make_ontology
from tests.showcase import showcase_graph

WHOLE = showcase_graph()
FEW = make_graph(WHOLE.articles, WHOLE.facts[:36])
GRAPHS = {"showcase": WHOLE, "hostile": make_hostile_graph(), "few": FEW}
LOOK = """() => {
  const svg = document.documentElement, { x, y, width, height } = svg.viewBox.baseVal;
  const box = (element) => { const b = element.getBBox(); return [b.x, b.y, b.x + b.width, b.y + b.height]; };
  return {
    view: [x, y, x + width, y + height],
    texts: [...svg.querySelectorAll("text")].map((t) => [t.textContent, ...box(t)]),
    circles: [...svg.querySelectorAll("circle")].map((c) => [c.cx, c.cy, c.r].map((v) => v.baseVal.value)),
    labels: [...svg.querySelectorAll("g")].filter((g) => g.querySelector("circle"))
      .map((g) => [g.querySelector("text").textContent, ...box(g)]),
    scripts: document.scripts.length,
  };
}"""  # noqa: E501


@pytest.fixture(scope="module")
def looks(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What the browser makes of each picture, and what it asked for or said."""
    folder, found = tmp_path_factory.mktemp("pictures"), {}
    for name, graph in GRAPHS.items():
        file = folder / f"{name}.svg"
        file.write_text(render_svg(picture_of(graph, make_ontology()), colours()), "utf-8")
        page: Any = browser.new_page(offline=True)
        listen(page)
        page.goto(file.as_uri())
        found[name] = page.evaluate(LOOK) | {"heard": [*page.asked, *page.said], "file": file}
        page.close()
    return found


@pytest.mark.parametrize("name", GRAPHS)
def test_it_asks_for_nothing_and_runs_nothing(looks: dict[str, Any], name: str) -> None:
    file: Path = looks[name]["file"]
    assert looks[name]["heard"] == [file.as_uri()]
    assert looks[name]["scripts"] == 0


def test_all_letters_are_inside(looks: dict[str, Any]) -> None:
    look = looks["showcase"]
    left, top, right, bottom = look["view"]
    assert len(look["texts"]) > 60
    for words, *box in look["texts"]:
        assert left <= box[0], words
        assert top <= box[1], words
        assert box[2] <= right, words
        assert box[3] <= bottom, words


def test_no_node_covers_another_or_its_label(looks: dict[str, Any]) -> None:
    boxes = looks["showcase"]["labels"]
    assert len(boxes) == len(GRAPHS["showcase"].entities)
    covered = [
        (one[0], other[0])
        for position, one in enumerate(boxes)
        for other in boxes[:position]
        if one[1] < other[3] and other[1] < one[3] and one[2] < other[4] and other[2] < one[4]
    ]
    assert covered == []


def test_names_of_relations_cover_nothing(looks: dict[str, Any]) -> None:
    look = looks["few"]
    names = {words for f in FEW.facts for words in (f.predicate, f"not: {f.predicate}")}
    named = [text for text in look["texts"] if text[0] in {spaced(name) for name in names}]
    assert len(named) > 8
    for words, *box in named:
        for label, *other in [*look["labels"], *(n for n in named if n[1:] != box)]:
            apart = box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1]
            assert apart or other[3] <= box[1], f"{words} on {label}"
