"use strict";
// What the page draws and what it does not, in words, and the way back to the overview.

function overviewNote({ places, isFull }, { near, far, apart: unlinked, parts }) {
  const all = page.entities.length;
  if (places.size === all) return `All ${count(all, "entity", "entities")} drawn.`;
  const said = [`${places.size.toLocaleString("en")} of ${count(all, "entity", "entities")} drawn.`];
  const rest = [];
  if (near) rest.push(`${near.toLocaleString("en")} more are counted beside their neighbours (+)`);
  if (far) rest.push(`${far.toLocaleString("en")} lie further away`);
  if (unlinked) rest.push(`${unlinked.toLocaleString("en")} elsewhere in ${count(parts, "part")} of ${parts === 1 ? "its" : "their"} own`);
  if (rest.length) said.push(`${rest.join(", ")}.`);
  if (isFull) said.push(`No more than ${MAX_DRAWN} are drawn at once.`);
  said.push("Search finds all.");
  return said.join(" ");
}

function focusNote({ places, left, isFull }) {
  const { label } = page.entities[state.focus];
  const steps = state.depth === 1 ? "one step away" : `up to ${state.depth} steps away`;
  const limit = isFull ? `, the most connected; ${left.toLocaleString("en")} more are not drawn` : "";
  return `${label}, and ${count(places.size - 1, "entity", "entities")} ${steps}${limit}.`;
}

function pathNote({ steps, isAll, isDenied }) {
  const [from, to] = state.path.map((entity) => page.entities[entity].label || "(no name)");
  if (steps === null) return `No path between ${from} and ${to} over the facts shown.`;
  if (steps === 0) return `${from} is both ends of the path.`;
  return `${isAll ? "The shortest ways" : "A shortest way"} from ${from} to ${to}: ${count(steps, "step")}${isDenied ? ", only over what is denied" : ""}.`;
}

function showNote() {
  const scene = currentScene();
  const write = { overview: overviewNote, focus: focusNote, path: pathNote }[scene.kind];
  const hidden = scene.kind === "overview" ? undrawn(scene.places) : null;
  const left = scene.linesLeft ? ` ${scene.edges.length.toLocaleString("en")} of ${(scene.edges.length + scene.linesLeft).toLocaleString("en")} lines drawn.` : "";
  const parts = [make("span", {}, write(scene, hidden) + left)];
  if (scene.kind === "focus") {
    const depths = [1, 2, 3].map((depth) => make("button", {
      type: "button", "aria-pressed": String(depth === state.depth), onclick: () => change({ depth }, { push: true }),
    }, String(depth)));
    parts.push(make("span", { class: "depths", role: "group", "aria-label": "Steps away" }, "Steps ", ...depths));
  }
  if (hidden?.apart) {
    const main = hidden.main;
    parts.push(make("button", { type: "button", class: "apart", onclick: () => focusOn(main, 2) }, `Elsewhere: ${page.entities[main].label || "(no name)"}`));
  }
  if (scene.kind !== "overview") parts.push(make("button", { type: "button", class: "back", onclick: leaveFocus }, "Back to the overview"));
  byId("drawn").replaceChildren(...parts);
}

/** How much of the lower edge of the picture the note covers, in pixels. */
function noteHeight() {
  const note = byId("drawn");
  return getComputedStyle(note).position === "absolute" ? note.offsetHeight : 0;
}
