"""The table of the page in a real browser: order, pages, keys, and the file that it saves."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.export.html.page_data import page_data
from kg.export.html.times import FactTimes
from kg.export.jsonl import render_jsonl
from kg.model.discrepancy import Discrepancy, DiscrepancyKind, Side
from kg.model.graph import Entity, Fact, KnowledgeGraph
from tests.factories import (
    make_article,
    make_entity,
    make_evidence,
    make_fact,
    make_graph,
    make_literal,
    make_ontology,
)
from tests.showcase import showcase_graph

ONTOLOGY = make_ontology(relations={"partnerOf": "is a partner of", "provides": "provides"})
ROWS = 200  # a page
PREVIOUS, NEXT = (f".pages button:{place}-child" for place in ("first", "last"))
HOSTILE = (  # what a spreadsheet takes for a formula, and what ends a field or a line
    "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1+1", "\r\n=1+1", "'=1+1", "''quoted",
    "＝1+1",    'says "so", twice', "two\nlines", "-12", "+7.5", "émigré £", "\u202eright to left",
)  # fmt: skip


def make_big_graph() -> KnowledgeGraph:
    """The showcase, 350 more facts, and hostile names; two facts disagree."""
    shown = showcase_graph()
    article = make_article("\n\n".join(HOSTILE), "hostile.txt", title="Émigré, or: =1+1")
    other = make_article("\n\n".join(f"Maker {n} sells thing {n}." for n in range(350)), "big.txt")
    hostile = [make_entity(name) for name in HOSTILE]
    facts = [
        make_fact(entity, "provides", make_literal(name), make_evidence(article, name),
                  attributed_to=hostile[0],
                  qualifiers={"editionNumber": make_literal(name), "with": entity})
        for name, entity in zip(HOSTILE, hostile, strict=True)
    ]  # fmt: skip
    makers = [make_entity(f"Maker {n % 40}") for n in range(350)]
    facts += [
        make_fact(maker, "sells", make_literal(f"thing {n}"),
                  make_evidence(other, f"sells thing {n}."), confidence=0.5 + (n % 7) / 20)
        for n, maker in enumerate(makers)
    ]  # fmt: skip
    graph = make_graph([*shown.articles, article, other], [*shown.facts, *facts])
    one, two = (fact for fact in shown.facts if fact.predicate in ("foundedIn", "startDate"))
    sides = tuple(Side(fact.subject.label, fact.evidence, fact.id) for fact in (one, two))
    found = Discrepancy("d1", DiscrepancyKind.CONFLICT, one.subject.id, None, "They differ", sides)
    return replace(graph, discrepancies=(found,))


GRAPH = make_big_graph()
FACTS = {fact.id: fact for fact in GRAPH.facts}
ORDER = [fact["id"] for fact in page_data(GRAPH, ONTOLOGY)["facts"]]
TIMES = FactTimes(GRAPH, ONTOLOGY)


@pytest.fixture
def page(shown: Any) -> Any:
    """The table as it opens."""
    shown.evaluate("change(START)")
    shown.evaluate("change({ view: 'table' })")
    return shown


def rows(page: Any) -> list[str]:
    return page.eval_on_selector_all("tbody tr", "all => all.map((row) => row.dataset.fact)")


def folded(text: str) -> str:
    plain = (c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c)[0] != "M")
    return re.sub(r"\s+", " ", "".join(plain).lower())


def object_key(fact: Fact) -> tuple[int, float, str]:
    if isinstance(fact.object, Entity):
        return 1, 0, folded(fact.object.label)
    if fact.object.datatype.endswith("#integer"):
        return 0, float(fact.object.value), ""
    return 1, 0, folded(fact.object.text)


def title_of(fact: Fact) -> str:
    name = fact.evidence[0].span.article
    return next(a.title or a.name for a in GRAPH.articles if a.name == name)


STANCES = ["asserted", "planned", "hedged", "negated"]
KEYS: dict[str, Callable[[Fact], Any]] = {
    "Subject": lambda fact: folded(fact.subject.label),
    "Relation": lambda fact: folded(
        relation.label if (relation := ONTOLOGY.relations.get(fact.predicate)) else spaced(fact)
    ),
    "Object": object_key,
    "Speaker": lambda fact: folded(fact.attributed_to.label) if fact.attributed_to else None,
    "When": TIMES.of,
    "Stance": lambda fact: STANCES.index(str(fact.modality)),
    "Article": lambda fact: folded(title_of(fact)),
    "Quote": lambda fact: folded(fact.evidence[0].quote),
    "Sources": lambda fact: fact.sources,
    "Confidence": lambda fact: round(fact.confidence, 4),
}


def spaced(fact: Fact) -> str:
    return re.sub("([A-Z])", r" \1", fact.predicate)


def in_order(label: str, *, down: bool) -> list[str]:
    """The facts by a column, equal ones in the order of the page, those without a value last."""
    keys = {id_: KEYS[label](FACTS[id_]) for id_ in ORDER}
    told = [id_ for id_ in ORDER if keys[id_] is not None]
    return sorted(told, key=keys.__getitem__, reverse=down) + [i for i in ORDER if keys[i] is None]


def head(page: Any, label: str) -> Any:
    return page.locator("th", has=page.locator(f"button:text('{label}')"))


def test_every_column_sorts_both_ways(page: Any) -> None:
    page.evaluate("change({ sort: 'none', page: 2 })")  # unknown: by subject
    assert head(page, "Subject").get_attribute("aria-sort") == "ascending"
    assert page.locator("th button").all_inner_texts()[1:] == [*KEYS][1:]
    for label in KEYS:
        # A second click turns round; figures begin with the largest, which is what one looks for.
        is_down = label in ("Subject", "Sources", "Confidence")
        for down in (is_down, not is_down):
            head(page, label).locator("button").click()
            wanted = in_order(label, down=down)
            assert rows(page) == wanted[:ROWS]
            assert page.evaluate("orderedFacts().map((number) => page.facts[number].id)") == wanted
            sorts = page.eval_on_selector_all("th", "all => all.map((one) => one.ariaSort)")
            assert sorts[[*KEYS].index(label)] == ("descending" if down else "ascending")
            assert sorts.count("none") == len(KEYS) - 1
            assert (
                page.evaluate("document.activeElement.closest('th').className")
                == f"of-{label.lower()}"
            )


def test_rows_say_what_the_facts_say(page: Any) -> None:
    page.evaluate("change({ sort: '-stance' })")
    cells = page.eval_on_selector_all(
        "tbody tr", "all => all.map((row) => [...row.cells].map((cell) => cell.textContent.trim()))"
    )
    for id_, row in zip(rows(page), cells, strict=True):
        fact = FACTS[id_]
        clean = {k: " ".join(v.split()) for k, v in zip(KEYS, row, strict=True)}
        assert clean["Subject"] == " ".join(fact.subject.label.split())
        assert clean["Relation"].startswith("not: ") == (fact.modality == "negated")
        assert clean["Stance"].startswith(str(fact.modality))
        speaker = fact.attributed_to.label if fact.attributed_to else ""
        assert clean["Speaker"] == " ".join(speaker.split())
        assert clean["Sources"] == str(fact.sources)
        assert clean["Confidence"] == f"{fact.confidence:.2f}"
        assert title_of(fact) in clean["Article"]
        assert " ".join(fact.evidence[0].quote.split()) in clean["Quote"]
        assert bool(clean["When"]) == (TIMES.of(fact) is not None)


def test_pages_are_turned_and_sent(page: Any) -> None:
    total = len(ORDER)
    last = -(-total // ROWS)
    assert page.inner_text(".table-head p") == f"Facts 1–200 of {total}"
    assert page.get_attribute(PREVIOUS, "aria-disabled") == "true"
    page.click(NEXT)
    assert page.inner_text(".table-head p") == f"Facts 201–400 of {total}"
    assert page.evaluate("document.activeElement.textContent") == "Next"
    assert page.evaluate("location.hash").endswith("page=2")
    page.click(NEXT)
    assert page.inner_text(".table-head p") == f"Facts 401–{total} of {total}"
    page.locator(NEXT).dispatch_event("click")  # on the last page: nothing
    assert page.evaluate("state.page") == last == 3
    page.go_back()
    assert page.inner_text(".table-head p") == f"Facts 201–400 of {total}"
    page.evaluate("change({ stances: ['planned'] })")
    assert page.evaluate("state.page") == 1
    assert page.locator(".pages").is_hidden()
    planned = sum(fact.modality == "planned" for fact in GRAPH.facts)
    assert page.inner_text(".table-head p") == f"{planned} facts"
    assert f"{planned} facts that pass the filters, of {total} in all" in page.inner_text("caption")
    page.evaluate("change({ words: 'no such words' })")
    # a row that has just come has no inner text before the next frame (content-visibility)
    assert page.text_content("tbody") == "No fact passes the filters."
    page.locator("tbody tr").wait_for(state="visible")


def test_keys_go_from_row_to_row_and_open_facts(page: Any) -> None:
    first, second, third = rows(page)[:3]
    focused = "document.activeElement.closest('tr')?.dataset.fact"
    stops = page.locator("tbody a[tabindex='0']").evaluate_all(
        "all => all.map((one) => one.closest('tr').dataset.fact)"
    )
    assert set(stops) == {first}
    page.locator("tbody .verb").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == second
    page.evaluate("document.querySelector('.table-rows').scrollTop = 30")
    page.keyboard.press("Enter")
    assert page.evaluate("state.selected.facts.map((number) => page.facts[number].id)") == [second]
    assert page.locator("aside [data-fact]").first.get_attribute("data-fact") == second
    assert page.evaluate(focused) == second
    assert page.evaluate("document.querySelector('.table-rows').scrollTop") == 30
    assert page.locator("tr[aria-current]").get_attribute("data-fact") == second
    page.keyboard.press("Shift+Tab")  # to the subject of the same row
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == third
    page.keyboard.press("Enter")
    label = FACTS[third].subject.label
    assert page.evaluate("page.entities[state.selected.entity].label") == label
    page.keyboard.press("End")
    assert page.evaluate(focused) == rows(page)[-1]
    page.keyboard.press("Escape")
    assert page.evaluate("state.selected") is None


def test_click_beside_the_buttons_opens_the_fact(page: Any) -> None:
    id_ = rows(page)[4]
    page.locator(f"tr[data-fact='{id_}'] .of-confidence").click()
    assert page.evaluate("state.selected.facts.map((number) => page.facts[number].id)") == [id_]


def test_disputed_facts_are_marked_and_can_be_kept_alone(page: Any) -> None:
    disputed = {side.fact for found in GRAPH.discrepancies for side in found.sides}
    page.evaluate("change({ disputed: true })")
    assert set(rows(page)) == disputed
    assert page.locator(".of-stance .disputed").count() == 2
    page.wait_for_url("**disputed=1**")


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080), (800, 900), (390, 844)])
def test_no_width_makes_the_page_scroll_sideways(page: Any, width: int, height: int) -> None:
    size = page.viewport_size
    page.set_viewport_size({"width": width, "height": height})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    table = page.evaluate("document.querySelector('.table-rows').scrollWidth")
    assert table <= page.evaluate("document.querySelector('.table-rows').clientWidth")
    page.set_viewport_size(size)


def saved(page: Any) -> tuple[bytes, list[dict[str, str]]]:
    with page.expect_download() as download:
        page.click("text=Download CSV")
    assert download.value.suggested_filename == "facts.csv"
    content = Path(download.value.path()).read_bytes()
    return content, [*csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))]


def plain(cell: str) -> str:
    """The text of a field, without the apostrophe that keeps a spreadsheet from reading it."""
    return cell[1:] if re.match(r"'+[=+\-@\t\r\n＝＋－＠]", cell) else cell


def test_csv_holds_what_the_fact_records_hold(page: Any) -> None:
    page.evaluate("change({ sort: '-confidence' })")
    content, table = saved(page)
    assert content.startswith(b"\xef\xbb\xbfsubject,predicate,object,")
    assert content.endswith(b"\r\n")
    assert [row["id"] for row in table] == in_order("Confidence", down=True)
    records = {r["id"]: r for r in map(json.loads, render_jsonl(GRAPH, ONTOLOGY).splitlines())}
    for row in table:
        record = records[row["id"]]
        cells = {name: plain(cell) for name, cell in row.items()}
        target, speaker = record["object"], record["attributed_to"] or {}
        assert cells["subject"] == record["subject"]["label"]
        assert cells["subject_id"] == record["subject"]["id"]
        assert cells["subject_type"] == record["subject"]["type"]
        assert cells["predicate"] == record["predicate"]
        assert cells["object"] == (target.get("label") or target.get("text"))
        for key in ("id", "type", "value", "datatype"):
            assert cells[f"object_{key}"] == target.get(key, "")
        assert cells["modality"] == record["modality"]
        assert (cells["attributed_to"], cells["attributed_to_id"]) == (
            speaker.get("label", ""), speaker.get("id", "")
        )  # fmt: skip
        assert float(cells["confidence"]) == pytest.approx(record["confidence"], abs=1e-4)
        assert int(cells["sources"]) == record["sources"]
        assert cells["quote"] == record["evidence"][0]["quote"]
        assert json.loads(cells["evidence"]) == record["evidence"]
        qualifiers = json.loads(cells["qualifiers"])
        assert qualifiers.keys() == record["qualifiers"].keys()
        for name, value in record["qualifiers"].items():
            assert qualifiers[name].items() <= value.items()
        assert (cells["from"], cells["to"]) == (TIMES.of(FACTS[row["id"]]) or ("", ""))


def test_no_field_of_the_csv_is_a_formula(page: Any) -> None:
    content, table = saved(page)
    labels = {plain(row["subject"]) for row in table}
    assert labels >= set(HOSTILE)
    numbers = 0
    for row in table:
        for cell in row.values():
            if re.fullmatch(r"[+-]?\d+(\.\d+)?", cell):
                numbers += cell[0] in "+-"
            else:
                assert not cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))
    assert numbers == 2 * 4  # subject, object, its value, and the quote
    assert b"\r\n=1+1" not in content.replace(b"'\r\n=1+1", b"")


def test_csv_has_only_what_passes_the_filters(page: Any) -> None:
    page.evaluate("change({ stances: ['hedged'] })")
    _, table = saved(page)
    assert {row["id"] for row in table} == {f.id for f in GRAPH.facts if f.modality == "hedged"}
