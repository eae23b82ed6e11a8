"use strict";
// The search box: find as you type. Keys as https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ says.

const QUOTES_AFTER = 120; // milliseconds without a key
let active = 0;
let offers = []; // what stands in the list: {parts, choose}
let quotesTimer = null;

function entityOffer({ entity, name }, words) {
  const { label, type } = page.entities[entity];
  const shown = label || "(no name)";
  const parts = [
    entityDot(entity),
    make("span", { class: "what" }, make("span", { class: "name" }, ...marked(shown, words)),
      name !== label ? make("span", { class: "also" }, "also ", ...marked(name, words)) : null),
    make("small", {}, page.types[type].label),
  ];
  return { parts, choose: () => { byId("search").value = shown; change({ selected: { entity } }, { push: true }); } };
}

function wordsOffer(text) {
  return {
    parts: [make("span", { class: "sign", "aria-hidden": "true" }, "▽"), make("span", { class: "what" }, "Only facts with ", make("b", {}, `“${text}”`)), make("small", {}, "filter")],
    choose: () => { byId("search").value = ""; change({ words: text }, { push: true }); },
  };
}

function quoteOffer({ quote, facts }, words) {
  const { subject } = page.facts[facts[0]];
  return {
    parts: [make("span", { class: "sign", "aria-hidden": "true" }, "“"), make("span", { class: "what quoted" }, ...marked(quote, words, 110)),
      make("small", {}, page.entities[subject].label.slice(0, 24))],
    choose: () => change({ selected: { facts } }, { push: true }),
  };
}

/** Offers names at once, and quotes when no key has come for a moment. */
function offerFound() {
  clearTimeout(quotesTimer);
  const text = byId("search").value.trim();
  const words = wordsOf(text);
  active = 0;
  if (!words.length) { closeFound(); return; }
  const named = [...findEntities(text, 8).map((found) => entityOffer(found, words)), wordsOffer(text)];
  showOffers(named);
  foldAhead();
  quotesTimer = setTimeout(offerQuotes, QUOTES_AFTER, text, words, named);
}

function offerQuotes(text, words, named) {
  if (quotesOf.length < page.facts.length) { // of a large graph, for the first seconds
    quotesTimer = setTimeout(offerQuotes, 50, text, words, named);
    return;
  }
  const quoted = findQuotes(text, 4).map((found) => quoteOffer(found, words));
  if (quoted.length) showOffers([...named, ...quoted]);
  byId("search-status").textContent = `${count(named.length - 1, "name")}, ${count(quoted.length, "quote")} found`;
}

function showOffers(shown) {
  offers = shown;
  byId("found").replaceChildren(...offers.map(({ parts, choose }, position) =>
    make("li", { role: "option", id: `found-${position}`, "aria-selected": "false",
      onmousedown: (event) => event.preventDefault(), // the focus stays in the box
      onclick: () => { closeFound(); choose(); } }, ...parts)));
  byId("found").hidden = false;
  byId("search").setAttribute("aria-expanded", "true");
  markActive();
}

function closeFound() {
  clearTimeout(quotesTimer);
  offers = [];
  byId("found").hidden = true;
  byId("search").setAttribute("aria-expanded", "false");
  byId("search").removeAttribute("aria-activedescendant");
}

function markActive() {
  const items = [...byId("found").children];
  items.forEach((item, position) => item.setAttribute("aria-selected", String(position === active)));
  byId("search").setAttribute("aria-activedescendant", items[active].id);
  items[active].scrollIntoView({ block: "nearest" });
}

function onSearchKey(event) {
  if (event.isComposing) return;
  const { key } = event;
  if (key === "Escape") {
    if (offers.length) closeFound();
    else byId("search").value = "";
  } else if ((key === "ArrowDown" || key === "ArrowUp") && !offers.length) offerFound();
  else if (key === "ArrowDown") { active = (active + 1) % offers.length; markActive(); }
  else if (key === "ArrowUp") { active = (active + offers.length - 1) % offers.length; markActive(); }
  else if (key === "Enter" && offers.length) { const { choose } = offers[active]; closeFound(); choose(); }
  else if (key === "Enter") offerFound();
  else return;
  event.preventDefault();
}

byId("search").addEventListener("input", offerFound);
byId("search").addEventListener("focus", foldAhead);
byId("search").addEventListener("blur", closeFound);
byId("search").addEventListener("keydown", onSearchKey);
