"use strict";
// Which entities are drawn, and where: what the page opens with and what the reader asked for.

const MAX_DRAWN = 500; // more are a black ball, whatever the library
const MAX_LINES = 1000; // likewise; every drawn entity keeps one, what is chosen all of its own
const OPENED_AT_ONCE = 40;
const FAR = 4; // steps over which something found is linked to what is drawn
const story = new Map(nodes.map(({ id, x, y, size, label }) => [id, { x, y, size, label }]));
const storyPanels = (page.groups ?? page.story?.groups ?? []).map(({ family, label, x, y, width, height }) => ({ family, label, x, y, width, height }));

/** Shows the neighbours of an entity that are not drawn. */
function openEntity(entity) {
  if (!isOpen(entity)) change({ opened: [...state.opened, entity] }, { push: true });
}

/** Takes them away again, and what was opened among them. */
function closeEntity(entity) {
  const { panels } = overviewOf({ ...state, selected: null });
  const gone = new Set([entity]);
  for (const one of gone) { // grows while it is gone through
    const members = panels.find((panel) => panel.entity === one)?.members ?? [];
    for (const member of members) if (isOpen(member)) gone.add(member);
  }
  change({ opened: state.opened.filter((other) => !gone.has(other)) }, { push: true });
}

function isOpen(entity) {
  return state.opened.includes(entity);
}

/** Draws an entity and what is up to `depth` steps away, and nothing else. */
function focusOn(entity, depth = 1) {
  change({ view: "graph", focus: entity, depth, path: [], selected: { entity } }, { push: true });
}

/** Draws the shortest ways between two entities, and nothing else. */
function showPath(from, to) {
  change({ view: "graph", path: [from, to], focus: null, depth: START.depth }, { push: true });
}

/** Back to the overview. */
function leaveFocus() {
  change({ focus: null, depth: START.depth, path: [] }, { push: true });
}

/** How many neighbours of an entity are not drawn. */
function undrawnNeighbours(entity) {
  return currentScene().pills.get(entity) ?? 0;
}

let lastScene = { key: null, scene: null };

/**
 * What is drawn: `places` (entity to {x, y, size}), `panels` behind them, numbers of `edges`,
 * `pills` (entity to the number of neighbours not drawn), and what the reader is told.
 */
function currentScene() {
  const { opened, focus, depth, path, selected } = state;
  const flags = passing();
  const key = [opened, focus, depth, path, selected, flags];
  if (lastScene.key === null || key.some((part, at) => part !== lastScene.key[at])) {
    let scene;
    if (path.length) scene = pathScene(...path);
    else if (focus !== null) scene = focusScene(focus, depth);
    else scene = overviewOf(state);
    lastScene = { key, scene: withSelected(scene, lastScene.scene) };
  }
  return lastScene.scene;
}

/** The same scene object where the same is drawn in the same places. */
function withSelected(scene, before) {
  const isSame = before !== null && before.kind === scene.kind && before.flags === passing().flags
    && before.title === scene.title && before.places.size === scene.places.size
    && (!before.linesLeft || before.chosen === state.selected)
    && [...scene.places].every(([entity, { x, y }]) => before.places.get(entity)?.x === x && before.places.get(entity).y === y);
  if (isSame) return before;
  const all = drawnEdges(scene.places);
  const most = Math.min(MAX_LINES, 40 + 2 * scene.places.size); // more hide what they link
  const edges = all.length > most ? fewerEdges(all, scene.places, most) : all;
  return { ...scene, flags: passing().flags, edges, linesLeft: all.length - edges.length, chosen: state.selected, pills: scene.kind === "path" ? new Map() : pillsOf(scene.places) };
}

/** The story, what was opened, and what is selected. */
function overviewOf({ opened, selected }) {
  const drawing = { kind: "overview", title: "", places: new Map(story), panels: [...storyPanels], isFull: false };
  drawing.taken = storyPanels.length ? [...storyPanels] : [...story].map(([entity, { x, y, size }]) => {
    const { width, height } = boxOf(entity, size);
    return { x: x - width / 2, y: y - size, width, height };
  });
  for (const entity of opened) openIn(drawing, entity);
  const ends = selected?.entity !== undefined ? [selected.entity]
    : [...new Set((selected?.facts ?? []).slice(0, 6).flatMap((number) => endsOf(page.facts[number])))];
  for (const entity of ends) if (!drawing.places.has(entity)) connectIn(drawing, entity);
  return drawing;
}

/** Members in the order of panels: families together, the most connected first. */
function grouped(members) {
  const family = (entity) => page.types[page.entities[entity].type].family;
  return [...members].sort((one, other) => family(one) - family(other) || byDegree(one, other));
}

function openIn(drawing, entity) {
  if (!drawing.places.has(entity)) connectIn(drawing, entity);
  const rest = neighboursOf(entity).filter((other) => !drawing.places.has(other)).sort(byDegree);
  const members = rest.slice(0, Math.max(0, Math.min(OPENED_AT_ONCE, MAX_DRAWN - drawing.places.size)));
  if (members.length < Math.min(OPENED_AT_ONCE, rest.length)) drawing.isFull = true;
  if (!members.length) return;
  const part = members.length < rest.length ? ` · ${members.length} of ${rest.length.toLocaleString("en")}` : "";
  addPanel(drawing, grouped(members), { entity, label: `Around ${page.entities[entity].label || "(no name)"}${part}`, near: entity });
}

