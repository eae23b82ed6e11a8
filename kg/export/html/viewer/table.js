"use strict";
// The facts that the filters leave, as a table: the graph in words.

const COLUMNS = [
  ["subject", "Subject", (fact) => page.entities[fact.subject].label],
  ["relation", "Relation", (fact) => page.predicates[fact.predicate].label],
  ["object", "Object", (fact) => valueText(fact.object)],
  ["stance", "Stance", (fact) => STANCES.indexOf(fact.modality)],
  ["speaker", "Says", (fact) => (fact.speaker === null ? "" : page.entities[fact.speaker].label)],
  ["sources", "Sources", (fact) => -fact.sources],
  ["confidence", "Confidence", (fact) => -fact.confidence],
  ["quote", "Quote", (fact) => (fact.evidence.length ? quoteOf(fact.evidence[0]) : "")],
];

function factRow(fact) {
  const show = make("button", { type: "button", class: "entity", onclick: () => change({ selected: { facts: [fact.number] } }, { push: true }) },
    page.entities[fact.subject].label || "(no name)");
  return make("tr", { "data-fact": fact.id },
    make("td", {}, show), make("td", {}, page.predicates[fact.predicate].label), make("td", {}, valueText(fact.object)),
    make("td", {}, make("span", { class: fact.modality }, fact.modality)),
    make("td", {}, fact.speaker === null ? "" : page.entities[fact.speaker].label),
    make("td", { class: "figure" }, String(fact.sources)), make("td", { class: "figure" }, fact.confidence.toFixed(2)),
    make("td", { class: "quote" }, fact.evidence.length ? quoteOf(fact.evidence[0]) : ""));
}

function showTable() {
  const [, , key] = COLUMNS.find(([name]) => name === state.sort) ?? COLUMNS[0];
  const facts = [...passing().facts].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  const headings = COLUMNS.map(([name, label]) =>
    make("th", { scope: "col", "aria-sort": name === state.sort ? "ascending" : "none" },
      make("button", { type: "button", onclick: () => change({ sort: name }) }, label + (name === state.sort ? " ↓" : ""))));
  byId("table").replaceChildren(make("table", {},
    make("caption", {}, `${facts.length} of ${page.facts.length} facts`),
    make("thead", {}, make("tr", {}, ...headings)), make("tbody", {}, ...facts.slice(0, 500).map(factRow))));
}

onChange((now, before) => {
  if (now.view === "table" && differs(before, ["view", "sort", ...FILTERS])) showTable();
});
