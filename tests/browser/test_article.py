"""The article view: the facts underlined where they stand, and the ways there and back."""

from __future__ import annotations

from typing import Any

import pytest

from kg.model.graph import KnowledgeGraph
from kg.model.statement import Evidence, Modality
from kg.model.text import Article, Block, BlockKind
from tests.browser.conftest import OpenGraph
from tests.factories import (
    make_article,
    make_entity,
    make_evidence,
    make_fact,
    make_graph,
)

SMILE = "\U0001f600"
BUYS = f"Orrin Rail {SMILE} will buy Lemm Works from Bergen"
PLANNED, HEDGED, NEGATED = Modality.PLANNED, Modality.HEDGED, Modality.NEGATED
PARTS = (
    ("headline", "Orrin Rail grows"),
    ("standfirst", f"{SMILE} A short {SMILE} summary of the plan"),
    ("chrome", "Menu Sign up"),
    ("chrome", "Share Orrin Rail now"),
    ("subhead", "The plan"),
    ("body", f"{BUYS}, said Ida Holm.\nIt is not old."),
    ("caption", "Ida Holm in <b>Bergen</b>"),
    ("body", "Filler. " * 400),
    ("body", "At the end Orrin Rail may help Lemm Works."),
)


def rail_article() -> Article:
    """An article with every kind of block, with signs that take two UTF-16 units in between."""
    blocks, text = [], ""
    for kind, words in PARTS:
        blocks.append(Block(len(text), len(text) + len(words), BlockKind(kind)))
        text += words + "\n\n"
    fields = {"title": "Orrin Rail grows", "url": "https://news.example/1", "publisher": "Weekly"}
    return Article(name="rail.txt", text=text, blocks=tuple(blocks), **fields)


def rail_graph() -> KnowledgeGraph:
    """Facts whose spans overlap, hold and repeat each other; one reaches over two blocks."""
    article = rail_article()
    rail, lemm, city = make_entity("Orrin Rail"), make_entity("Lemm Works"), make_entity("Bergen")

    def at(quote: str) -> Evidence:
        return make_evidence(article, quote)

    facts = [
        make_fact(rail, "acquired", lemm, at("will buy Lemm Works from"), modality=PLANNED),
        make_fact(lemm, "basedIn", city, at("Lemm Works from Bergen")),
        make_fact(lemm, "locatedIn", city, at("Lemm Works from Bergen"), confidence=0.5),
        make_fact(rail, "operatesIn", city, at(BUYS)),
        make_fact(rail, "memberOf", city, at("not old"), modality=NEGATED),
        make_fact(rail, "supports", lemm, at("Orrin Rail may help Lemm Works"), modality=HEDGED),
        make_fact(rail, "promotes", city, at("summary of the plan\n\nMenu")),
        make_fact(rail, "provides", city, [at("Share Orrin Rail"), at("At the end Orrin")]),
    ]  # fmt: skip
    others = [make_article(f"Nothing of note {n}.", f"z{n:03}.txt") for n in range(60)]
    return make_graph([article, *others], facts)


GRAPH = rail_graph()
TEXT = GRAPH.articles[0].text


@pytest.fixture
def page(shown: Any) -> Any:
    """The first article, with nothing chosen."""
    shown.evaluate("change(START)")
    shown.evaluate("change({ view: 'article', article: 0 })")
    return shown


def words_in(page: Any, selector: str) -> list[str]:
    """The words of elements, without what only a screen reader says."""
    found: list[str] = page.eval_on_selector_all(
        selector,
        "all => all.map((one) => { const copy = one.cloneNode(true);"
        " for (const part of copy.querySelectorAll('.unseen')) part.remove();"
        " return copy.textContent; })",
    )
    return found


def covered(page: Any) -> dict[str, set[int]]:
    """For each fact the characters of the text, in code points, that are underlined for it."""
    segments = page.eval_on_selector_all(
        "#article .said",
        "all => all.map((one) => ({ ids: one.dataset.facts.split(' ').map((n) => page.facts[n].id),"
        " start: Number(one.dataset.start) }))",
    )
    found: dict[str, set[int]] = {fact.id: set() for fact in GRAPH.facts}
    words = words_in(page, "#article .said")
    for segment, text in zip(segments, words, strict=True):
        start = segment["start"]
        assert TEXT[start : start + len(text)] == text
        for one in segment["ids"]:
            found[one] |= set(range(start, start + len(text)))
    return found


def test_underlines_are_the_spans_of_the_facts(page: Any) -> None:
    found = covered(page)
    for fact in GRAPH.facts:
        spans = {at for item in fact.evidence for at in range(item.span.start, item.span.end)}
        assert found[fact.id] == {at for at in spans if TEXT[at] != "\n"}


def test_whole_text_is_there_block_by_block(page: Any) -> None:
    shown = words_in(page, "#article .text > :not(header):not(details), #article .chrome")
    assert sorted(shown) == sorted(words for _, words in PARTS)
    assert page.locator("#article h2").count() == 1  # the title is the headline
    chrome = page.locator("#article .chrome-run")
    assert chrome.count() == 1
    assert not chrome.evaluate("one => one.open")
    assert words_in(page, "#article .chrome-run .chrome") == [
        "Menu Sign up",
        "Share Orrin Rail now",
    ]


