"use strict";
// What a reader can do with an entity in the graph: its neighbours, its surroundings, a path.

function actionButton(name, label, act, attributes = {}) {
  return make("button", { type: "button", "data-action": name, onclick: act, ...attributes }, label);
}

function neighbourButton(entity) {
  if (!edgesAt[entity].length) return null;
  const isShown = isOpen(entity);
  const more = undrawnNeighbours(entity);
  if (!isShown && !more) return null;
  const label = isShown ? "Hide neighbours" : `Show ${count(more, "more neighbour")}`;
  const act = () => {
    if (state.view !== "graph") change({ view: "graph" }, { push: true });
    (isShown ? closeEntity : openEntity)(entity);
  };
  return actionButton("open", label, act, { "aria-pressed": String(isShown) });
}

function focusChooser(entity) {
  if (!edgesAt[entity].length) return null;
  const depths = [1, 2, 3].map((depth) => {
    const isOn = state.focus === entity && state.depth === depth;
    return actionButton(`depth${depth}`, String(depth), () => (isOn ? leaveFocus() : focusOn(entity, depth)), {
      "aria-pressed": String(isOn), "aria-label": `Draw only what is within ${count(depth, "step")}`, title: isOn ? "Show everything again" : null,
    });
  });
  return make("span", { class: "choice", role: "group", "aria-label": "Draw only its surroundings" },
    make("span", { class: "choice-name", "aria-hidden": "true" }, "Only within"), ...depths, make("span", { class: "choice-name", "aria-hidden": "true" }, "steps"));
}

/** The path from an entity: a field that finds the other end, or the end of the path that is drawn. */
function pathChooser(entity) {
  if (!edgesAt[entity].length) return null;
  const at = state.path.indexOf(entity);
  if (at >= 0) {
    const other = page.entities[state.path[1 - at]].label;
    return actionButton("path", `Path to ${other} ✕`, leaveFocus, { "aria-label": `Leave the path to ${other}`, "aria-pressed": "true" });
  }
  const backToButton = () => byId("details").querySelector('[data-action="path"]')?.focus();
  const button = actionButton("path", "Path to …", () => {
    const show = (other) => { showPath(entity, other); backToButton(); };
    const finder = entityFinder("Other end of the path", show, backToButton);
    button.parentElement.querySelector(".finder")?.remove();
    button.parentElement.append(finder);
    finder.querySelector("input").focus();
  });
  return button;
}

let finders = 0;

/** A field that finds entities as one types; `choose(entity)` when one is chosen. */
function entityFinder(label, choose, leave) {
  const id = `finder-${(finders += 1)}`;
  let found = [];
  let active = 0;
  const list = make("ul", { id, role: "listbox", "aria-label": label, hidden: true });
  const field = make("input", { type: "search", role: "combobox", "aria-label": label, "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list", autocomplete: "off", placeholder: "Name of the other end" });
  const finder = make("div", { class: "finder" }, field, list);
  const close = () => { finder.remove(); leave(); };
  const show = () => {
    list.replaceChildren(...found.map(({ entity }, place) => make("li", { role: "option", id: `${id}-${place}`, "aria-selected": String(place === active), onmousedown: (event) => { event.preventDefault(); finder.remove(); choose(entity); } },
      entityDot(entity), make("span", {}, page.entities[entity].label), make("small", {}, page.types[page.entities[entity].type].label))));
    list.hidden = !found.length;
    field.setAttribute("aria-expanded", String(found.length > 0));
    if (found.length) field.setAttribute("aria-activedescendant", `${id}-${active}`);
    else field.removeAttribute("aria-activedescendant");
  };
  field.addEventListener("input", () => { found = findEntities(field.value, 6); active = 0; show(); });
  field.addEventListener("keydown", (event) => {
    const { length } = found;
    if (event.key === "Escape") { event.stopPropagation(); close(); }
    else if (event.key === "Enter" && length) { finder.remove(); choose(found[active].entity); }
    else if (event.key === "ArrowDown" && length) active = (active + 1) % length;
    else if (event.key === "ArrowUp" && length) active = (active + length - 1) % length;
    else return;
    event.preventDefault();
    show();
  });
  return finder;
}

/** The buttons of an entity, as the state has them now. */
function entityActions(entity) {
  const buttons = [neighbourButton(entity), focusChooser(entity), pathChooser(entity)];
  if (state.view !== "graph") buttons.unshift(actionButton("graph", "Show in graph", () => change({ view: "graph" }, { push: true })));
  return make("div", { class: "actions" }, ...buttons);
}
