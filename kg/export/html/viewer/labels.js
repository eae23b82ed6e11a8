"use strict";
// Which labels are painted: at any zoom none covers a more important one.

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif';
const NODE_TEXT = { units: 15, least: 10.5, most: 19 }; // in page units, and in pixels on the screen
const EDGE_TEXT = { units: 12.5, least: 10.5, most: 14 };
const MAIN = { number: 6, share: 0.7 }; // so many of the largest, of at least this share of the largest radius
const NAMES_FIRST = 0.65; // zoom below which there is no room for a pill before a name
const MANY_MARKS = 110; // lines from which on marks without room are left out
const CLOSE = 1.15; // zoom from which on lines have their names
const HOVER_NAMES = 16; // a pointer on a busier entity names no lines
const widths = new Map();
const ruler = document.createElement("canvas").getContext("2d");
let labelled = { key: null, nodes: [], edges: [], marks: [] };

function textWidth(text, isBold) {
  const key = `${isBold ? "b" : ""}${text}`;
  if (!widths.has(key)) {
    ruler.font = `${isBold ? 650 : 400} 20px ${FONT}`;
    widths.set(key, ruler.measureText(text).width / 20);
  }
  return widths.get(key);
}

/** The size of a text in page units, so that it can be read at this zoom. */
function textSize({ units, least, most }, scale) {
  return Math.min(Math.max(units, least / scale), most / scale);
}

function forgetLabels() {
  labelled.key = null;
}

/** The labels, edge labels and marks for the present zoom, with their boxes in page units. */
function currentLabels() {
  const scene = currentScene();
  const scale = network.getScale();
  if (labelled.key !== null && labelled.key.scene === scene && labelled.key.scale === scale) return labelled;
  const discs = [...scene.places].map(([entity, { x, y, size }]) => ({ entity, x: x - size, y: y - size, width: 2 * size, height: 2 * size }));
  const { main, others } = Object.groupBy(labelOrder(scene), ({ isBold }) => (isBold ? "main" : "others"));
  const taken = [];
  const nodes = nodeLabels(main ?? [], scale, taken, discs);
  const headings = panelHeadings(scene, scale).filter((box) => isFree(box, [...taken, ...discs]));
  taken.push(...headings);
  // From afar names say more than numbers.
  if (scale < NAMES_FIRST) nodes.push(...nodeLabels(others ?? [], scale, taken, discs));
  const pills = pillBoxes(scene, scale).filter((box) => isFree(box, taken));
  taken.push(...pills);
  if (scale >= NAMES_FIRST) nodes.push(...nodeLabels(others ?? [], scale, taken, discs));
  taken.push(...discs);
  const marks = markBoxes(scene, scale, taken);
  const edges = edgeLabels(scene, scale, [...taken, ...marks]);
  labelled = { key: { scene, scale }, nodes, headings, edges, marks, pills };
  return labelled;
}

function isFree(box, taken) {
  return taken.every((other) => isApart(box, other, 0));
}

/** The more important an entity is, the sooner it gets its label. */
function rankOf(entity, { size }) {
  if (hovered?.entity === entity || keyed === entity || state.selected?.entity === entity) return 1e6;
  if (state.focus === entity || state.path.includes(entity)) return 1e5;
  return (light?.nodes.has(entity) ? 1e4 : 0) + size * 100 + Math.min(99, page.entities[entity].degree);
}

/** The main entities of a drawing. */
function mainOf({ places }) {
  const largest = [...places].sort(([one, { size }], [other, { size: otherSize }]) => otherSize - size || byDegree(one, other)).slice(0, MAIN.number);
  return new Set(largest.filter(([, { size }]) => size >= MAIN.share * largest[0][1].size).map(([entity]) => entity));
}

/** Who is asked first whether there is room for its label. */
function labelOrder(scene) {
  scene.main ??= mainOf(scene);
  return [...scene.places].map(([entity, place]) => {
    const rank = rankOf(entity, place) + (scene.main.has(entity) ? 5e4 : 0);
    return { entity, place, rank, isBold: scene.main.has(entity) || rank >= 1e5 };
  }).sort((one, other) => other.rank - one.rank || one.entity - other.entity);
}

