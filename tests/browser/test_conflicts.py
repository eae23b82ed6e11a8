"""The disagreements of the page in a real browser: both sides, filters, and the ways to them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kg.model.discrepancy import Discrepancy, DiscrepancyKind, Side
from kg.model.graph import Fact, KnowledgeGraph
from kg.model.statement import Modality
from tests.browser.conftest import OpenGraph
from tests.factories import (
    make_article,
    make_entity,
    make_evidence,
    make_fact,
    make_graph,
    make_literal,
)

HOSTILE = "<img src=x onerror='window.ran = 1'>"
ONE = make_article(
    "Varde Foods was founded in 1991. Varde Foods owns the Lakeside Mill. "
    "Its chief is Ana Brandt.\n\n"
    f"Vrade Foods sells bread. Vrade Foods sells {HOSTILE}.",
    "one.txt", title="The mill on the lake", publisher="Lake Post", published="2031-02-03",
)  # fmt: skip
TWO = make_article(
    "“We began in 1994,” said Ana Brandt. Varde Foods does not own the Lakeside Mill.",
    "two.txt", title="A talk with the baker",
)  # fmt: skip
VARDE = make_entity("Varde Foods", same_as=("https://www.wikidata.org/entity/Q0", "javascript:x"))
MILL = make_entity("Lakeside Mill", "Venue")
ANA = make_entity("Ana Brandt", "Person")


def make_conflicts() -> KnowledgeGraph:
    """A conflict, a denial, a slip, two times and a misspelt name, one of them hostile."""
    in_1991 = make_fact(VARDE, "foundedIn", make_literal("1991", "gYear"),
                        make_evidence(ONE, "founded in 1991"))  # fmt: skip
    in_1994 = make_fact(VARDE, "foundedIn", make_literal("1994", "gYear"),
                        make_evidence(TWO, "We began in 1994"), attributed_to=ANA)  # fmt: skip
    owns = make_fact(VARDE, "owns", MILL, make_evidence(ONE, "owns the Lakeside Mill"))
    denied = make_fact(VARDE, "owns", MILL, make_evidence(TWO, "does not own the Lakeside Mill"),
                       modality=Modality.NEGATED)  # fmt: skip
    leads = make_fact(ANA, "leads", VARDE, make_evidence(ONE, "Its chief is Ana Brandt"))

    def found(key: str, kind: DiscrepancyKind, predicate: str | None, *sides: Side) -> Discrepancy:
        return Discrepancy(key, kind, VARDE.id, predicate, f"{kind} {key} of Varde Foods", sides)

    def side(fact: Fact, says: str) -> Side:
        return Side(says, fact.evidence, fact.id)

    places = (make_evidence(ONE, "Vrade"), make_evidence(ONE, f"Vrade Foods sells {HOSTILE}"))
    kinds = DiscrepancyKind
    discrepancies = (
        found("a", kinds.TYPO, None, Side(f"written “{HOSTILE}”", places),
              Side("its name is “Varde Foods”", reference=VARDE.id)),
        found("b", kinds.CONFLICT, "foundedIn", side(in_1991, "Varde Foods was founded in 1991"),
              side(in_1994, "Varde Foods was founded in 1994 [according to Ana Brandt]")),
        found("c", kinds.DENIAL, "owns", side(owns, "Varde Foods owns Lakeside Mill"),
              side(denied, "Varde Foods owns Lakeside Mill [negated]")),
        found("d", kinds.SLIP, "foundedIn", side(in_1991, "Varde Foods was founded in 1991"),
              Side("Varde Foods was founded in 1989", reference="javascript:alert(1)")),
    )  # fmt: skip
    graph = make_graph([ONE, TWO], [in_1991, in_1994, owns, denied, leads])
    return replace(graph, discrepancies=discrepancies)


GRAPH = make_conflicts()


@pytest.fixture
def page(shown: Any) -> Any:
    """The disagreements as they open."""
    shown.evaluate("change(START)")
    shown.evaluate("change({ view: 'conflicts' })")
    return shown


def cards(page: Any) -> list[str]:
    return page.eval_on_selector_all(".conflict", "all => all.map((one) => one.dataset.conflict)")


def chosen(page: Any) -> set[str]:
    return set(page.evaluate("state.selected.facts.map((number) => page.facts[number].id)"))


def test_each_shows_its_sides_with_their_words(page: Any) -> None:
    facts = {fact.id: fact for fact in GRAPH.facts}
    assert page.inner_text("#show-conflicts").split() == ["Disagreements", "4"]
    assert cards(page) == ["b", "c", "d", "a"]  # the kinds by their weight
    for found in GRAPH.discrepancies:
        card = page.locator(f"[data-conflict={found.id}]")
        assert card.locator("h3").inner_text() == found.message
        sides = card.locator(".side")
        assert sides.count() == len(found.sides)
        for number, side in enumerate(found.sides):
            shown = sides.nth(number)
            assert shown.locator("mark").all_text_contents() == [e.quote for e in side.evidence]
            assert shown.locator(".says").inner_text() == side.says.split(" [")[0]
            text = shown.inner_text()
            assert ("The reference data says" in text) == (side.reference is not None)
            if side.fact:
                fact = facts[side.fact]
                assert ("denied" in text) == (fact.modality == "negated")
                assert ("according to Ana Brandt" in text) == (fact.attributed_to == ANA)
                assert "1 source" in text
            if side.evidence and side.evidence[0].span.article == ONE.name:
                assert "The mill on the lake (Lake Post, 2031-02-03)" in text
    assert "written 2 times" in page.inner_text("[data-conflict=a]")
    assert page.locator("[data-conflict=c] blockquote").first.inner_text().startswith("Varde Foods")


def test_words_that_differ_are_marked(page: Any) -> None:
    assert page.locator("[data-conflict=b] .says em").all_text_contents() == ["1991", "1994"]
    assert page.locator("[data-conflict=c] .says em").count() == 0  # the stances differ


def test_only_web_addresses_are_links(page: Any) -> None:
    links = page.eval_on_selector_all(
        "#conflicts .reference a", "all => all.map((one) => one.getAttribute('href'))"
    )
    assert links == ["https://www.wikidata.org/entity/Q0"]
    assert page.locator("#conflicts img").count() == 0


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ("articles: [page.articles.findIndex(({ name }) => name === 'two.txt')]", ["b", "c"]),
        ("types: [page.types.findIndex((type) => type.name === 'Venue')]", ["c"]),
        ("predicates: [page.predicates.findIndex(({ name }) => name === 'foundedIn')]", ["b", "d"]),
        ("words: '1989'", ["d"]),
        ("words: 'VRADE'", ["a"]),
        ("stances: ['planned']", ["b", "c", "d", "a"]),
    ],
)
def test_filters_leave_what_has_it(page: Any, filters: str, left: list[str]) -> None:
    page.evaluate(f"change({{ {filters} }})")
    assert cards(page) == left
    said = page.inner_text("#conflicts .shown")
    assert said.startswith("4 disagreements" if len(left) == 4 else f"{len(left)} of 4 dis")
    assert ("apply here" in said) == ("stances" in filters)


def test_filters_that_leave_nothing_say_so(page: Any) -> None:
    page.evaluate("change({ words: 'no such words' })")
    assert cards(page) == []
    assert page.inner_text("#conflicts .shown") == "0 of 4 disagreements pass the filters."


def test_both_sides_are_shown_in_the_graph_and_the_entity_opened(page: Any) -> None:
    card = page.locator("[data-conflict=c]")
    card.get_by_role("button", name="Open Varde Foods").press("Enter")
    assert page.evaluate("page.entities[state.selected.entity].label") == "Varde Foods"
    assert page.evaluate("state.view") == "conflicts"
    card.get_by_role("button", name="Show in graph").press("Enter")
    assert page.evaluate("state.view") == "graph"
    assert page.evaluate("document.activeElement.closest('section').id") == "graph"
    assert chosen(page) == {side.fact for side in GRAPH.discrepancies[2].sides}
    page.go_back()
    assert page.evaluate("state.view") == "conflicts"
    assert page.evaluate("document.activeElement.id") == "conflicts"


def test_quotes_lead_to_their_place_in_the_article(page: Any) -> None:
    page.locator("[data-conflict=b] .side").nth(1).locator("figcaption a").first.click()
    assert page.evaluate("[state.view, page.articles[state.article].name]") == [
        "article",
        "two.txt",
    ]


def test_a_disputed_fact_leads_to_its_disagreement(page: Any) -> None:
    sides = {side.fact for found in GRAPH.discrepancies for side in found.sides if side.fact}
    page.evaluate("change({ view: 'table' })")
    marked = page.locator("tr", has=page.locator(".disputed"))
    rows = marked.evaluate_all("all => all.map((row) => row.dataset.fact)")
    assert set(rows) == sides
    denied = next(fact.id for fact in GRAPH.facts if fact.modality == "negated")
    page.locator(f"tr[data-fact='{denied}'] .disputed").click()
    assert page.evaluate("document.activeElement.dataset.conflict") == "c"
    page.evaluate(f"change({{ selected: {{ facts: [factById.get('{denied}').number] }} }})")
    assert page.locator("aside .disputed").count() == 1


def test_no_disagreement_is_said_in_words(open_graph: OpenGraph) -> None:
    with open_graph(replace(GRAPH, discrepancies=())) as page:
        assert page.locator("#show-conflicts").is_hidden()
        page.evaluate("change({ view: 'conflicts' })")
        assert page.inner_text("#conflicts").startswith("No disagreement was found")
