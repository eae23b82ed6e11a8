"use strict";
// The search box: find as you type, over names and quotes.

let active = 0;

function showFound() {
  const words = byId("search").value;
  const entities = findEntities(words, 8).map(({ entity }) => ({
    parts: [familyDot(familyOf(entity)), make("span", {}, page.entities[entity].label), make("small", {}, page.types[page.entities[entity].type].label)],
    choose: () => { byId("search").value = page.entities[entity].label; change({ selected: { entity } }, { push: true }); },
  }));
  const quotes = findQuotes(words, 4).map((fact) => ({
    parts: [make("span", { class: "quoted" }, quoteOf(fact.evidence[0])), make("small", {}, "quote")],
    choose: () => change({ selected: { facts: [fact.number] } }, { push: true }),
  }));
  active = 0;
  byId("found").replaceChildren(
    ...[...entities, ...quotes].map(({ parts, choose }, position) =>
      make("li", { role: "option", id: `found-${position}`, "aria-selected": "false",
        onmousedown: (event) => { event.preventDefault(); closeFound(); choose(); } }, ...parts)),
  );
  byId("found").hidden = !entities.length && !quotes.length;
  byId("search").setAttribute("aria-expanded", String(!byId("found").hidden));
  markActive();
}

function closeFound() {
  byId("found").hidden = true;
  byId("search").setAttribute("aria-expanded", "false");
}

function markActive() {
  const items = [...byId("found").children];
  items.forEach((item, position) => item.setAttribute("aria-selected", String(position === active)));
  if (items[active]) byId("search").setAttribute("aria-activedescendant", items[active].id);
  else byId("search").removeAttribute("aria-activedescendant");
}

byId("search").addEventListener("input", showFound);
byId("search").addEventListener("blur", closeFound);
byId("search").addEventListener("keydown", (event) => {
  const items = byId("found").hidden ? [] : [...byId("found").children];
  if (event.key === "Escape") closeFound();
  if (!items.length) return;
  if (event.key === "ArrowDown") active = (active + 1) % items.length;
  else if (event.key === "ArrowUp") active = (active + items.length - 1) % items.length;
  else if (event.key === "Enter") items[active].dispatchEvent(new MouseEvent("mousedown"));
  else return;
  event.preventDefault();
  markActive();
});
