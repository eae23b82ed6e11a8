"use strict";
// The drawing. Nodes stand where drawn.js puts them; only their looks change.

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif';
const DASHES = { asserted: false, planned: [9, 6], hedged: [2, 5], negated: false };
const nodeSet = new vis.DataSet([]);
const edgeSet = new vis.DataSet([]);
const network = new vis.Network(byId("canvas"), { nodes: nodeSet, edges: edgeSet }, JSON.parse(options));
byId("canvas").querySelector(".vis-network").tabIndex = -1; // it knows no keys here

/** A label in short lines; the pane shows it whole. */
function wrapped(label) {
  const lines = [""];
  for (const word of label.split(/\s+/)) {
    const last = lines.at(-1);
    if (last && last.length + word.length + 1 > 18) lines.push(word.slice(0, 24));
    else lines[lines.length - 1] = (last ? `${last} ${word}` : word).slice(0, 24);
  }
  return (lines.length > 3 ? [...lines.slice(0, 2), `${lines[2]} …`] : lines).join("\n") || "(no name)";
}

/** What is in the light: the numbers of nodes and edges, or null for everything. */
function lit(edges) {
  const { selected } = state;
  if (selected === null) return null;
  const isLit = selected.entity !== undefined
    ? (edge) => edge.from === selected.entity || edge.to === selected.entity
    : (edge) => edge.facts.some((number) => selected.facts.includes(number));
  const chosen = edges.map((number) => page.edges[number]).filter(isLit);
  if (!chosen.length && selected.entity === undefined) return null;
  const ends = chosen.flatMap((edge) => [edge.from, edge.to]);
  return { nodes: new Set(selected.entity === undefined ? ends : [selected.entity, ...ends]), edges: new Set(chosen.map((edge) => edge.number)) };
}

function nodeLooks(entity, { x, y, size }, light) {
  const isDim = light !== null && !light.nodes.has(entity);
  const fill = cssColour(`type${familyOf(entity).colour}`);
  return {
    id: entity, x, y, size, shape: "dot", label: wrapped(page.entities[entity].label), opacity: isDim ? 0.18 : 1,
    borderWidth: 2, borderWidthSelected: 4,
    color: {
      background: fill, border: cssColour("paper"),
      highlight: { background: fill, border: cssColour("ink") }, hover: { background: fill, border: cssColour("soft") },
    },
    font: {
      face: FONT, size: 15, color: isDim ? "rgba(128,128,128,0.28)" : cssColour("ink"),
      strokeWidth: isDim ? 0 : 4, strokeColor: cssColour("paper"), vadjust: -2,
    },
  };
}

function edgeLooks(number, bend, light) {
  const edge = page.edges[number];
  const { symmetric, label } = page.predicates[edge.predicate];
  const isDim = light !== null && !light.edges.has(number);
  const isLit = light !== null && light.edges.has(number);
  const strong = cssColour(edge.modality === "asserted" ? (isLit ? "soft" : "edge") : edge.modality);
  const text = edge.modality === "negated" ? `not: ${label}` : label;
  return {
    id: `e${number}`, from: edge.from, to: edge.to,
    label: isLit || (state.named && !isDim) ? text : undefined,
    color: { color: strong, highlight: strong, hover: strong, opacity: isDim ? 0.12 : isLit ? 1 : 0.8 },
    width: isLit ? 2 : 1.3, selectionWidth: 1, hoverWidth: 0.7, dashes: DASHES[edge.modality],
    smooth: bend ? { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) } : false,
    arrows: { to: { enabled: !symmetric, scaleFactor: 0.55 }, middle: { enabled: edge.modality === "negated", type: "bar", scaleFactor: 0.8 } },
    font: { face: FONT, size: 12, color: cssColour(edge.modality === "asserted" ? "soft" : edge.modality), strokeWidth: 4, strokeColor: cssColour("paper"), align: "horizontal" },
  };
}

/** How much each edge bends, so that those between the same two nodes fan out. */
function bends(numbers) {
  const between = Map.groupBy(numbers, (number) => {
    const { from, to } = page.edges[number];
    return from < to ? `${from} ${to}` : `${to} ${from}`;
  });
  const found = new Map();
  for (const fan of between.values()) {
    for (const [place, number] of fan.entries()) {
      const bend = (place - (fan.length - 1) / 2) * 0.32;
      const { from, to } = page.edges[number];
      found.set(number, from <= to ? bend : -bend);
    }
  }
  return found;
}

function put(set, looks) {
  const wanted = new Set(looks.map(({ id }) => id));
  set.remove(set.getIds().filter((id) => !wanted.has(id)));
  set.update(looks);
}

function redraw() {
  const drawn = drawnNodes();
  const numbers = drawnEdges(drawn);
  const light = lit(numbers);
  const bend = bends(numbers);
  put(nodeSet, [...drawn].map(([entity, place]) => nodeLooks(entity, place, light)));
  put(edgeSet, numbers.map((number) => edgeLooks(number, bend.get(number), light)));
  const entity = state.selected?.entity;
  network.setSelection({ nodes: drawn.has(entity) ? [entity] : [], edges: [] });
}

/** Moves just enough to show a node that lies outside the picture. */
function reveal(entity) {
  if (!nodeSet.get(entity)) return;
  const { x, y } = network.canvasToDOM(network.getPosition(entity));
  const { clientWidth, clientHeight } = byId("canvas");
  const isInside = x > 60 && y > 40 && x < clientWidth - 60 && y < clientHeight - 60;
  if (!isInside || network.getScale() < 0.5) {
    network.focus(entity, { scale: Math.max(network.getScale(), 0.8), animation: isStill() ? false : { duration: 300 } });
  }
}

function zoomBy(factor) {
  network.moveTo({ scale: network.getScale() * factor, animation: isStill() ? false : { duration: 150 } });
}

function fit() {
  network.fit({ maxZoomLevel: 1.2 });
}

network.on("click", (event) => {
  const [entity] = event.nodes;
  if (entity !== undefined) change({ selected: { entity } }, { push: true });
  else if (event.edges.length) change({ selected: { facts: page.edges[Number(event.edges[0].slice(1))].facts } }, { push: true });
  else if (state.selected) change({ selected: null }, { push: true });
});
for (const name of ["hoverNode", "hoverEdge"]) network.on(name, () => { byId("canvas").style.cursor = "pointer"; });
for (const name of ["blurNode", "blurEdge"]) network.on(name, () => { byId("canvas").style.cursor = ""; });
byId("zoom-in").addEventListener("click", () => zoomBy(1.3));
byId("zoom-out").addEventListener("click", () => zoomBy(1 / 1.3));
byId("zoom-fit").addEventListener("click", fit);

onChange((now, before) => {
  if (differs(before, [...FILTERS, "selected", "opened", "focus", "depth", "path", "named"])) redraw();
  if (before === null) fit();
  if (now.selected?.entity !== undefined && differs(before, ["selected"])) reveal(now.selected.entity);
});
