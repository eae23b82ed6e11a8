"""The drawing in a real browser: what is drawn, where, how it looks, and how keys move in it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import networkx as nx
import pytest

from kg.model.graph import Entity, KnowledgeGraph
from kg.model.statement import Modality
from tests.browser.conftest import OpenGraph
from tests.factories import (
    make_article,
    make_entity,
    make_evidence,
    make_fact,
    make_graph,
)
from tests.showcase import showcase_graph

LIMIT = 500  # nodes at once
AT_ONCE = 40  # neighbours shown when an entity is opened
SHOWCASE = showcase_graph()


def town_graph() -> KnowledgeGraph:
    """700 entities: a hub with more neighbours than may be drawn, a web around it, two islands."""
    chance = random.Random(5)  # noqa: S311  no secret
    article = make_article("One thing leads to another.", "town.txt")
    types = ("Company", "City", "Person", "Platform", "Initiative")
    people = [make_entity(f"Name {n:03}", types[n % 5]) for n in range(700)]
    ends = [(0, n) for n in range(1, 560)]
    ends += [(chance.randrange(1, 40), n) for n in range(100, 690)]
    ends += [(5, 693), (693, 694), (694, 697), (690, 691), (691, 692), (695, 696)]
    evidence = [make_evidence(article, "One thing leads to another")]
    facts = [make_fact(people[a], "partnerOf", people[b], evidence) for a, b in ends]
    return make_graph([article], facts, people)


TOWN = town_graph()
TOOLS = """() => {
  window.at = (label) => page.entities.findIndex((one) => one.label === label);
  window.labels = (numbers) => [...numbers].map((n) => page.entities[n].label);
  window.inWindow = (point) => {
    const { x, y } = network.canvasToDOM(point);
    const { left, top } = byId("canvas").getBoundingClientRect();
    return [x + left, y + top];
  };
}"""


def links(graph: KnowledgeGraph) -> nx.Graph[str]:
    """The entities by label, and which share a fact."""
    found: nx.Graph[str] = nx.Graph()
    found.add_nodes_from(entity.label for entity in graph.entities)
    for fact in graph.facts:
        if isinstance(fact.object, Entity) and fact.subject != fact.object:
            found.add_edge(fact.subject.label, fact.object.label)
    return found


def _opened(open_graph: OpenGraph, graph: KnowledgeGraph) -> Iterator[Any]:
    with open_graph(graph) as page:
        page.emulate_media(reduced_motion="reduce")
        page.evaluate(TOOLS)
        yield page


@pytest.fixture(scope="module")
def small(open_graph: OpenGraph) -> Iterator[Any]:
    yield from _opened(open_graph, SHOWCASE)


@pytest.fixture(scope="module")
def large(open_graph: OpenGraph) -> Iterator[Any]:
    yield from _opened(open_graph, TOWN)


@pytest.fixture(autouse=True)
def at_start(request: pytest.FixtureRequest) -> None:
    """Every page of the test as it opened."""
    for name in ("small", "large"):
        if name in request.fixturenames:
            page = request.getfixturevalue(name)
            page.mouse.move(1, 1)
            page.evaluate(
                "document.activeElement.blur(); keyed = null; hovered = null;"
                "change({ ...START }); fit()"
            )


def drawn(page: Any) -> set[str]:
    return set(page.evaluate("labels(currentScene().places.keys())"))


def places(page: Any) -> dict[str, list[float]]:
    found: dict[str, list[float]] = page.evaluate(
        "Object.fromEntries([...currentScene().places].map("
        "([n, { x, y, size }]) => [page.entities[n].key, [x, y, size]]))"
    )
    return found


def test_a_click_on_a_pill_shows_the_neighbours_and_another_hides_them(large: Any) -> None:
    before = drawn(large)
    graph = links(TOWN)
    label = next(
        name for name in sorted(before)
        if 0 < len(set(graph[name]) - before) <= AT_ONCE
    )  # fmt: skip
    missing = set(graph[label]) - before
    pill = "currentLabels().pills.find((one) => one.entity === at(label))"
    assert large.evaluate(f"(label) => {pill}.text", label) == f"+{len(missing)}"

    def press() -> None:
        middle = "inWindow({ x: box.x + box.width / 2, y: box.y + box.height / 2 })"
        point = large.evaluate(f"(label) => {{ const box = {pill}; return {middle}; }}", label)
        large.mouse.click(*point)

    press()
    assert drawn(large) == before | missing
    assert large.evaluate("(label) => isOpen(at(label))", label)
    assert large.evaluate(f"(label) => {pill}.text", label) == "−"
    press()
    assert drawn(large) == before


def test_a_busy_entity_shows_its_most_connected_neighbours_first(large: Any) -> None:
    before = drawn(large)
    large.evaluate("openEntity(at('Name 000'))")
    new = drawn(large) - before
    graph = links(TOWN)
    rest = set(graph["Name 000"]) - before
    assert len(new) == AT_ONCE
    assert new <= rest
    assert min(graph.degree(name) for name in new) >= max(graph.degree(name) for name in rest - new)
    heading = large.evaluate("currentScene().panels.at(-1).label")
    assert heading == f"Around Name 000 · {AT_ONCE} of {len(rest)}"


def test_what_was_opened_among_neighbours_goes_with_them(large: Any) -> None:
    before = drawn(large)
    for label in ("Name 005", "Name 693"):  # a way out of town
        large.evaluate("(label) => openEntity(at(label))", label)
    assert {"Name 693", "Name 694"} <= drawn(large)
    large.evaluate("closeEntity(at('Name 005'))")
    assert large.evaluate("state.opened") == []
    assert drawn(large) == before


def test_never_more_than_the_limit(large: Any) -> None:
    large.evaluate("change({ opened: [...story.keys()].sort(byDegree) })")
    assert len(drawn(large)) == LIMIT
    assert f"No more than {LIMIT}" in large.inner_text("#drawn")
    large.evaluate("focusOn(at('Name 000'), 3)")
    assert len(drawn(large)) == LIMIT
    assert large.evaluate("nodeSet.length") == LIMIT


def test_note_counts_what_is_not_drawn(large: Any) -> None:
    shown, graph = drawn(large), links(TOWN)
    near = {other for name in shown for other in graph[name]} - shown
    linked = {n for part in nx.connected_components(graph) if part & shown for n in part}
    apart = [part for part in nx.connected_components(graph) if not part & shown]
    note = large.inner_text("#drawn")
    assert note.startswith(f"{len(shown)} of 700 entities drawn. {len(near)} more")
    far = len(linked) - len(near) - len(shown)
    assert (f"{far} lie further away" in note) == (far > 0)
    assert f"{sum(map(len, apart))} elsewhere in {len(apart)} parts" in note


def test_a_part_of_its_own_is_shown_by_a_click(large: Any) -> None:
    graph, shown = links(TOWN), drawn(large)
    large.click("#drawn .apart")
    (part,) = [p for p in nx.connected_components(graph) if p & drawn(large)]
    assert not part & shown
    assert drawn(large) == part
    large.click("#drawn .back")
    assert drawn(large) > shown  # what is chosen stays in sight
    large.evaluate("change({ selected: null })")
    assert drawn(large) == shown


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_focus_draws_what_is_so_many_steps_away(small: Any, depth: int) -> None:
    expected = nx.single_source_shortest_path_length(links(SHOWCASE), "Pedalo", cutoff=depth)
    small.evaluate("(depth) => focusOn(at('Pedalo'), depth)", depth)
    assert drawn(small) == set(expected)
    assert f"Pedalo, and {len(expected) - 1} entities" in small.inner_text("#drawn")
    small.click("#drawn .back")
    assert small.evaluate("state.focus") is None
    assert len(drawn(small)) == len(SHOWCASE.entities)


def test_path_is_as_short_as_can_be(large: Any, small: Any) -> None:
    graph = links(TOWN)
    chance = random.Random(3)  # noqa: S311  no secret
    for _ in range(12):
        start, goal = (f"Name {chance.randrange(690):03}" for _ in range(2))
        if start == goal:
            continue
        large.evaluate("([a, b]) => showPath(at(a), at(b))", [start, goal])
        steps = nx.shortest_path_length(graph, start, goal)
        assert large.evaluate("currentScene().steps") == steps
        ways = list(nx.all_shortest_paths(graph, start, goal))
        union = {name for way in ways for name in way}
        expected = [union] if len(union) <= 12 else [set(way) for way in ways]
        assert drawn(large) in expected
    small.evaluate("showPath(at('Glow Sensor'), at('Tampere'))")
    assert "step" in small.inner_text("#drawn")
    named = small.evaluate("currentLabels().edges.length")
    assert named == small.evaluate("currentScene().edges.length")  # all relations can be read


def test_no_path_is_said_in_words(large: Any) -> None:
    large.evaluate("showPath(at('Name 000'), at('Name 690'))")
    assert large.inner_text("#drawn").startswith("No path between Name 000 and Name 690")
    assert drawn(large) == {"Name 000", "Name 690"}


def test_path_takes_what_is_denied_only_where_there_is_no_other(small: Any) -> None:
    """Halvor Group and Sweden share only a denied fact; there is a way around it."""
    graph = nx.Graph(links(SHOWCASE))
    for fact in SHOWCASE.facts:
        if fact.modality is Modality.NEGATED and isinstance(fact.object, Entity):
            graph.remove_edge(fact.subject.label, fact.object.label)
    small.evaluate("showPath(at('Halvor Group'), at('Sweden'))")
    expected = nx.shortest_path_length(graph, "Halvor Group", "Sweden")
    assert expected > 1
    assert small.evaluate("currentScene().steps") == expected


def test_the_same_address_is_the_same_picture(large: Any) -> None:
    large.evaluate("openEntity(at('Name 000'))")
    large.evaluate("openEntity(at('Name 007'))")
    large.evaluate("change({ selected: { entity: at('Name 650') } })")
    first = places(large)
    # Browsers pass over changes of the address where a page makes very many.
    address = large.evaluate("`${location.href.split('#')[0]}#${writeState(state)}`")
    large.evaluate("change({ ...START })")
    assert places(large) != first
    large.goto("about:blank")
    large.goto(address)
    large.wait_for_selector("#canvas canvas")
    assert places(large) == first
    large.asked.clear()  # the page itself
    large.evaluate(TOOLS)


def test_what_search_finds_is_drawn_with_its_way_to_the_rest(large: Any) -> None:
    graph = links(TOWN)
    shown = drawn(large)
    hidden = next(name for name in sorted(graph["Name 001"], reverse=True) if name not in shown)
    large.evaluate("(label) => change({ selected: { entity: at(label) } })", hidden)
    assert hidden in drawn(large)
    assert set(graph[hidden]) & drawn(large)
    large.evaluate("change({ selected: { entity: at('Name 690') } })")  # on an island
    assert drawn(large) == shown | {"Name 690", "Name 691"}


OVERLAPS = """() => {
  const { nodes, edges, pills, headings } = currentLabels();
  const discs = [...currentScene().places].map(([entity, { x, y, size }]) => {
    const [left, top, width] = [x - size + 3, y - size + 3, 2 * size - 6];
    return { entity, size, x: left, y: top, width, height: width };
  });
  const cover = (p, q) => p.x + 0.1 < q.x + q.width && q.x + 0.1 < p.x + p.width
    && p.y + 0.1 < q.y + q.height && q.y + 0.1 < p.y + p.height;
  const found = [];
  const texts = [...nodes, ...edges, ...headings, ...pills];
  for (const one of nodes) one.text = one.lines.join(" ");
  texts.forEach((one, n) => texts.slice(n + 1).forEach((other) => {
    if (cover(one, other)) found.push([one.text, other.text]);
  }));
  for (const one of [...nodes, ...edges, ...headings]) for (const disc of discs) {
    const isSmaller = one.isBold && disc.size < currentScene().places.get(one.entity).size;
    if (disc.entity === one.entity || isSmaller) continue;
    if (cover(one, disc)) found.push([one.text, disc.entity]);
  }
  return { found, shown: nodes.length };
}"""


@pytest.mark.parametrize("zoom", [0.2, 0.45, 0.7, 1, 1.6, 3])
def test_labels_do_not_cover_each_other(small: Any, large: Any, zoom: float) -> None:
    small.evaluate("change({ named: true })")
    large.evaluate("openEntity(at('Name 000'))")
    for page in (small, large):
        page.evaluate("(scale) => network.moveTo({ scale })", zoom)
        seen = page.evaluate(OVERLAPS)
        assert seen["found"] == []
        assert seen["shown"] > 0


def test_main_actors_keep_their_labels_at_any_zoom(small: Any) -> None:
    for zoom in (0.15, 0.5, 1):
        small.evaluate("(scale) => network.moveTo({ scale })", zoom)
        assert "Halvor Group" in small.evaluate(
            "labels(currentLabels().nodes.map(({ entity }) => entity))"
        )


def test_boxes_of_opened_and_focused_entities_stand_apart(large: Any) -> None:
    script = """() => {
      const boxes = [...currentScene().places].map(([entity, { x, y, size }]) => {
        const { width, height } = boxOf(entity, size);
        return { entity, x: x - width / 2, y: y - size, width, height };
      });
      return boxes.flatMap((one, n) => boxes.slice(n + 1)
        .filter((other) => !isApart(one, other, -1)).map((other) => [one.entity, other.entity]));
    }"""
    large.evaluate("openEntity(at('Name 000'))")
    large.evaluate("openEntity(at('Name 001'))")
    added = large.evaluate("currentScene().panels.slice(-2).flatMap(({ members }) => members)")
    crowded = large.evaluate(script)
    assert [pair for pair in crowded if set(pair) & set(added)] == []
    for number in (5, 12):
        large.evaluate("(n) => focusOn(n, 1)", number)
        assert large.evaluate(script) == []


def test_lines_tell_the_stances_apart(small: Any) -> None:
    looks = small.evaluate(
        "Object.fromEntries(STANCES.map((stance) => {"
        " const { number } = page.edges.find((edge) => edge.modality === stance);"
        " const look = edgeLooks(number, { bend: 0, isFar: false }, null);"
        " const marks = currentLabels().marks.filter((mark) => mark.number === number);"
        " const isCrossed = marks.some(({ kind }) => kind === 'cross');"
        " return [stance, [look.dashes, isCrossed, look.color.color]]; }))"
    )
    assert looks["asserted"][:2] == [False, False]
    assert looks["planned"][:2] == [[9, 6], False]
    assert looks["hedged"][:2] == [[2, 5], False]
    assert looks["negated"][:2] == [False, True]
    assert len({colour for _, _, colour in looks.values()}) == 4


def test_attributed_lines_have_a_speech_mark(small: Any) -> None:
    marked = small.evaluate(
        "currentLabels().marks.filter(({ kind }) => kind === 'speech')"
        ".flatMap(({ number }) => page.edges[number].facts.map((n) => page.facts[n].id))"
    )
    said = {
        fact.id for fact in SHOWCASE.facts
        if fact.attributed_to is not None and isinstance(fact.object, Entity)
    }  # fmt: skip
    assert set(marked) >= said
    assert said


def test_a_line_has_its_name_and_its_speaker_where_the_pointer_is(small: Any) -> None:
    assert small.evaluate("currentLabels().edges.length") == 0
    fact = next(
        f for f in SHOWCASE.facts
        if f.predicate == "suppliesTo" and f.attributed_to is not None
    )  # fmt: skip
    point = small.evaluate(
        "(id) => { const has = (edge) => edge.facts.some((n) => page.facts[n].id === id);"
        " const { number } = page.edges.find(has);"
        " const points = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7].map((share) => pointOn(number, share));"
        " const isOn = (at) => thingAt(network.canvasToDOM(at))?.edge === number;"
        " return inWindow(points.find(isOn)); }",
        fact.id,
    )
    small.mouse.move(*point)
    small.wait_for_function("currentLabels().edges.length === 1")
    assert small.evaluate("currentLabels().edges[0].text") == "supplies to, says Jonas Ek"
    small.mouse.move(1, 1)
    small.wait_for_function("currentLabels().edges.length === 0")
    small.evaluate("network.moveTo({ scale: 1.5 })")
    assert small.evaluate("currentLabels().edges.length") > 10


def test_keys_lead_from_the_tab_to_the_facts_of_an_entity(small: Any) -> None:
    small.focus("#zoom-in")
    small.keyboard.press("Shift+Tab")
    assert small.evaluate("document.activeElement.id") == "canvas"
    assert small.inner_text("#spoken").startswith("Halvor Group, ")
    wanted = small.evaluate("at('Lumenworks')")
    for _ in range(40):
        if small.evaluate("keyed") == wanted:
            break
        small.keyboard.press(
            small.evaluate(
                "(goal) => Object.keys(DIRECTIONS).map((key) => {"
                " const next = towards(keyed, DIRECTIONS[key]);"
                " const [a, b] = [next, goal].map((n) => currentScene().places.get(n));"
                " return [next === keyed ? Infinity : Math.hypot(a.x - b.x, a.y - b.y), key];"
                "}).sort(([p], [q]) => p - q)[0][1]",
                wanted,
            )
        )
    facts = [
        f
        for f in SHOWCASE.facts
        if "Lumenworks" in (f.subject.label, getattr(f.object, "label", ""))
    ]
    assert small.inner_text("#spoken").startswith(f"Lumenworks, company, {len(facts)} facts")
    small.keyboard.press("Enter")
    assert small.inner_text("aside h2") == "Lumenworks"
    small.keyboard.press("f")
    assert drawn(small) == {"Lumenworks", *links(SHOWCASE)["Lumenworks"]}
    small.keyboard.press("Escape")
    small.keyboard.press("Escape")
    assert small.evaluate("[state.selected, state.focus]") == [None, None]


def test_keys_reach_every_entity(small: Any) -> None:
    order = sorted(
        SHOWCASE.entities,
        key=lambda e: small.evaluate("(label) => -page.entities[at(label)].degree", e.label),
    )
    small.focus("#canvas")
    seen = []
    for _ in order:
        small.keyboard.press(".")
        seen.append(small.evaluate("page.entities[keyed].label"))
    assert set(seen) == {entity.label for entity in order}
    small.keyboard.press(".")
    small.keyboard.press(",")
    assert small.evaluate("page.entities[keyed].label") == seen[-1]
    arrows = small.evaluate(
        """() => {
          const [seen, ways] = [new Set([startKeys()]), Object.values(DIRECTIONS)];
          for (const n of seen) for (const way of ways) seen.add(towards(n, way));
          return seen.size;
        }"""
    )
    assert arrows >= 0.9 * len(SHOWCASE.entities)


def test_key_e_opens_and_closes(large: Any) -> None:
    before = drawn(large)
    large.focus("#canvas")
    large.evaluate("goTo(at('Name 000'))")
    large.keyboard.press("e")
    assert len(drawn(large)) == len(before) + AT_ONCE
    assert "opened" in large.inner_text("#spoken")
    large.keyboard.press("e")
    assert drawn(large) == before


def test_nothing_moves_by_itself_where_motion_is_not_wanted(large: Any) -> None:
    moves = large.evaluate(
        """() => {
          const asked = [];
          const original = network.moveTo;
          network.moveTo = (target) => {
            asked.push(Boolean(target.animation));
            original.call(network, target);
          };
          openEntity(at('Name 000')); zoomBy(1.3); fit(null, { isSmooth: true });
          closeEntity(at('Name 000')); change({ selected: { entity: at('Name 650') } });
          network.moveTo = original;
          return asked;
        }"""
    )
    assert moves
    assert not any(moves)


def test_pane_does_not_hide_what_is_chosen_on_a_phone(open_graph: OpenGraph) -> None:
    is_seen = (
        "() => { const at = network.canvasToDOM(network.getPosition(state.selected.entity)).y"
        " + document.getElementById('canvas').getBoundingClientRect().top;"
        " const pane = document.getElementById('pane').getBoundingClientRect();"
        " return pane.height > 100 && at > 150 && at < pane.top; }"
    )
    with open_graph(SHOWCASE) as page:
        page.set_viewport_size({"width": 390, "height": 844})
        page.reload()
        for label in ("Pedalo", "Bergen Airport"):
            page.fill("#search", label)
            page.press("#search", "Enter")
            page.wait_for_function(is_seen)
        page.evaluate("location.hash = writeState(state)")
        page.reload()
        page.wait_for_function(is_seen)
        page.asked.clear()  # the page itself
