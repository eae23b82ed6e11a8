"use strict";
// The graph without a mouse: the keys go from entity to entity, and a voice says where one is.

/** Keys of the graph and what they do; the help lists them. */
const GRAPH_KEYS = [
  [["←", "→", "↑", "↓"], "to the next entity in that direction"],
  [[".", ","], "to the next or the one before, the most connected first"],
  [["Enter"], "read its facts"],
  [["e"], "show or hide its neighbours"],
  [["f"], "draw its neighbourhood alone"],
  [["p"], "draw the shortest way from what is chosen"],
  [["+", "−", "0"], "zoom, show all that is drawn"],
  [["Esc"], "back: choose nothing, then to the overview"],
];
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
/** The entity that the keys are at. */
let keyed = null;
const spoken = make("p", { id: "spoken", class: "unseen", "aria-live": "assertive" });

function isKeyed() {
  return byId("canvas").contains(document.activeElement) && byId("canvas").matches(":focus-visible");
}

/** The nearest entity in a direction: what lies aside counts more than what lies ahead. */
function towards(entity, [right, down]) {
  const { places } = currentScene();
  const here = places.get(entity);
  let best = null;
  for (const [other, { x, y }] of places) {
    const ahead = (x - here.x) * right + (y - here.y) * down;
    const aside = Math.abs((x - here.x) * down) + Math.abs((y - here.y) * right);
    if (other === entity || ahead <= 0 || aside > 2.5 * ahead) continue;
    const cost = ahead + 2 * aside;
    if (best === null || cost < best.cost || (cost === best.cost && other < best.other)) best = { other, cost };
  }
  return best === null ? entity : best.other;
}

/** The next in the order of importance, or with -1 the one before. */
function inTurn(entity, step) {
  const order = [...currentScene().places.keys()].sort(byDegree);
  return order[(order.indexOf(entity) + step + order.length) % order.length];
}

function speak(entity) {
  const { label, type, degree } = page.entities[entity];
  const more = undrawnNeighbours(entity);
  const parts = [label || "(no name)", page.types[type].label, count(degree, "fact")];
  if (more) parts.push(`${count(more, "neighbour")} not drawn`);
  if (isOpen(entity)) parts.push("opened");
  spoken.textContent = parts.join(", ");
}

function goTo(entity) {
  keyed = entity;
  reveal(entity);
  speak(entity);
  forgetLabels();
  network.redraw();
}

/** Where the keys begin: at what is selected, or at the most connected entity. */
function startKeys() {
  const { places } = currentScene();
  if (keyed !== null && places.has(keyed)) return keyed;
  if (places.has(state.selected?.entity)) return state.selected.entity;
  return [...places.keys()].sort(byDegree)[0] ?? null;
}

function leaveOneThing() {
  if (state.selected) change({ selected: null }, { push: true });
  else if (state.focus !== null || state.path.length) leaveFocus();
  else return false;
  return true;
}

const ACTIONS = {
  Enter: () => change({ selected: { entity: keyed } }, { push: true }),
  e: () => toggleEntity(keyed),
  f: () => (state.focus === keyed ? leaveFocus() : focusOn(keyed, 1)),
  p: () => { const from = state.selected?.entity; if (from !== undefined && from !== keyed) showPath(from, keyed); },
  "+": () => zoomBy(1.3),
  "=": () => zoomBy(1.3),
  "-": () => zoomBy(1 / 1.3),
  0: () => fit(),
};

byId("canvas").addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const at = startKeys();
  if (at === null) return;
  const direction = DIRECTIONS[event.key];
  if (direction) goTo(keyed === at ? towards(at, direction) : at);
  else if (event.key === "." || event.key === ",") goTo(inTurn(at, event.key === "." ? 1 : -1));
  else if (event.key === "Escape") { if (!leaveOneThing()) return; }
  else if (ACTIONS[event.key]) { keyed = at; ACTIONS[event.key](); if (/^[ef]$/.test(event.key)) goTo(startKeys()); }
  else return;
  event.preventDefault();
  event.stopPropagation();
});
byId("canvas").addEventListener("focusin", () => {
  const at = startKeys();
  if (at !== null && byId("canvas").matches(":focus-visible")) goTo(at);
});
byId("canvas").addEventListener("focusout", () => { forgetLabels(); network.redraw(); });
for (const [name, value] of Object.entries({
  role: "application", tabindex: "0", "aria-roledescription": "graph", "aria-describedby": "graph-keys",
  "aria-label": "Graph; the table of facts says the same in words",
})) byId("canvas").setAttribute(name, value);
byId("graph").append(spoken, make("p", { id: "graph-keys", class: "unseen" }, GRAPH_KEYS.map(([keys, what]) => `${keys.join(" ")}: ${what}`).join("; ")));
onChange((now) => { if (now.selected?.entity !== undefined) keyed = now.selected.entity; });
