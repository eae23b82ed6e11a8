"""The address is the view: it can be sent, gone back to, and holds no more than is true."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import open_page, write_page
from tests.factories import (
    HOSTILE_NAMES,
    make_article,
    make_entity,
    make_evidence,
    make_fact,
    make_graph,
    make_ontology,
)
from tests.showcase import showcase_graph

BASE = make_ontology().base_iri


def odd_graph() -> Any:
    """The showcase, and entities, types, relations and articles of odd names."""
    shown = showcase_graph()
    names = [*HOSTILE_NAMES, "a=b&c=d#e", "%41%", "+ +", "", "-"]
    ends = [
        make_entity(name or "none", name or "T", id=BASE + name if at % 2 else f"urn:x:{name}")
        for at, name in enumerate(names)
    ]
    ends[-1] = make_entity("dash", id=f"{BASE}-")
    ends[-2] = make_entity("base itself", id=BASE)
    articles = [make_article(f"Text {at}.", name or "empty") for at, name in enumerate(names)]
    facts = [
        make_fact(end, name or "p", ends[0], make_evidence(article, "Text"), attributed_to=end)
        for end, name, article in zip(ends, names, articles, strict=True)
    ]
    return make_graph([*shown.articles, *articles], [*shown.facts, *facts])


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_page(tmp_path_factory.mktemp("page"), odd_graph())


@pytest.fixture(scope="module")
def shown(browser: Any, file: Path) -> Iterator[Any]:
    with open_page(browser, file) as page:
        yield page
        assert (page.asked, page.said) == ([], [])


@pytest.fixture
def page(shown: Any) -> Any:
    shown.evaluate("change(START)")
    return shown


ALL = "[...page.%s.keys()]"
VALUES = {
    "view": "['graph', 'table', 'article', 'conflicts']",
    "article": ALL % "articles",
    "opened": f"[{ALL % 'entities'}, [3, 1, 2]]",
    "focus": ALL % "entities",
    "depth": "[1, 2, 3, 4]",
    "path": "[[0, 1], [2, 0]]",
    "types": f"[{ALL % 'types'}]",
    "predicates": f"[{ALL % 'predicates'}]",
    "stances": "[['negated', 'asserted']]",
    "speakers": f"[[-1], {ALL % 'entities'}, [0, -1]]",
    "articles": f"[{ALL % 'articles'}]",
    "confidence": "[0, 0.05, 0.9500, 1]",
    "sources": "[1, 2, 12]",
    "from": "[null, '2027-01-31', '0044-03-15']",
    "to": "[null, '2028-02-29', '9999-12-31']",
    "disputed": "[true, false]",
    "named": "[true, false]",
    "page": "[1, 7]",
    "selected": "[...page.entities.map((_, entity) => ({ entity })),"
    " { facts: [0] }, { facts: [...page.facts.keys()] }, null]",
}


def test_every_part_of_the_state_survives_its_address(page: Any) -> None:
    keys = page.evaluate("Object.keys(START)")
    assert set(keys) - set(VALUES) == {"sort", "words"}  # sort is the table's
    for key, values in VALUES.items():
        lost = page.evaluate(
            "([key, code]) => (0, eval)(code).filter((value) => {"
            " const extra = key === 'view' && value === 'article' ? { article: 0 } : {};"
            " const back = readState('#' + writeState({ ...START, [key]: value, ...extra }));"
            " return JSON.stringify(back[key]) !== JSON.stringify(value); })",
            [key, f"({values})"],
        )
        assert lost == [], key


def test_words_survive_the_address(page: Any) -> None:
    for words in (*HOSTILE_NAMES[:-2], "a&words=b", "# %23 +", "“so”"):
        back = page.evaluate("(words) => readState(writeState({ ...START, words })).words", words)
        assert back == words


@pytest.mark.parametrize(
    "address",
    [
        "view=secret&e=nobody&fact=none&type=None&relation=x&stance=maybe&speaker=-2&article=no",
        "confidence=NaN&sources=0&depth=9&from=2027-02-30&to=soon&page=-1&page=1e9",
        "confidence=2&sources=1.5&confidence=-1&sources=Infinity&confidence=0x1&disputed=yes",
        "open=-&focus=-&path=-&path=-&e=-x&e=",
        "path=a&view=article&read=unknown",
        "__proto__=1&constructor=2&e=__proto__&type=__proto__&fact=constructor",
        "%E0%A4%A&&&===&#%00",
        "<script>window.ran=1</script>",
    ],
)
def test_what_an_address_does_not_know_is_passed_over(page: Any, address: str) -> None:
    same = page.evaluate(
        "(address) => JSON.stringify(readState('#' + address)) === JSON.stringify(START)", address
    )
    assert same


def test_back_and_forward(page: Any) -> None:
    page.evaluate("change({ view: 'table', words: 'bergen' }, { push: true })")
    page.evaluate("change({ stances: ['planned'] }, { push: true })")
    page.evaluate("change({ selected: { entity: 1 } }, { push: true })")
    title = page.title()
    assert title.startswith(page.evaluate("page.entities[1].label"))
    for _ in range(2):
        page.go_back()
    assert page.evaluate("[state.view, state.words, state.stances, state.selected]") == [
        "table", "bergen", [], None,
    ]  # fmt: skip
    assert page.title().startswith("Facts – ")
    page.go_back()
    assert page.evaluate("JSON.stringify(state) === JSON.stringify(START)")
    for _ in range(3):
        page.go_forward()
    assert page.title() == title


def test_many_small_changes_reach_the_address(page: Any) -> None:
    for number in range(30):
        page.evaluate(f"change({{ confidence: {number / 100} }})")
    page.wait_for_function("() => location.hash === '#confidence=0.29'")


def test_an_address_opens_its_view(browser: Any, file: Path) -> None:
    with open_page(browser, file) as page:
        page.goto(f"{file.as_uri()}#view=table&stance=planned&confidence=0.8")
        page.reload()
        page.wait_for_function("() => state.view === 'table'")
        planned = page.evaluate(
            "page.facts.filter((fact) => fact.modality === 'planned' && fact.confidence >= 0.8)"
            ".length"
        )
        assert page.inner_text("#chosen .left").startswith(f"{planned} of ")
        assert page.is_visible("#table")
        assert page.is_hidden("#graph")


def test_link_is_copied_or_offered(browser: Any, file: Path) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{file.as_uri()}#stance=hedged")
    page.click("#copy-link")
    page.wait_for_function("() => byId('copied').textContent === 'Link copied'")
    assert page.evaluate("navigator.clipboard.readText()") == f"{file.as_uri()}#stance=hedged"
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('')); }")
    page.click("#copy-link")
    page.wait_for_selector("#link-text:focus")
    assert page.evaluate("getSelection().toString()") in ("", f"{file.as_uri()}#stance=hedged")
    assert page.input_value("#link-text") == f"{file.as_uri()}#stance=hedged"
    page.keyboard.press("Escape")
    assert page.is_hidden("#link")
    context.close()


def test_theme_and_folded_columns_are_remembered(browser: Any, file: Path) -> None:
    context = browser.new_context(color_scheme="dark", viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.goto(file.as_uri())
    theme = "document.documentElement.dataset.theme"
    paper = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(theme) == "dark"
    dark = page.evaluate(paper)
    page.click("#theme")
    assert page.evaluate(paper) != dark
    assert page.locator("#canvas").bounding_box()["width"] >= 760
    for column in ("filters", "pane"):
        button = page.locator(f"header [data-fold={column}]")
        assert button.get_attribute("aria-expanded") == "true"
        button.click()
        assert button.get_attribute("aria-expanded") == "false"
        assert page.is_hidden(f"#{column}")
    assert page.locator("#canvas").bounding_box()["width"] == 1366
    page.reload()
    assert page.evaluate(theme) == "light"
    assert page.is_hidden("#filters")
    page.evaluate("change({ selected: { entity: 0 } })")
    assert page.is_visible("#pane")
    context.close()


def test_inside_another_page_without_address_or_memory(browser: Any, file: Path) -> None:
    page = browser.new_page(color_scheme="dark")
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_content(
        "<iframe sandbox='allow-scripts' style='width: 900px; height: 600px'></iframe>"
    )
    page.evaluate("(html) => { document.querySelector('iframe').srcdoc = html; }", file.read_text())
    frame = page.frame_locator("iframe")
    frame.locator("#canvas canvas").wait_for()
    frame.locator("#show-table").click()
    frame.locator("#theme").click()
    frame.locator("#table tbody tr").first.wait_for()
    frame.locator("html[data-theme=light]").wait_for()
    assert said == []
    page.close()


def test_help_says_how_to_read_the_page(page: Any) -> None:
    page.locator("h1").click()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="How to read this page")
    labels = page.evaluate("page.families.map((family) => family.label)")
    for text in ("planned", "denied", "said by someone", labels[0]):
        assert text in dialog.inner_text()
    page.keyboard.press("Escape")
    assert dialog.is_hidden()


def test_phone(browser: Any, file: Path) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    page = context.new_page()
    page.goto(file.as_uri())
    for view in ("graph", "table"):
        page.evaluate(f"change({{ ...START, view: '{view}', words: 'bergen', stances: STANCES }})")
        assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.evaluate("change(START)")
    assert page.locator("#canvas").bounding_box()["height"] > 400
    small = page.evaluate(
        "[...document.querySelectorAll('header button, header input, #sheets *, .zoom button')]"
        ".filter((one) => one.matches('button, input') && one.checkVisibility())"
        ".map((one) => one.getBoundingClientRect())"
        ".filter((box) => box.width < 44 || box.height < 44).length"
    )
    assert small == 0
    assert page.is_hidden("#filters")
    page.tap("#sheets [data-fold=filters]")
    assert page.is_visible("#filters")
    page.tap("#sheets [data-fold=pane]")
    assert page.is_hidden("#filters")
    assert page.is_visible("#pane")
    page.tap("#pane > .shut")
    assert page.is_hidden("#pane")
    page.evaluate("change({ selected: { entity: 0 } })")
    assert page.is_visible("#pane")
    box = page.locator("#pane").bounding_box()
    assert box["y"] > 150
    assert box["y"] + box["height"] <= page.locator("#sheets").bounding_box()["y"] + 1
    context.close()
