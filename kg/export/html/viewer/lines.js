"use strict";
// What the lines look like: asserted solid, planned dashed, hedged dotted, negated red (and crossed by paint.js).

const DASHES = { asserted: false, planned: [9, 6], hedged: [2, 5], negated: false };
const FAN = 0.3; // between two lines of the same ends
const SWING = 0.13; // of a line that leaves its panel: it is told from what it passes

/** The panel that an entity stands in; -1 for none. */
function panelOf(place, panels) {
  return panels.findIndex(({ x, y, width, height }) => place.x >= x && place.x <= x + width && place.y >= y && place.y <= y + height);
}

/** By number of the edge, how much it bends and whether it leaves its panel. */
function bends({ places, panels, edges }) {
  const panel = new Map([...places].map(([entity, place]) => [entity, panelOf(place, panels)]));
  const between = Map.groupBy(edges, (number) => {
    const { from, to } = page.edges[number];
    return from < to ? `${from} ${to}` : `${to} ${from}`;
  });
  const found = new Map();
  for (const fan of between.values()) {
    for (const [place, number] of fan.entries()) {
      const { from, to } = page.edges[number];
      const isFar = panels.length > 0 && panel.get(from) !== panel.get(to);
      const bend = (place - (fan.length - 1) / 2) * FAN + (isFar ? SWING : 0);
      found.set(number, { bend: from <= to ? bend : -bend, isFar });
    }
  }
  return found;
}

function edgeLooks(number, { bend, isFar }, lit) {
  const edge = page.edges[number];
  const { symmetric } = page.predicates[edge.predicate];
  const isDim = lit !== null && !lit.edges.has(number);
  const isLit = lit !== null && !isDim;
  const colour = palette[edge.modality === "asserted" ? (isLit ? "soft" : "edge") : edge.modality];
  return {
    id: `e${number}`, from: edge.from, to: edge.to,
    color: { color: colour, highlight: colour, hover: colour, opacity: isDim ? 0.1 : isFar && !isLit ? 0.85 : 1 },
    width: isLit ? 2.2 : isFar ? 1.1 : 1.5, selectionWidth: 0, hoverWidth: 0.8, dashes: DASHES[edge.modality],
    smooth: bend ? { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.round(100 * Math.abs(bend)) / 100 } : false,
    arrows: { to: { enabled: !symmetric, scaleFactor: isLit ? 0.6 : 0.45 } },
  };
}

/** A point of a drawn line, from 0 at its beginning to 1; null where it is not drawn. */
function pointOn(number, share) {
  const line = network.body.edges[`e${number}`];
  return line?.connected ? line.edgeType.getPoint(share) : null;
}

/** The speakers of the facts of a line, each once. */
function speakersOf(edge) {
  return [...new Set(edge.facts.map((number) => page.facts[number].speaker).filter((speaker) => speaker !== null))];
}
