"use strict";
// The filters in use, above the view: what is left, each filter to take away, and all of them.

const CHIPS = 12; // more are counted

function listChips(key, kind, nameOf) {
  return state[key].map((value) => ({ kind, text: nameOf(value), without: { [key]: state[key].filter((other) => other !== value) } }));
}

function daysText(from, to) {
  if (from && to) return from === to ? from : `${from} to ${to}`;
  return from ? `from ${from}` : `until ${to}`;
}

/** What each filter in use is called, and the change that takes it away. */
function chosenFilters({ words, from, to, confidence, sources, disputed } = state) {
  return [
    ...(words ? [{ kind: "Words", text: `“${words}”`, without: { words: "" } }] : []),
    ...listChips("types", "Type", (value) => page.types[value].label),
    ...listChips("stances", "Stance", (value) => STANCE_NAMES[value]),
    ...listChips("predicates", "Relation", (value) => page.predicates[value].label),
    ...listChips("speakers", "Said by", (value) => (value < 0 ? "the article itself" : page.entities[value].label || "(no name)")),
    ...listChips("articles", "Article", (value) => page.articles[value].title || page.articles[value].name),
    ...(confidence > 0 ? [{ kind: "Confidence", text: `at least ${confidence.toFixed(2)}`, without: { confidence: 0 } }] : []),
    ...(sources > 1 ? [{ kind: "Sources", text: `at least ${sources}`, without: { sources: 1 } }] : []),
    ...(from || to ? [{ kind: "Time", text: daysText(from, to), without: { from: null, to: null } }] : []),
    ...(disputed ? [{ kind: "Only", text: "what is in dispute", without: { disputed: false } }] : []),
  ];
}

function chip({ kind, text, without }) {
  return make("button", { type: "button", class: "taken", "aria-label": `Remove filter ${kind}: ${text}`, onclick: () => {
    change(without, { push: true });
    (document.querySelector("#chosen .taken") ?? byId("search")).focus();
  } }, make("span", {}, `${kind} `), make("b", {}, text), make("i", { "aria-hidden": "true" }, "×"));
}

const leftover = make("span", { class: "left", role: "status" });

function showChips() {
  const filters = chosenFilters();
  const left = passing().facts.length;
  leftover.textContent = left ? `${left.toLocaleString("en")} of ${count(page.facts.length, "fact")}` : "No fact fits these filters.";
  const more = filters.length - CHIPS;
  byId("chips").replaceChildren(...filters.slice(0, CHIPS).map(chip), ...(more > 0 ? [make("span", { class: "left" }, `and ${more} more`)] : []));
  byId("chosen").classList.toggle("empty", left === 0);
  byId("chosen").hidden = !filters.length;
  byId("filter-count").textContent = filters.length ? String(filters.length) : "";
}

byId("chosen").append(leftover,
  make("button", { type: "button", id: "reset", onclick: () => { resetFilters(); byId("search").focus({ preventScroll: true }); } }, "Reset"),
  make("div", { id: "chips" }));
onChange((now, before) => { if (differs(before, FILTERS)) showChips(); });
