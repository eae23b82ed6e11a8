"use strict";
// The drawing. vis-network knows where nodes and lines are; what they look like is painted here.

const nodeSet = new vis.DataSet([]);
const edgeSet = new vis.DataSet([]);
const network = new vis.Network(byId("canvas"), { nodes: nodeSet, edges: edgeSet }, JSON.parse(options));
/** What the pointer is on: {entity}, {edge}, {pill} or {panel}; null for nothing. */
let hovered = null;
let light = null;

/** What is in the light: the entities and edges, or null for everything. */
function lightOf({ edges, places }) {
  const { selected } = state;
  if (selected === null || (selected.entity !== undefined && !places.has(selected.entity))) return null;
  if (selected.entity !== undefined && selected.entity === state.focus) return null; // all of it is around it
  const isLit = selected.entity !== undefined
    ? (edge) => edge.from === selected.entity || edge.to === selected.entity
    : (edge) => edge.facts.some((number) => selected.facts.includes(number));
  const chosen = edges.map((number) => page.edges[number]).filter(isLit);
  const ends = selected.entity !== undefined ? [selected.entity]
    : selected.facts.flatMap((number) => endsOf(page.facts[number])).filter((entity) => places.has(entity));
  if (!ends.length) return null;
  return { nodes: new Set([...ends, ...chosen.flatMap((edge) => [edge.from, edge.to])]), edges: new Set(chosen.map((edge) => edge.number)) };
}

/** Makes a set of vis-network hold these, and tells it of nothing that has not changed. */
function put(set, looks, known) {
  const wanted = new Set(looks.map(({ id }) => id));
  const gone = [...known.keys()].filter((id) => !wanted.has(id));
  for (const id of gone) known.delete(id);
  if (gone.length) set.remove(gone);
  const changed = looks.filter((look) => {
    const text = JSON.stringify(look);
    const isNew = known.get(look.id) !== text;
    known.set(look.id, text);
    return isNew;
  });
  if (changed.length) set.update(changed);
}

const knownNodes = new Map();
const knownEdges = new Map();
const UNSEEN = { background: "transparent", border: "transparent" }; // painted on top of the lines, by paint.js

/** Draws what the state says, anew where it has changed. */
function redraw() {
  readPalette();
  const scene = currentScene();
  light = lightOf(scene);
  const bend = bends(scene);
  put(nodeSet, [...scene.places].map(([id, { x, y, size }]) => ({
    id, x, y, size, shape: "dot", borderWidth: 0, color: { ...UNSEEN, highlight: UNSEEN, hover: UNSEEN },
  })), knownNodes);
  put(edgeSet, scene.edges.map((number) => edgeLooks(number, bend.get(number), light)), knownEdges);
  forgetLabels();
  network.redraw();
}

/** The rectangle around entities with their labels, or around all that is drawn. */
function extentOf(entities = null) {
  const { places, panels } = currentScene();
  const rects = entities === null ? [...panels] : [];
  for (const entity of entities ?? places.keys()) {
    const { x, y, size } = places.get(entity);
    const { width, height } = boxOf(entity, size);
    rects.push({ x: x - width / 2, y: y - size, width, height });
  }
  const left = Math.min(...rects.map(({ x }) => x));
  const top = Math.min(...rects.map(({ y }) => y));
  return { left, top, right: Math.max(...rects.map(({ x, width }) => x + width)), bottom: Math.max(...rects.map(({ y, height }) => y + height)), isEmpty: !rects.length };
}

const MARGIN = 18; // pixels around what is shown
const LARGEST = 1.25;
const SMALLEST = 0.08; // on a low screen the note may leave no room at all

let isFitted = false; // whether all is shown, so that it should be when the window changes

/** Shows entities, or all that is drawn, as large as they fit. */
function fit(entities = null, { isSmooth = false } = {}) {
  const { left, top, right, bottom, isEmpty } = extentOf(entities);
  const { clientWidth, clientHeight } = byId("canvas");
  if (isEmpty || !clientWidth) return;
  const room = { width: clientWidth - 2 * MARGIN, height: clientHeight - 2 * MARGIN - noteHeight() };
  const scale = Math.max(SMALLEST, Math.min(room.width / (right - left), room.height / (bottom - top), LARGEST));
  const position = { x: (left + right) / 2, y: (top + bottom) / 2 + noteHeight() / 2 / scale };
  network.moveTo({ position, scale, animation: isSmooth && !isStill() ? { duration: 350, easingFunction: "easeInOutQuad" } : false });
  isFitted = entities === null;
}

/** Moves just enough to show an entity that lies outside the picture. */
function reveal(entity) {
  const place = currentScene().places.get(entity);
  if (!place) return;
  const { x, y } = network.canvasToDOM(place);
  const { clientWidth, clientHeight } = byId("canvas");
  const free = freeHeight();
  if (x > 60 && y > 40 && x < clientWidth - 60 && y < free - 60) return;
  isFitted = false;
  network.moveTo({
    position: place, offset: { x: 0, y: (free - clientHeight) / 2 }, scale: Math.max(network.getScale(), 0.6),
    animation: isStill() ? false : { duration: 300 },
  });
}

