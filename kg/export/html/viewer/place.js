"use strict";
// Where entities stand that the page did not open with: the same for the same address.

const PANEL_HEADING = 34;
const PANEL_PADDING = 14;
const PANEL_GAP = 20;
const BOX_GAP = 14;
const CHARACTER = 8.4; // page units of an average character of a label
const LINE = 18;

/** The label of an entity in up to three short lines, as labels.py makes them; the pane shows it whole. */
function linesOf(entity) {
  const label = story.get(entity)?.label;
  if (label) return label.split("\n");
  const lines = [""];
  for (const word of page.entities[entity].label.split(/\s+/).flatMap((long) => long.match(/.{1,18}/gu) ?? [])) {
    const last = lines.at(-1);
    if (last && last.length + word.length + 1 > 18) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  if (lines.length > 3) lines.splice(2, lines.length, `${lines[2].slice(0, 16)} …`);
  return lines[0] ? lines : ["(no name)"];
}

/** The area follows the number of facts; as in labels.py. */
function radiusOf(entity) {
  return Math.min(26, Math.max(7, Math.round(5 + 3.2 * Math.sqrt(page.entities[entity].degree))));
}

/** The room that an entity takes: its circle, and its label below. */
function boxOf(entity, radius = radiusOf(entity)) {
  const lines = linesOf(entity);
  const width = Math.max(2 * radius + 24, CHARACTER * Math.max(...lines.map((line) => line.length)));
  return { radius, width, height: 2 * radius + 6 + LINE * lines.length };
}

/** Members in rows, in a panel whose upper left corner is 0, 0. */
function inRows(members, heading) {
  const boxes = members.map((entity) => ({ entity, ...boxOf(entity) }));
  const area = boxes.reduce((sum, { width, height }) => sum + (width + BOX_GAP) * (height + BOX_GAP), 0);
  const limit = Math.max(Math.sqrt(area * 1.5), ...boxes.map(({ width }) => width));
  const rows = [];
  let used = Infinity;
  for (const box of boxes) {
    if (used + BOX_GAP + box.width > limit) { rows.push([]); used = -BOX_GAP; }
    rows.at(-1).push(box);
    used += BOX_GAP + box.width;
  }
  const widths = rows.map((row) => row.reduce((sum, { width }) => sum + width + BOX_GAP, -BOX_GAP));
  const inner = Math.max(CHARACTER * heading.length + 40, ...widths);
  const at = new Map();
  let y = PANEL_HEADING;
  for (const [number, row] of rows.entries()) {
    const top = Math.max(...row.map(({ radius }) => radius));
    const gap = (inner - widths[number]) / (row.length + 1);
    let x = PANEL_PADDING + gap;
    for (const { entity, width, radius } of row) {
      at.set(entity, { x: Math.round(x + width / 2), y: Math.round(y + top), size: radius });
      x += width + BOX_GAP + gap;
    }
    y += top + Math.max(...row.map(({ radius, height }) => height - radius)) + BOX_GAP;
  }
  return { width: Math.ceil(inner + 2 * PANEL_PADDING), height: Math.ceil(y), at };
}

function isApart(one, other, gap) {
  return one.x + one.width + gap <= other.x || other.x + other.width + gap <= one.x
    || one.y + one.height + gap <= other.y || other.y + other.height + gap <= one.y;
}

/** The free place for a rectangle that is nearest to a point: beside one that is there already. */
function freePlace({ width, height }, taken, near) {
  let best = null;
  const consider = (x, y) => {
    const rect = { x, y, width, height };
    const dx = (x + width / 2 - near.x) / 1.3; // screens are wide
    const dy = y + height / 2 - near.y;
    const cost = dx * dx + dy * dy;
    if ((best === null || cost < best.cost) && taken.every((other) => isApart(rect, other, PANEL_GAP - 1))) best = { ...rect, cost };
  };
  if (!taken.length) return { x: 0, y: 0 };
  for (const other of taken) {
    const right = other.x + other.width + PANEL_GAP;
    const bottom = other.y + other.height + PANEL_GAP;
    for (const x of [other.x - width - PANEL_GAP, right]) {
      for (const y of [other.y, other.y + other.height - height, Math.round(near.y - height / 2)]) consider(x, y);
    }
    for (const y of [other.y - height - PANEL_GAP, bottom]) {
      for (const x of [other.x, other.x + other.width - width, Math.round(near.x - width / 2)]) consider(x, y);
    }
  }
  return { x: best.x, y: best.y };
}

const COLUMN = 270; // between two columns of a path: a relation has to be read there
const ROW = 130;

/** Columns from left to right, each around the same line. */
function inColumns(columns) {
  const at = new Map();
  for (const [column, members] of columns.entries()) {
    for (const [row, entity] of members.entries()) {
      // Every other column is a little lower, so that lines do not run through its labels.
      at.set(entity, { x: column * COLUMN, y: Math.round((row - (members.length - 1) / 2) * ROW), size: Math.max(16, radiusOf(entity)) });
    }
  }
  return at;
}
