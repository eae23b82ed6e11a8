"""Names, quotes, titles and addresses are data: nothing in them runs, or breaks the page.

The content security policy is off here, so that markup or a script that got in would really run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from kg.model.discrepancy import Discrepancy, DiscrepancyKind, Side
from kg.model.graph import KnowledgeGraph
from kg.model.statement import Modality
from tests.browser.chromium import open_page, settle, write_page
from tests.factories import (
    HOSTILE_NAMES,
    make_article,
    make_entity,
    make_evidence,
    make_fact,
    make_graph,
    make_literal,
)

RUN = "window.ran = 1"
NAMES = (
    *HOSTILE_NAMES,
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"</textarea></title></style><img src=x onerror='{RUN}'>",
    f"\"'><svg onload='{RUN}'>",
    "<!--<script>",
    f"javascript:{RUN}",
    f" JaVa\tscript:{RUN}//https://example.org",
    f"data:text/html,<script>{RUN}</script>",
    "{{ 7 * 7 }}{% raw %}${7 * 7}",
    "\ud800 lone \udfff surrogates \udc00\ud800",
    "\u202e\u2067 never closed",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466" * 50,
    "a\u0301\u0323\u0330" + "\u0300\u0301\u0302\u0303" * 40,
    "W" * 400 + " " + "\u200b" * 400,
    "__proto__",
    "constructor",
    "&lt;b&gt;&#x3c;script&#x3e;",
    "",
)
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1366, "height": 768}
# What must not be: markup made of data, a link that runs, words that run the wrong way, a page
# that is wider than its window. Words are looked at where they hold no right-to-left sign.
WRONG = """() => {
  const wrong = [];
  if (window.ran) wrong.push("something ran");
  for (const one of document.querySelectorAll("img, iframe, object, embed, base, form, body style"))
    wrong.push(one.outerHTML.slice(0, 200));
  for (const one of document.querySelectorAll("*"))
    for (const { name, value } of one.attributes)
      if (/^on/.test(name) || (/^(href|src|action|formaction|xlink:href)$/.test(name)
          && !/^(https?:|#)/.test(value)))
        wrong.push(`${one.tagName} ${name}=${value}`.slice(0, 200));
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) wrong.push(`${wide} px wider than the window`);
  for (const part of document.querySelectorAll("header, nav, aside, main > section")) {
    const room = part.id === "table" ? 1000 : 1; // a table may be scrolled sideways
    if (part.scrollWidth > part.clientWidth + room && part.checkVisibility())
      wrong.push(`#${part.id} is ${part.scrollWidth - part.clientWidth} px too wide`);
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const at = node.data.search(/[A-Za-z]{2}/);
    if (at < 0 || /[\\u0590-\\u08ff\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]/.test(node.data)
        || node.parentElement.closest(".says") // one sentence, a node for each of its words
        || !node.parentElement.checkVisibility()) continue;
    const [first, second] = [at, at + 1].map((place) => {
      range.setStart(node, place); range.setEnd(node, place + 1);
      return range.getBoundingClientRect(); });
    if (first.top === second.top && first.left > second.left)
      wrong.push(`backwards: ${node.data.slice(0, 60)}`);
  }
  return [...new Set(wrong)];
}"""


def hostile_graph() -> KnowledgeGraph:
    """Every name as name, alias, type, relation, speaker, value, address and title of things."""
    article = make_article(
        "\n\n".join(f"Before it {name} after it." for name in NAMES if name),
        "javascript:window.ran=1",
        title="\u202e<img src=x onerror='window.ran = 1'>" + "x" * 5000,
        publisher=NAMES[0],
        author=HOSTILE_NAMES[5],
        url=f"javascript:{RUN}",
    )
    others = [
        make_article(name or "nameless", f"{number} {name}", title=name, url=name)
        for number, name in enumerate(NAMES)
    ]
    entities = [
        make_entity(
            name,
            type=name or "Company",
            id=f"urn:{number}:{name}",
            mentions=(name, f"other {name}"),
            alt_labels=(f"alias {name}",),
            hidden_labels=(f"hidden {name}",),
            same_as=(name, f"javascript:{RUN}", "http://www.wikidata.org/entity/Q1'\"><b>"),
        )
        for number, name in enumerate(NAMES)
    ]
    facts = []
    for number, name in enumerate(NAMES):
        entity, other = entities[number], entities[(number + 1) % len(entities)]
        evidence = make_evidence(article, name, extractor=name)
        value, stance = make_literal(name, name), tuple(Modality)[number % 4]
        facts += [
            make_fact(entity, name or "partnerOf", other, evidence, modality=stance,
                      attributed_to=entities[(number + 2) % len(entities)],
                      qualifiers={name: value, "with": other, "start": make_literal(name)}),
            make_fact(entity, "said", value, evidence, derived_by=name),
        ]  # fmt: skip
    sides = tuple(Side(name, f.evidence, f.id, name) for name, f in zip(NAMES, facts, strict=False))
    found = tuple(
        Discrepancy(f"d{n}", kind, entities[n].id, NAMES[n], NAMES[n], sides[n:] + sides[:1])
        for n, kind in enumerate(DiscrepancyKind)
    )
    return replace(make_graph([article, *others], facts, entities), discrepancies=found)


@pytest.fixture(scope="module")
def page(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    file = write_page(tmp_path_factory.mktemp("hostile"), hostile_graph())
    with open_page(browser, file, bypass_csp=True, viewport=DESKTOP) as page:
        yield page
        assert (page.asked, page.said) == ([], [])


def wrong(page: Any) -> list[str]:
    """What is wrong with the page after it has drawn itself."""
    settle(page)
    found: list[str] = page.evaluate(WRONG)
    return found


def choose(page: Any, chosen: str) -> None:
    page.evaluate(f"change({{ ...START, ...{chosen} }})")


def test_the_policy_is_off_so_that_the_test_can_fail(page: Any) -> None:
    page.evaluate(
        "const one = document.createElement('script'); one.textContent = 'window.could = 1';"
        "document.body.append(one); one.remove()"
    )
    assert page.evaluate("window.could") == 1


def test_every_name_is_shown_as_it_is(page: Any) -> None:
    for number in range(len(NAMES)):
        choose(page, f"{{ selected: {{ entity: {number} }} }}")
        shown, label = page.evaluate(
            f"[document.querySelector('aside h2').textContent, page.entities[{number}].label]"
        )
        assert shown in (label, "(no name)"), label[:60]
        assert page.locator("aside mark").count() > 0
        assert wrong(page) == [], label[:60]


@pytest.mark.parametrize(
    "chosen",
    [
        "{ view: 'table' }",
        "{ view: 'conflicts' }",
        "{ view: 'article', article: 0 }",
        "{ view: 'article', article: 1 }",
        "{ focus: 3, depth: 2, named: true }",
        "{ path: [3, 5] }",
        "{ opened: [0, 1, 2] }",
        "{ selected: { facts: page.facts.map((fact) => fact.number) } }",
        "{ words: '<script>', types: [3], predicates: [3], speakers: [3], articles: [0] }",
    ],
)
def test_no_view_is_broken(page: Any, chosen: str) -> None:
    choose(page, chosen)
    assert wrong(page) == []
    page.set_viewport_size(PHONE)
    try:
        assert wrong(page) == []
    finally:
        page.set_viewport_size(DESKTOP)


def test_the_state_of_every_name_can_be_sent(page: Any) -> None:
    for number in range(len(NAMES)):
        choose(page, f"{{ selected: {{ entity: {number} }}, types: [{number}] }}")
        read = page.evaluate("readState(new URL('#' + writeState(state), location).hash)")
        label = page.evaluate(f"page.entities[{number}].label")
        if label.isascii() or label.isprintable():  # an address has no lone surrogate
            assert (read["selected"], read["types"]) == ({"entity": number}, [number]), label[:60]


def test_an_address_from_somebody_else_runs_nothing(page: Any) -> None:
    for name in NAMES:
        page.evaluate(
            """(name) => { const code = encodeURIComponent(name.toWellFormed());
              for (const key of ["e", "words", "view", "sort", "path", "from", "type", "read"]) {
                state = readState(`#${key}=${code}&${code}=${code}&${key}=%E0%A4%A`);
                change({});
              } }""",
            name,
        )
        assert wrong(page) == [], name[:60]


def test_search_finds_names_and_runs_none(page: Any) -> None:
    choose(page, "{}")
    for words in ("script", "<", "x" * 300, "\u202e", "\u05e9", "javascript:", "__proto__"):
        page.fill("#search", words)
        page.get_by_role("option").first.wait_for()
        assert wrong(page) == [], words
    page.fill("#search", "")