def test_each_stance_has_its_own_line_where_several_stand(page: Any) -> None:
    lines = page.evaluate(
        """() => Object.fromEntries(STANCES.map((stance) => {
          const look = getComputedStyle(document.querySelector(`#article .text .line-${stance}`));
          return [stance, look.textDecorationStyle]; }))"""
    )
    assert lines == {
        "asserted": "solid",
        "planned": "dashed",
        "hedged": "dotted",
        "negated": "double",
    }
    both = page.locator("#article .said.line-asserted .line-planned")
    assert both.all_inner_texts() == ["will buy ", "Lemm Works from"]


def segment(page: Any, words: str) -> Any:
    return page.locator("#article .said", has_text=words).first


@pytest.mark.parametrize("by", ["click", "Enter", "Space"])
def test_underline_chooses_its_facts_and_leads_to_the_graph(page: Any, by: str) -> None:
    target = segment(page, "Lemm Works from")
    assert "[4 facts, asserted and planned]" in target.inner_text()
    if by == "click":
        target.click()
    else:
        target.focus()
        page.keyboard.press(by)
    wanted = {f.id for f in GRAPH.facts if "Lemm Works from" in f.evidence[0].quote}
    cards = page.eval_on_selector_all("aside article", "all => all.map(one => one.dataset.fact)")
    assert set(cards) == wanted
    assert len(wanted) == 4
    assert set(words_in(page, "#article .chosen")) >= {"Lemm Works from", "will buy "}
    page.click("aside >> text=Show in graph")
    assert page.locator("#graph").is_visible()
    page.go_back()
    assert page.locator("#article").is_visible()


def test_evidence_opens_the_article_at_its_place(page: Any) -> None:
    page.evaluate("change(START)")
    for fact in GRAPH.facts:
        for number, item in enumerate(fact.evidence):
            page.evaluate(
                "(id) => change({ view: 'graph', selected: { facts: [factById.get(id).number] } })",
                fact.id,
            )
            page.locator("aside a.place").nth(number).click()
            assert (
                page.evaluate("state.view + page.articles[state.article].name") == "articlerail.txt"
            )
            at = page.evaluate("Number(document.activeElement.dataset.start)")
            assert at == item.span.start
            box = page.evaluate(
                "(() => { const at = document.activeElement.getBoundingClientRect();"
                " return at.top >= 0 && at.bottom <= innerHeight; })()"
            )
            assert box


def test_address_opens_the_article_at_the_fact(shown: Any) -> None:
    fact = next(fact for fact in GRAPH.facts if fact.predicate == "supports")
    shown.evaluate(f"location.hash = 'view=article&read=rail.txt&fact={fact.id}'")
    shown.wait_for_function("state.view === 'article'")
    assert words_in(shown, "#article .chosen") == ["Orrin", " Rail may help Lemm Works"]
    shown.evaluate("change(START)")


def test_filters_leave_their_facts_underlined(page: Any) -> None:
    page.evaluate("change({ stances: ['planned'] })")
    assert words_in(page, "#article .said") == ["will buy Lemm Works from"]
    assert "1 fact underlined, 7 more hidden by filters" in page.inner_text("#article header")
    page.evaluate("change({ stances: [] })")
    assert "8 facts underlined" in page.inner_text("#article header")


def test_articles_are_found_among_many(page: Any) -> None:
    assert page.inner_text("#article .shelf summary").startswith("Article 1 of 61")
    page.click("#article .shelf summary")
    page.locator("#article .shelf li").first.wait_for()
    assert page.locator("#article .shelf li").count() == 30
    assert "31 more articles" in page.inner_text("#article .shelf")
    page.fill("#article .shelf input", "z04")
    assert page.locator("#article .shelf li").count() == 10
    page.click("#article .shelf li >> nth=2")
    assert page.evaluate("page.articles[state.article].name") == "z042.txt"
    assert page.inner_text("#article h2") == "z042.txt"


def test_without_texts_there_is_no_article_view(open_graph: OpenGraph) -> None:
    with open_graph(GRAPH, with_text=False) as page:
        assert page.locator("#show-article").is_hidden()
        page.evaluate("change({ selected: { facts: [0] } })")
        assert page.locator("aside article mark").count() > 0
        assert page.locator("aside figcaption a.place, aside figcaption a.title").count() == 0
        assert "characters" in page.inner_text("aside figcaption >> nth=0")
        page.evaluate("change({ view: 'article', article: 0 })")
        assert "does not hold the text" in page.inner_text("#article")


def test_long_text_with_a_thousand_facts_opens_soon(open_graph: OpenGraph) -> None:
    sentence = "Acme number {n} helps Lemm Works and the city of Bergen with its many new trains. "
    text = "\n\n".join("".join(sentence.format(n=5 * p + n) for n in range(5)) for p in range(250))
    article = make_article(text)
    acme = make_entity()
    facts = [
        make_fact(
            acme,
            "supports",
            make_entity(f"Client {n}"),
            make_evidence(article, f"number {n} helps Lemm"),
        )
        for n in range(1_000)
    ]
    with open_graph(make_graph([article], facts)) as page:
        taken = page.evaluate(
            "() => { const from = performance.now(); change({ view: 'article', article: 0 });"
            " document.body.offsetHeight; return performance.now() - from; }"
        )
        assert page.locator("#article .said").count() == 1_000
        assert taken < 2_000  # milliseconds; 150 on an idle machine