/** Draws something that is not drawn, with the way that links it to what is, or else with neighbours of its own. */
function connectIn(drawing, entity) {
  if (drawing.places.size >= MAX_DRAWN) drawing.isFull = true;
  const room = MAX_DRAWN - drawing.places.size;
  const way = wayTo(entity, (other) => drawing.places.has(other), FAR);
  const members = way ? way.slice(0, -1) : [entity, ...neighboursOf(entity).sort(byDegree).filter((other) => !drawing.places.has(other)).slice(0, 12)];
  if (members.length <= room) addPanel(drawing, members, { entity: null, label: "Found", near: way ? way.at(-1) : null });
}

function addPanel(drawing, members, { entity, label, near }) {
  const panel = inRows(members, label);
  const all = drawing.taken;
  const middle = { x: all.length ? (Math.min(...all.map(({ x }) => x)) + Math.max(...all.map(({ x, width }) => x + width))) / 2 : 0, y: 1e4 };
  const { x, y } = freePlace(panel, all, drawing.places.get(near) ?? middle);
  for (const [member, place] of panel.at) drawing.places.set(member, { x: x + place.x, y: y + place.y, size: place.size });
  const rect = { x, y, width: panel.width, height: panel.height, label, family: -1, entity, near, members };
  drawing.panels.push(rect);
  drawing.taken.push(rect);
}

function focusScene(entity, depth) {
  const { levels, left } = neighbourhood(entity, depth, MAX_DRAWN);
  return { kind: "focus", title: `${entity} ${depth}`, places: inRings(levels), panels: [], isFull: left > 0, left };
}

function pathScene(start, goal) {
  const found = start === goal ? { columns: [[start]], isAll: true, isDenied: false } : shortestPaths(start, goal);
  const columns = found ? found.columns : [[start], [goal]];
  return { kind: "path", title: `${start} ${goal}`, places: inColumns(columns), panels: [], isFull: false, steps: found ? columns.length - 1 : null, isAll: found?.isAll, isDenied: found?.isDenied };
}

function pillsOf(places) {
  const pills = new Map();
  for (const entity of places.keys()) {
    const number = neighboursOf(entity).filter((other) => !places.has(other)).length;
    if (number) pills.set(entity, number);
  }
  return pills;
}

/** Numbers of the edges that are drawn: both ends are, and a fact of theirs passes the filters. */
function drawnEdges(places) {
  const open = passingEdges();
  const found = [];
  for (const entity of places.keys()) {
    for (const number of edgesAt[entity]) {
      const { from, to } = page.edges[number];
      if (open[number] && from === entity && places.has(to)) found.push(number);
    }
  }
  return found.sort((one, other) => one - other);
}

/** As many edges as can be drawn: those of what is chosen, then one for each entity, then the best founded. */
function fewerEdges(numbers, places, most) {
  const lead = new Set([state.focus, state.selected?.entity]);
  const turn = new Map([...places.keys()].map((entity, position) => [entity, position]));
  const linked = new Set();
  const rank = new Map();
  for (const number of numbers) {
    const { from, to, facts } = page.edges[number];
    const later = turn.get(from) > turn.get(to) ? from : to; // levels of a neighbourhood stand in their order
    const isFirst = !linked.has(later);
    linked.add(later);
    rank.set(number, lead.has(from) || lead.has(to) ? 1e6 : isFirst ? 1e5 : facts.length);
  }
  const chosen = [...numbers].sort((one, other) => rank.get(other) - rank.get(one) || one - other).slice(0, most);
  return chosen.sort((one, other) => one - other);
}

/**
 * What is not drawn: how many entities hang on drawn ones, lie further away, or are in parts of their
 * own, and the one of those with the most neighbours.
 */
function undrawn(places) {
  const counts = { near: 0, far: 0, apart: 0, parts: 0, main: null };
  const seen = new Set(places.keys());
  const flood = (ring) => {
    let number = 0;
    while (ring.length) {
      ring = [...new Set(ring.flatMap((entity) => neighboursOf(entity)))].filter((entity) => !seen.has(entity));
      for (const entity of ring) seen.add(entity);
      number += ring.length;
    }
    return number;
  };
  const near = [...new Set([...places.keys()].flatMap((entity) => neighboursOf(entity)))].filter((entity) => !seen.has(entity));
  for (const entity of near) seen.add(entity);
  counts.near = near.length;
  counts.far = flood(near);
  const live = [...(isFiltered() ? new Set(passing().facts.flatMap(endsOf)) : page.entities.keys())];
  const apart = live.filter((entity) => !seen.has(entity)).sort(byDegree);
  counts.main = apart[0] ?? null;
  for (const entity of apart) {
    if (seen.has(entity)) continue;
    seen.add(entity);
    counts.parts += 1;
    counts.apart += 1 + flood([entity]);
  }
  return counts;
}
