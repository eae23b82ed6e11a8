"use strict";
// The strokes: panels, discs with icons, labels, marks and pills. All sizes are in page units.

const palette = {};
const COLOURS = ["paper", "panel", "ink", "soft", "line", "edge", "accent", "planned", "hedged", "negated", "hover"];
const icons = new Map();

/** The colours of the present theme, read once for each drawing. */
function readPalette() {
  const style = getComputedStyle(document.documentElement);
  for (const name of COLOURS) palette[name] = style.getPropertyValue(`--${name}`).trim();
  palette.families = page.families.map(({ colour }) => style.getPropertyValue(`--type${colour}`).trim());
  palette.icon = style.getPropertyValue("--icon").trim() || palette.panel;
}

/** The icon of a type or family as a path in a square of 24; null where there is none. */
function iconPath(name) {
  if (name === undefined || page.icons?.[name] === undefined) return null;
  if (!icons.has(name)) icons.set(name, new Path2D(page.icons[name]));
  return icons.get(name);
}

/** How much an entity is seen: in the light, hovered, or with no fact that passes the filters. */
function opacityOf(entity, scene) {
  if (light !== null) return light.nodes.has(entity) ? 1 : 0.16;
  if (isFiltered() && !scene.touched.has(entity) && state.focus !== entity) return 0.28;
  if (hovered?.entity !== undefined && !hovered.near.has(entity)) return 0.45;
  return 1;
}

function paintPanels(context) {
  const { panels } = currentScene();
  for (const panel of panels) {
    const colour = panel.family >= 0 ? palette.families[panel.family] : palette.soft;
    context.beginPath();
    context.roundRect(panel.x, panel.y, panel.width, panel.height, 14);
    context.globalAlpha = 0.08;
    context.fillStyle = colour;
    context.fill();
    context.globalAlpha = panel === hovered?.panel && panel.entity !== null ? 0.8 : 0.26;
    context.strokeStyle = colour;
    context.lineWidth = 1;
    context.stroke();
    context.globalAlpha = 1;
  }
}

/** The heading of a panel, cut to its width, and the box it takes. */
function headingOf(panel, scale) {
  const size = textSize({ units: 13.5, least: 11, most: 15 }, scale);
  const left = panel.x + 14;
  const icon = panel.family >= 0 ? iconPath(page.families[panel.family].icon) : null;
  const start = left + (icon ? size * 1.5 : 0);
  const room = panel.x + panel.width - start - 8;
  let text = panel.label.slice(0, 1).toUpperCase() + panel.label.slice(1);
  if (textWidth(text, true) * size > room) {
    while (text.length > 1 && textWidth(`${text}…`, true) * size > room) text = text.slice(0, -1);
    text = `${text.trimEnd()}…`;
  }
  const width = start - left + textWidth(text, true) * size;
  return { panel, text, size, icon, start, x: left, y: panel.y + 18 - size * 0.6, width, height: size * 1.2 };
}

function panelHeadings({ panels }, scale) {
  return panels.filter(({ label }) => label).map((panel) => headingOf(panel, scale));
}

function paintHeadings(context, headings) {
  for (const { panel, text, size, icon, start, x, y, height } of headings) {
    context.globalAlpha = light === null ? 1 : 0.5;
    if (icon) paintIcon(context, icon, x + size * 0.55, y + height / 2, size * 1.15, palette.families[panel.family]);
    writeText(context, text, start, y + height / 2, { size, isBold: true, colour: palette.soft, align: "left", halo: 0 });
    context.globalAlpha = 1;
  }
}

function paintIcon(context, path, x, y, size, colour) {
  context.save();
  context.translate(x - size / 2, y - size / 2);
  context.scale(size / 24, size / 24);
  context.lineWidth = 2.2;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.strokeStyle = colour;
  context.stroke(path);
  context.restore();
}

