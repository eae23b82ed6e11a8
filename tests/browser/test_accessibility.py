"""The page is for those too who do not see it, use no mouse, or cannot bear that it moves."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("axe_playwright_python", reason="the browser tests need axe-core")

from axe_playwright_python.sync_playwright import Axe

from tests.browser.accessible_page import disagreeing_graph
from tests.browser.chromium import open_anew

DESKTOP, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
GRAPH = disagreeing_graph()
ENTITY = "page.entities.findIndex((entity) => entity.label === 'Halvor Group')"
VIEWS = {  # what is chosen
    "graph": "{}",
    "entity": f"{{ selected: {{ entity: {ENTITY} }} }}",
    "facts": "{ selected: { facts: [0, 1, 2] } }",
    "focus": f"{{ focus: {ENTITY}, depth: 1, named: true }}",
    "path": f"{{ path: [{ENTITY}, 0] }}",
    "table": "{ view: 'table', stances: ['planned'] }",
    "article": "{ view: 'article', article: 0 }",
    "conflicts": "{ view: 'conflicts' }",
}
# What a click would do something with: what looks so, and what says so.
CLICKABLE = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }))
  .filter((one) => getComputedStyle(one).cursor === "pointer" || one.onclick
    || one.matches("a[href], button, input, select, textarea, summary, [role=button],"
      + "[tabindex='0']"))
"""


@pytest.fixture
def page(shown: Any) -> Any:
    """The page as it opens, in light, on a laptop."""
    set_up(shown)
    return shown


def set_up(page: Any, size: dict[str, int] = DESKTOP, **media: str) -> None:
    page.set_viewport_size(size)
    page.emulate_media(**({"color_scheme": "light", "reduced_motion": "no-preference"} | media))
    open_anew(page)


def choose(page: Any, view: str) -> None:
    page.evaluate(f"change({{ ...START, ...{VIEWS[view]} }})")


def findings(page: Any, rules: list[str] | None = None) -> list[str]:
    """What axe-core finds that is serious: rule, place, and why; checks that it looked at all."""
    only = {"runOnly": {"type": "rule", "values": rules}} if rules else {}
    found = Axe().run(page, options={"resultTypes": ["violations", "passes"], **only}).response
    assert "color-contrast" in {rule["id"] for rule in found["passes"] + found["violations"]}
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_serious(page: Any, view: str) -> None:
    choose(page, view)
    assert findings(page) == []


def test_axe_finds_nothing_serious_in_the_dark(page: Any) -> None:
    set_up(page, color_scheme="dark")
    for view in VIEWS:
        choose(page, view)
        assert findings(page, ["color-contrast"]) == [], view


def test_axe_finds_nothing_serious_on_a_phone(page: Any) -> None:
    set_up(page, PHONE)
    for view in ("entity", "table", "article", "conflicts"):
        choose(page, view)
        assert findings(page) == [], view


def test_axe_finds_nothing_serious_in_what_the_search_finds(page: Any) -> None:
    page.fill("#search", "b")
    page.get_by_role("option").first.wait_for()
    assert findings(page) == []


def test_axe_would_find_something(page: Any) -> None:
    for name in ("aria-label", "title"):
        page.evaluate(f"document.querySelector('#theme').removeAttribute('{name}')")
    page.evaluate("document.querySelector('#theme').replaceChildren()")
    page.evaluate("document.querySelector('h1').style.color = 'rgb(200, 200, 200)'")
    assert {line.partition(":")[0] for line in findings(page)} == {"button-name", "color-contrast"}


def test_what_can_be_clicked_has_a_name_and_a_key(page: Any) -> None:
    # textContent: what lies outside the window may not be rendered yet and has no innerText then.
    for view in VIEWS:
        choose(page, view)
        unnamed = page.evaluate(
            f"""() => ({CLICKABLE})().filter((one) => {{
              const near = one.closest(
                "a[href], button, label, summary, [role=option], [tabindex], input, select, table");
              if (!near) return true;
              const words = near.getAttribute("aria-label") || near.textContent || near.title
                || [...near.labels ?? []].map((label) => label.innerText).join("")
                || document.getElementById(near.getAttribute("aria-labelledby") ?? "")?.innerText;
              return !words?.trim();
            }}).map((one) => one.outerHTML.slice(0, 120))"""
        )
        assert unnamed == [], view


def test_tab_reaches_everything_and_shows_where_it_is(page: Any) -> None:
    choose(page, "entity")
    wanted = page.evaluate(
        """() => {
          const all = [...document.querySelectorAll(
            "a[href], button, input, select, textarea, summary, [tabindex='0']")]
            .filter((one) => one.checkVisibility({ visibilityProperty: true }))
            .filter((one) => !one.disabled && one.tabIndex >= 0);
          all.forEach((one, number) => one.dataset.tab = number);
          return all.length;
        }"""
    )
    reached, unseen = set(), []
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        at = page.evaluate(
            """() => {
              const one = document.activeElement, look = getComputedStyle(one);
              const box = one.getBoundingClientRect();
              return { tab: one.dataset.tab, html: one.outerHTML.slice(0, 120),
                ring: look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2,
                inside: box.right > 0 && box.left < innerWidth && box.bottom > 0
                  && box.top < innerHeight };
            }"""
        )
        if at["tab"] is None:
            continue
        reached.add(int(at["tab"]))
        if not (at["ring"] and at["inside"]):
            unseen.append(at["html"])
    radios = page.evaluate(
        "[...document.querySelectorAll('[type=radio]:not(:checked)')].map((one) => one.dataset.tab)"
    )
    assert set(range(wanted)) - reached - {int(tab) for tab in radios if tab} == set()
    assert unseen == []


def test_nothing_moves_where_that_is_asked_for(page: Any) -> None:
    set_up(page, reduced_motion="reduce")
    page.evaluate(
        """() => { window.moved = [];
          for (const name of ["moveTo", "focus", "fit"]) {
            const move = network[name].bind(network);
            network[name] = (...given) => {
              window.moved.push(given.some((one) => one?.animation)); return move(...given); };
          } }"""
    )
    page.evaluate("network.moveTo({ position: { x: 4000, y: 4000 }, scale: 0.3 })")
    page.fill("#search", "Halvor")
    page.press("#search", "Enter")
    for button in page.locator(".zoom button").all():
        button.click()
    assert len(page.evaluate("moved")) >= 4
    assert not any(page.evaluate("moved"))
    for view in VIEWS:
        choose(page, view)
        assert page.evaluate("document.getAnimations().length") == 0
    times = page.evaluate(
        """() => [...document.querySelectorAll("body *")].map((one) => getComputedStyle(one))
          .flatMap((look) => [look.transitionDuration, look.animationDuration])
          .filter((time) => parseFloat(time) > 0)"""
    )
    assert times == []


def test_no_view_is_wider_than_a_phone(page: Any) -> None:
    set_up(page, PHONE)
    for view in VIEWS:
        choose(page, view)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], view


def test_words_can_be_twice_as_large(page: Any) -> None:
    """Without a second scroll bar. Source: WCAG 2.2, 1.4.4 and 1.4.10 (1366 px at 200 %)."""
    set_up(page, {"width": 683, "height": 384})
    for view in ("entity", "table"):
        choose(page, view)
        assert page.evaluate("document.documentElement.scrollWidth") <= 683