/** How much of the canvas can be seen: on a phone the pane lies over its foot. */
function freeHeight() {
  const canvas = byId("canvas").getBoundingClientRect();
  const pane = byId("pane").getBoundingClientRect();
  const isCovered = isNarrow.matches && pane.height > 0;
  return isCovered ? Math.max(0, pane.top - canvas.top) : canvas.height - noteHeight();
}

function zoomBy(factor) {
  const scale = Math.min(4, Math.max(0.08, network.getScale() * factor));
  isFitted = false;
  network.moveTo({ scale, animation: isStill() ? false : { duration: 150 } });
}

/** What is at a point of the canvas: what is painted on top comes first. */
function thingAt(point) {
  const at = network.DOMtoCanvas(point);
  const pill = pillAt(at);
  if (pill !== null) return { pill };
  const entity = network.getNodeAt(point) ?? labelAt(at);
  if (entity !== undefined && entity !== null) return { entity };
  const edge = network.getEdgeAt(point);
  if (edge !== undefined) return { edge: Number(edge.slice(1)) };
  const panel = panelAt(at);
  return panel ? { panel } : null;
}

/** Opens an entity, or closes it again. */
function toggleEntity(entity) {
  if (isOpen(entity)) closeEntity(entity);
  else if (undrawnNeighbours(entity)) openEntity(entity);
}

function choose(thing) {
  if (thing?.pill !== undefined) toggleEntity(thing.pill);
  else if (thing?.entity !== undefined) {
    if (state.selected?.entity !== thing.entity) change({ selected: { entity: thing.entity } }, { push: true });
  } else if (thing?.edge !== undefined) change({ selected: { facts: page.edges[thing.edge].facts } }, { push: true });
  else if (thing?.panel?.entity !== undefined && thing?.panel?.entity !== null) focusOn(thing.panel.entity, 1);
  else if (state.selected) change({ selected: null }, { push: true });
}

function hover(thing) {
  const name = (one) => (one === null ? "" : `${one.pill} ${one.entity} ${one.edge} ${one.panel?.label}`);
  if (name(thing) === name(hovered)) return;
  hovered = thing;
  byId("canvas").style.cursor = thing === null || (thing.panel && thing.panel.entity === null) ? "" : "pointer";
  byId("canvas").title = thing?.pill !== undefined ? pillTitle(thing.pill) : "";
  forgetLabels();
  network.redraw();
}

network.canvas.frame.tabIndex = -1; // the keys are with #canvas (keys.js)
network.on("click", ({ pointer }) => choose(thingAt(pointer.DOM)));
network.on("doubleClick", ({ pointer }) => {
  const thing = thingAt(pointer.DOM);
  if (thing?.entity === undefined) return;
  if (isOpen(thing.entity) || undrawnNeighbours(thing.entity)) toggleEntity(thing.entity);
  else if (state.focus !== thing.entity) focusOn(thing.entity);
});
byId("canvas").addEventListener("pointermove", (event) => {
  if (event.pointerType === "touch" || event.buttons) return;
  const box = byId("canvas").getBoundingClientRect();
  hover(thingAt({ x: event.clientX - box.left, y: event.clientY - box.top }));
});
byId("canvas").addEventListener("pointerleave", () => hover(null));
for (const name of ["zoom", "dragEnd"]) network.on(name, () => { isFitted = false; });
new ResizeObserver(() => {
  if (state.view !== "graph") return;
  network.setSize("100%", "100%");
  if (isFitted) fit();
  network.redraw();
}).observe(byId("canvas"));
network.on("beforeDrawing", (context) => paintPanels(context));
network.on("afterDrawing", (context) => paintScene(context));
byId("zoom-in").addEventListener("click", () => zoomBy(1.3));
byId("zoom-out").addEventListener("click", () => zoomBy(1 / 1.3));
byId("zoom-fit").addEventListener("click", () => fit(null, { isSmooth: true }));

/** Brings into the picture what a change of the state has drawn. */
function follow(now, before) {
  if (before === null || before.view !== now.view || differs(before, ["focus", "depth", "path"])) {
    fit();
    if (isNarrow.matches) revealChosen(now);
    return;
  }
  const last = now.opened.at(-1);
  const panel = currentScene().panels.find(({ entity }) => entity === last);
  if (now.opened.length > before.opened.length && panel) {
    if (!isShown(extentOf([last, ...panel.members]))) fit([last, ...panel.members], { isSmooth: true });
  } else if (now.opened.length < before.opened.length) fit(null, { isSmooth: true });
  else if (differs(before, ["selected"])) revealChosen(now);
}

function revealChosen({ selected }) {
  if (selected?.entity === undefined) return;
  if (isNarrow.matches) requestAnimationFrame(() => reveal(selected.entity)); // when the pane has its height
  else reveal(selected.entity);
}

function isShown({ left, top, right, bottom }) {
  const low = network.DOMtoCanvas({ x: 0, y: 0 });
  const high = network.DOMtoCanvas({ x: byId("canvas").clientWidth, y: byId("canvas").clientHeight - noteHeight() });
  return left >= low.x && top >= low.y && right <= high.x && bottom <= high.y && network.getScale() > 0.45;
}

onChange((now, before) => {
  if (now.view !== "graph") return;
  const parts = [...FILTERS, "selected", "opened", "focus", "depth", "path", "named", "view"];
  if (!differs(before, parts)) return;
  redraw();
  showNote();
  follow(now, before);
});