function writeText(context, text, x, y, { size, isBold = false, colour, align = "center", halo = 0.28 }) {
  context.font = `${isBold ? 650 : 400} ${size}px ${FONT}`;
  context.textAlign = align;
  context.textBaseline = "middle";
  if (halo) {
    context.lineJoin = "round";
    context.lineWidth = size * halo;
    context.strokeStyle = palette.paper;
    context.strokeText(text, x, y);
  }
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

function paintDisc(context, entity, { x, y, size }) {
  const type = page.types[page.entities[entity].type];
  context.beginPath();
  context.arc(x, y, size, 0, 2 * Math.PI);
  context.fillStyle = palette.families[type.family];
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = palette.paper;
  context.stroke();
  const path = iconPath(type.icon) ?? iconPath(page.families[type.family].icon);
  if (path) paintIcon(context, path, x, y, size * 1.24, palette.icon);
  else if (size >= 9) writeText(context, [...type.label][0]?.toUpperCase() ?? "", x, y + size * 0.06, { size: size * 0.95, isBold: true, colour: palette.icon, halo: 0 });
}

/** A ring around what is selected, pointed at or reached with the keys. */
function paintRing(context, { x, y, size }, colour, width, distance) {
  context.beginPath();
  context.arc(x, y, size + distance, 0, 2 * Math.PI);
  context.lineWidth = width;
  context.strokeStyle = colour;
  context.stroke();
}

function paintMark(context, { kind, point, half, number }) {
  const edge = page.edges[number];
  const { x, y } = point;
  context.globalAlpha = light !== null && !light.edges.has(number) ? 0.15 : 1;
  context.lineCap = "round";
  if (kind === "cross") {
    context.lineWidth = half * 0.42;
    context.strokeStyle = palette.negated;
    context.beginPath();
    for (const side of [1, -1]) {
      context.moveTo(x - half * 0.8, y - side * half * 0.8);
      context.lineTo(x + half * 0.8, y + side * half * 0.8);
    }
    context.stroke();
  } else {
    context.beginPath();
    context.roundRect(x - half, y - half * 0.85, 2 * half, 1.4 * half, half * 0.4);
    context.moveTo(x - half * 0.5, y + half * 0.5);
    context.lineTo(x - half * 0.5, y + half * 1.05);
    context.lineTo(x + half * 0.15, y + half * 0.5);
    context.fillStyle = palette[edge.modality === "asserted" ? "soft" : edge.modality];
    context.fill();
    context.fillStyle = palette.panel;
    context.fillRect(x - half * 0.55, y - half * 0.4, half * 1.1, half * 0.18);
    context.fillRect(x - half * 0.55, y, half * 0.75, half * 0.18);
  }
  context.lineCap = "butt";
  context.globalAlpha = 1;
}

function paintScene(context) {
  const scene = currentScene();
  const scale = network.getScale();
  if (hovered?.entity !== undefined) hovered.near ??= new Set([hovered.entity, ...neighboursOf(hovered.entity)]);
  scene.touched ??= new Set(scene.edges.flatMap((number) => [page.edges[number].from, page.edges[number].to]));
  const { nodes: labels, headings, edges, marks, pills } = currentLabels();
  for (const mark of marks) paintMark(context, mark);
  paintHeadings(context, headings);
  for (const [entity, place] of scene.places) {
    context.globalAlpha = opacityOf(entity, scene);
    paintDisc(context, entity, place);
  }
  context.globalAlpha = 1;
  const chosen = scene.places.get(state.selected?.entity);
  if (chosen) paintRing(context, chosen, palette.ink, 3, 3);
  if (hovered?.entity !== undefined && scene.places.has(hovered.entity)) paintRing(context, scene.places.get(hovered.entity), palette.soft, 2, 2);
  if (keyed !== null && isKeyed() && scene.places.has(keyed)) {
    paintRing(context, scene.places.get(keyed), palette.paper, 7 / Math.min(1, scale), 6);
    paintRing(context, scene.places.get(keyed), palette.accent, 3 / Math.min(1, scale), 6);
  }
  for (const { edge, text, size, x, y, width, height } of edges) {
    writeText(context, text, x + width / 2, y + height / 2, { size, colour: palette[edge.modality === "asserted" ? "soft" : edge.modality] });
  }
  for (const { entity, lines, size, isBold, x, y, width } of labels) {
    context.globalAlpha = Math.max(0.3, opacityOf(entity, scene));
    for (const [line, text] of lines.entries()) {
      writeText(context, text, x + width / 2, y + size * (0.6 + 1.2 * line), { size, isBold, colour: palette.ink });
    }
  }
  context.globalAlpha = 1;
  for (const pill of pills) paintPill(context, pill);
}
