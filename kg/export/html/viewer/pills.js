"use strict";
// The pills beside entities: +12 shows twelve neighbours that are not drawn, − takes them away again.

const PILL = { units: 12, least: 10, most: 13 };
const FAR_OFF = 0.35; // zoom below which pills would cover everything

function pillText(entity, number) {
  if (isOpen(entity) && state.focus === null) return "−";
  return number > 999 ? `+${Math.floor(number / 1000)}k` : `+${number}`;
}

/** The pills of the scene with their boxes, at the upper right of their discs. */
function pillBoxes({ kind, places, pills }, scale) {
  if (kind === "path" || scale < FAR_OFF) return [];
  const size = textSize(PILL, scale);
  const found = [];
  for (const [entity, { x, y, size: radius }] of places) {
    const number = pills.get(entity) ?? 0;
    if (!number && !isOpen(entity)) continue;
    const text = pillText(entity, number);
    const height = size * 1.35;
    const width = Math.max(height, textWidth(text, true) * size + size * 0.8);
    found.push({ entity, text, size, x: x + radius * 0.62, y: y - radius * 0.72 - height / 2, width, height });
  }
  return found;
}

function pillTitle(entity) {
  const { label } = page.entities[entity];
  const number = undrawnNeighbours(entity);
  return isOpen(entity) ? `Take the neighbours of ${label} away` : `Show ${count(number, "neighbour")} of ${label}`;
}

/** The entity whose pill is at a point; null for none. A finger needs some room around it. */
function pillAt({ x, y }) {
  const room = 4 / network.getScale();
  const found = currentLabels().pills.find((box) =>
    x >= box.x - room && x <= box.x + box.width + room && y >= box.y - room && y <= box.y + box.height + room);
  return found ? found.entity : null;
}

function panelAt({ x, y }) {
  const { panels } = currentScene();
  return panels.find((panel) => panel.entity !== undefined && x >= panel.x && x <= panel.x + panel.width && y >= panel.y && y <= panel.y + PANEL_HEADING);
}

function paintPill(context, { entity, text, size, x, y, width, height }) {
  const isDim = light !== null && !light.nodes.has(entity);
  const isHot = hovered?.pill === entity;
  context.globalAlpha = isDim ? 0.25 : 1;
  context.beginPath();
  context.roundRect(x, y, width, height, height / 2);
  context.fillStyle = isHot ? palette.accent : palette.panel;
  context.fill();
  context.lineWidth = size / 12;
  context.strokeStyle = isHot ? palette.accent : palette.edge;
  context.stroke();
  writeText(context, text, x + width / 2, y + height / 2 + size * 0.05, { size, isBold: true, colour: isHot ? palette.panel : palette.soft, halo: 0 });
  context.globalAlpha = 1;
}
