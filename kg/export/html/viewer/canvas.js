"use strict";
// The drawing. Nodes stand where the page was told; only their looks change.

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif';
const DASHES = { asserted: false, planned: [9, 6], hedged: [2, 5], negated: false };
const nodeSet = new vis.DataSet(nodes.map(({ id, x, y, label, size }) => ({ id, x, y, label, size, shape: "dot" })));
const edgeSet = new vis.DataSet(edges.map(({ id, from, to }) => ({ id, from, to })));
const network = new vis.Network(byId("canvas"), { nodes: nodeSet, edges: edgeSet }, JSON.parse(options));

/** What is in the light: the ids of nodes and edges, or null for everything. */
let lit = null;

function typeColour(entity) {
  return cssColour(`type${typeOf.get(entity.type).colour}`);
}

function nodeLooks(node) {
  const entity = page.entities[node.id];
  const isDim = lit !== null && !lit.nodes.has(node.id);
  const fill = typeColour(entity);
  const colour = { background: fill, border: cssColour("paper") };
  return {
    id: node.id,
    hidden: !isTypeShown(entity.type),
    opacity: isDim ? 0.18 : 1,
    borderWidth: 2,
    borderWidthSelected: 4,
    color: { ...colour, highlight: { background: fill, border: cssColour("ink") }, hover: { background: fill, border: cssColour("soft") } },
    font: {
      face: FONT, size: 15, color: isDim ? "rgba(128,128,128,0.28)" : cssColour("ink"),
      strokeWidth: isDim ? 0 : 4, strokeColor: cssColour("paper"), vadjust: -2,
    },
  };
}

function edgeLooks(edge) {
  const isDim = lit !== null && !lit.edges.has(edge.id);
  const isLit = lit !== null && lit.edges.has(edge.id);
  const strong = edge.modality === "asserted" ? cssColour(isLit ? "soft" : "edge") : cssColour(edge.modality);
  const text = edge.modality === "negated" ? `not: ${edge.label}` : edge.label;
  const ends = isTypeShown(page.entities[edge.from].type) && isTypeShown(page.entities[edge.to].type);
  return {
    id: edge.id,
    hidden: !ends || !isStanceShown(edge.modality),
    label: isLit || (byId("edge-labels").checked && !isDim) ? text : undefined,
    color: { color: strong, highlight: strong, hover: strong, opacity: isDim ? 0.12 : isLit ? 1 : 0.8 },
    width: isLit ? 2 : 1.3,
    selectionWidth: 1,
    hoverWidth: 0.7,
    dashes: DASHES[edge.modality],
    smooth: edge.bend
      ? { enabled: true, type: edge.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(edge.bend) }
      : false,
    arrows: {
      to: { enabled: !edge.symmetric, scaleFactor: 0.55 },
      middle: { enabled: edge.modality === "negated", type: "bar", scaleFactor: 0.8 },
    },
    font: {
      face: FONT, size: 12, color: cssColour(edge.modality === "asserted" ? "soft" : edge.modality),
      strokeWidth: 4, strokeColor: cssColour("paper"), align: "horizontal",
    },
  };
}

function redraw() {
  nodeSet.update(nodes.map(nodeLooks));
  edgeSet.update(edges.map(edgeLooks));
}

/** Puts an entity with its neighbours, or some edges with their ends, into the light. */
function light(entity, edgeIds) {
  const chosen = edges.filter((edge) =>
    entity === null ? edgeIds.has(edge.id) : edge.from === entity || edge.to === entity,
  );
  const ends = chosen.flatMap((edge) => [edge.from, edge.to]);
  lit = { nodes: new Set(entity === null ? ends : [entity, ...ends]), edges: new Set(chosen.map((edge) => edge.id)) };
  redraw();
  network.setSelection({
    nodes: entity !== null && nodeSet.get(entity) ? [entity] : [],
    edges: entity === null ? [...lit.edges] : [],
  }, { highlightEdges: false });
}

function unlight() {
  lit = null;
  network.unselectAll();
  redraw();
}

/** Moves just enough to show a node that lies outside the picture. */
function reveal(entity) {
  if (!nodeSet.get(entity)) return;
  const { x, y } = network.canvasToDOM(network.getPosition(entity));
  const { clientWidth, clientHeight } = byId("canvas");
  const isInside = x > 60 && y > 40 && x < clientWidth - 60 && y < clientHeight - 60;
  if (!isInside || network.getScale() < 0.5) {
    network.focus(entity, { scale: Math.max(network.getScale(), 0.8), animation: { duration: 300 } });
  }
}

function zoomBy(factor) {
  network.moveTo({ scale: network.getScale() * factor, animation: { duration: 150 } });
}

function fit() {
  network.fit({ maxZoomLevel: 1.2 });
}
