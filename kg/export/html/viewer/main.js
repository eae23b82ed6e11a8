"use strict";
// What the reader does: choose, search, filter, switch.

const shownTypes = new Set(page.types.map((type) => type.name));
const shownStances = new Set(STANCES);

function isTypeShown(name) {
  return shownTypes.has(name);
}

function isStanceShown(name) {
  return shownStances.has(name);
}

function isVisible(fact) {
  const ends = [fact.subject, ...("entity" in fact.object ? [fact.object.entity] : [])];
  return isStanceShown(fact.modality) && ends.every((end) => isTypeShown(page.entities[end].type));
}

/** Shows an entity ({entity}), facts ({facts}) or, with nothing, the way to begin. */
function select({ entity = null, facts = null }) {
  if (entity !== null) {
    light(entity, null);
    reveal(entity);
    showEntity(entity);
  } else if (facts !== null) {
    const ids = new Set(facts.map((fact) => fact.id));
    const drawn = edges.filter((edge) => edge.facts.some((number) => ids.has(page.facts[number].id)));
    if (drawn.length) light(null, new Set(drawn.map((edge) => edge.id)));
    else unlight();
    showFacts(facts, facts.length === 1 ? "One fact" : `${facts.length} facts`);
  } else {
    unlight();
    showHint();
  }
}

function addFilters() {
  for (const type of page.types) {
    addFilter("types", typeDot(type.name), type.label, type.count, shownTypes, type.name);
  }
  for (const stance of STANCES) {
    const count = page.facts.filter((fact) => fact.modality === stance).length;
    addFilter("stances", make("span", { class: `stroke ${stance}` }), stance, count, shownStances, stance);
  }
}

function addFilter(list, sign, label, count, shown, name) {
  const box = make("input", {
    type: "checkbox",
    onchange: (event) => {
      if (event.target.checked) shown.add(name);
      else shown.delete(name);
      redraw();
      if (!byId("table").hidden) showTable();
    },
  });
  box.checked = true;
  byId(list).append(make("label", { class: "option" }, box, sign, make("span", {}, label), make("small", {}, String(count))));
}

/** Entities whose label or another name holds the words; those that begin with them come first. */
function find(words) {
  const wanted = words.trim().toLowerCase();
  if (!wanted) return [];
  const rank = (entity) => {
    const names = [entity.label, ...entity.names].map((name) => name.toLowerCase());
    if (names.some((name) => name.startsWith(wanted))) return 0;
    return names.some((name) => name.includes(wanted)) ? 1 : 2;
  };
  return page.entities
    .map((entity, index) => ({ index, rank: rank(entity), degree: entity.degree }))
    .filter((found) => found.rank < 2)
    .sort((a, b) => a.rank - b.rank || b.degree - a.degree || a.index - b.index)
    .slice(0, 12)
    .map((found) => found.index);
}

let active = 0;

function showFound() {
  const found = find(byId("search").value);
  active = 0;
  byId("found").replaceChildren(
    ...found.map((index, position) =>
      make(
        "li",
        { role: "option", id: `found-${position}`, "data-entity": index, "aria-selected": position === 0,
          onmousedown: (event) => { event.preventDefault(); choose(index); } },
        typeDot(page.entities[index].type),
        make("span", {}, page.entities[index].label),
        make("small", {}, page.entities[index].typeLabel),
      ),
    ),
  );
  byId("found").hidden = !found.length;
  byId("search").setAttribute("aria-expanded", String(found.length > 0));
  markActive();
}

function markActive() {
  const items = [...byId("found").children];
  items.forEach((item, position) => item.setAttribute("aria-selected", String(position === active)));
  if (items[active]) byId("search").setAttribute("aria-activedescendant", items[active].id);
  else byId("search").removeAttribute("aria-activedescendant");
}

function choose(index) {
  byId("found").hidden = true;
  byId("search").setAttribute("aria-expanded", "false");
  byId("search").value = page.entities[index].label;
  select({ entity: index });
}

function searchKey(event) {
  const items = byId("found").hidden ? [] : [...byId("found").children];
  if (event.key === "Escape") byId("found").hidden = true;
  if (!items.length) return;
  if (event.key === "ArrowDown") active = (active + 1) % items.length;
  else if (event.key === "ArrowUp") active = (active + items.length - 1) % items.length;
  else if (event.key === "Enter") choose(Number(items[active].dataset.entity));
  else return;
  event.preventDefault();
  markActive();
}

function showView(table) {
  byId("graph").hidden = table;
  byId("table").hidden = !table;
  byId("show-graph").setAttribute("aria-pressed", String(!table));
  byId("show-table").setAttribute("aria-pressed", String(table));
  if (table) showTable();
}

function setTheme(name) {
  document.documentElement.dataset.theme = name;
  redraw();
}

function listen() {
  network.on("click", (event) => {
    if (event.nodes.length) select({ entity: event.nodes[0] });
    else if (event.edges.length) {
      const edge = edges.find((candidate) => candidate.id === event.edges[0]);
      select({ facts: edge.facts.map((number) => page.facts[number]) });
    } else select({});
  });
  for (const name of ["hoverNode", "hoverEdge"]) network.on(name, () => { byId("canvas").style.cursor = "pointer"; });
  for (const name of ["blurNode", "blurEdge"]) network.on(name, () => { byId("canvas").style.cursor = ""; });
  byId("search").addEventListener("input", showFound);
  byId("search").addEventListener("keydown", searchKey);
  byId("search").addEventListener("blur", () => { byId("found").hidden = true; });
  byId("show-graph").addEventListener("click", () => showView(false));
  byId("show-table").addEventListener("click", () => showView(true));
  document.querySelector(".skip").addEventListener("click", () => showView(true));
  byId("zoom-in").addEventListener("click", () => zoomBy(1.3));
  byId("zoom-out").addEventListener("click", () => zoomBy(1 / 1.3));
  byId("zoom-fit").addEventListener("click", fit);
  byId("edge-labels").addEventListener("change", redraw);
  byId("theme").addEventListener("click", () =>
    setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.matches("input");
    if (event.key === "/" && !isTyping) { event.preventDefault(); byId("search").focus(); }
    if (event.key === "Escape" && !isTyping) select({});
  });
}

addFilters();
listen();
setTheme(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
fit();
select({});