/** The labels of the main entities may cover the discs of small ones, at a zoom where both are tiny. */
function nodeLabels(order, scale, taken, discs) {
  const size = textSize(NODE_TEXT, scale);
  const found = [];
  for (const { entity, place, rank, isBold } of order) {
    const lines = linesOf(entity);
    const width = Math.max(...lines.map((line) => textWidth(line, isBold))) * size;
    const height = lines.length * size * 1.2;
    const box = { entity, lines, size, isBold, x: place.x - width / 2, y: place.y + place.size + 3, width, height };
    const isForced = rank >= 1e6;
    if (!isForced && !isFree(box, taken)) continue;
    const covers = (disc) => disc.entity !== entity && !isApart(box, disc, -2) && (!isBold || disc.width >= 2 * place.size);
    if (!isForced && discs.some(covers)) continue;
    taken.push(box);
    found.push(box);
  }
  return found;
}

/** Whether a line has its name beside it. */
function isNamed(edge, scale) {
  if (hovered?.edge === edge.number) return true;
  if (light !== null) return light.edges.has(edge.number);
  const near = hovered?.entity;
  if (near !== undefined && (edge.from === near || edge.to === near)) return edgesAt[near].length <= HOVER_NAMES;
  return state.named || state.path.length > 0 || scale >= CLOSE;
}

function edgeText(edge) {
  const { label } = page.predicates[edge.predicate];
  const speakers = speakersOf(edge);
  const isAsked = hovered?.edge === edge.number || light?.edges.has(edge.number);
  const said = isAsked && speakers.length ? `, says ${speakers.map((speaker) => page.entities[speaker].label).join(", ")}` : "";
  return `${edge.modality === "negated" ? `not: ${label}` : label}${said}`;
}

function edgeLabels({ edges }, scale, taken) {
  const size = textSize(EDGE_TEXT, scale);
  const found = [];
  const named = edges.map((number) => page.edges[number]).filter((edge) => isNamed(edge, scale));
  const rank = (edge) => (hovered?.edge === edge.number ? 1e6 : 0) + page.entities[edge.from].degree + page.entities[edge.to].degree;
  named.sort((one, other) => rank(other) - rank(one) || one.number - other.number);
  for (const edge of named) {
    const text = edgeText(edge);
    const width = textWidth(text, false) * size;
    const isForced = hovered?.edge === edge.number;
    for (const share of [0.5, 0.38, 0.62, 0.28, 0.72]) {
      const point = pointOn(edge.number, share);
      if (!point) break;
      const box = { edge, text, size, x: point.x - width / 2, y: point.y - size * 0.6, width, height: size * 1.2 };
      if (!isForced && !isFree(box, taken)) continue;
      taken.push(box);
      found.push(box);
      break;
    }
  }
  return found;
}

/** Where a denied line is crossed and where an attributed one has its speech mark. */
function markBoxes({ edges }, scale, taken) {
  const half = textSize({ units: 7, least: 4.5, most: 9 }, scale);
  const found = [];
  const mark = (number, kind, shares) => {
    for (const share of shares) {
      const point = pointOn(number, share);
      if (!point) return;
      const box = { number, kind, half, x: point.x - half, y: point.y - half, width: 2 * half, height: 2 * half, point };
      const isLast = share === shares.at(-1) && edges.length < MANY_MARKS;
      if (!isLast && !isFree(box, taken) ) continue;
      found.push(box);
      return;
    }
  };
  for (const number of edges) {
    const edge = page.edges[number];
    if (edge.modality === "negated") mark(number, "cross", [0.5, 0.42, 0.34, 0.26, 0.5]);
    if (speakersOf(edge).length) mark(number, "speech", [0.6, 0.68, 0.4, 0.76, 0.3, 0.6]);
  }
  return found;
}

/** The entity whose label is at a point in page units; undefined for none. */
function labelAt({ x, y }) {
  return currentLabels().nodes.find((box) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height)?.entity;
}
