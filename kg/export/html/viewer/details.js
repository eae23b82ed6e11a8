"use strict";
// The pane beside the graph and the table of facts: everything that is read rather than seen.

const VOICES = {
  narrator: "in the article's own voice",
  quote: "in a quotation",
  paraphrase: "in reported speech",
  headline: "in the headline",
  caption: "in a caption",
};

function entityButton(entity) {
  return make(
    "button",
    { type: "button", class: "entity", onclick: () => select({ entity }) },
    page.entities[entity].label,
  );
}

function valueNode(value) {
  if ("entity" in value) return entityButton(value.entity);
  const exact = value.text !== value.value && value.text ? `${value.text} (${value.value})` : value.value;
  return make("b", {}, exact);
}

function claimNode(fact) {
  const relation = fact.modality === "negated" ? `not: ${fact.label}` : fact.label;
  return make(
    "p",
    { class: "claim" },
    entityButton(fact.subject),
    make("span", { class: "relation" }, ` ${relation} `),
    valueNode(fact.object),
  );
}

function chips(fact) {
  const list = make("div", { class: "chips" }, make("span", { class: fact.modality }, fact.modality));
  if (fact.speaker !== null) {
    list.append(make("span", { class: "speaker" }, `says ${page.entities[fact.speaker].label}`));
  }
  list.append(make("span", {}, `confidence ${fact.confidence.toFixed(2)}`));
  list.append(make("span", {}, fact.sources === 1 ? "1 source" : `${fact.sources} sources`));
  if (fact.derivedBy) list.append(make("span", {}, `derived by ${fact.derivedBy}`));
  return list;
}

function qualifierList(fact) {
  if (!fact.qualifiers.length) return null;
  const list = make("dl");
  for (const qualifier of fact.qualifiers) {
    list.append(make("dt", {}, qualifier.name), make("dd", {}, valueNode(qualifier)));
  }
  return list;
}

function evidenceNode(item) {
  return make(
    "figure",
    {},
    make("blockquote", {}, item.before, make("mark", {}, item.quote), item.after),
    make(
      "figcaption",
      {},
      `${item.article}, characters ${item.start}–${item.end}, ${VOICES[item.voice] || item.voice}, `,
      `read by ${item.extractor}`,
    ),
  );
}

function factCard(fact) {
  return make(
    "article",
    { "data-fact": fact.id },
    claimNode(fact),
    chips(fact),
    qualifierList(fact),
    ...fact.evidence.map(evidenceNode),
  );
}

function showHint() {
  byId("details").replaceChildren(
    make("h2", {}, "What the articles say"),
    make("p", { class: "hint" }, "Choose an entity or a line of the graph to read its facts, each with the words that say it."),
    make("p", { class: "hint" }, "Dashed lines are plans, dotted lines are hedged, red crossed lines are denied."),
    make("h3", {}, "Most connected"),
    ...mostConnected().map((entity) => make("p", {}, entityButton(entity))),
  );
}

function mostConnected() {
  const order = page.entities.map((_, index) => index);
  order.sort((a, b) => page.entities[b].degree - page.entities[a].degree || a - b);
  return order.slice(0, 8);
}

function showEntity(index) {
  const entity = page.entities[index];
  const about = page.facts.filter((fact) => isAbout(fact, index));
  const said = page.facts.filter((fact) => fact.speaker === index && !isAbout(fact, index));
  const named = page.facts.filter(
    (fact) =>
      !isAbout(fact, index) && fact.speaker !== index && fact.qualifiers.some((q) => q.entity === index),
  );
  const parts = [
    make("p", { class: "kind" }, typeDot(entity.type), make("span", {}, entity.typeLabel)),
    make("h2", {}, entity.label),
  ];
  if (entity.names.length) parts.push(make("p", { class: "names" }, `also ${entity.names.join(", ")}`));
  for (const iri of entity.sameAs) parts.push(make("p", { class: "names" }, iri));
  for (const [heading, facts] of [["Facts", about], ["Said of others", said], ["Named in", named]]) {
    if (facts.length) parts.push(make("h3", {}, `${heading} (${facts.length})`), ...facts.map(factCard));
  }
  if (!about.length && !said.length && !named.length) parts.push(make("p", { class: "hint" }, "No facts."));
  byId("details").replaceChildren(...parts);
  byId("details").scrollTop = 0;
}

function showFacts(facts, heading) {
  byId("details").replaceChildren(make("h2", {}, heading), make("p", { class: "hint" }), ...facts.map(factCard));
  byId("details").scrollTop = 0;
}

const COLUMNS = [
  ["Subject", (fact) => valueText({ entity: fact.subject })],
  ["Relation", (fact) => fact.label],
  ["Object", (fact) => valueText(fact.object)],
  ["Stance", (fact) => STANCES.indexOf(fact.modality)],
  ["Says", (fact) => (fact.speaker === null ? "" : page.entities[fact.speaker].label)],
  ["Sources", (fact) => -fact.sources],
  ["Confidence", (fact) => -fact.confidence],
  ["Quote", (fact) => fact.evidence[0].quote],
];
let sortedBy = 0;

function factRow(fact) {
  const show = make(
    "button",
    { type: "button", class: "entity", onclick: () => select({ facts: [fact] }) },
    valueText({ entity: fact.subject }),
  );
  return make(
    "tr",
    { "data-fact": fact.id },
    make("td", {}, show),
    make("td", {}, fact.label),
    make("td", {}, valueText(fact.object)),
    make("td", {}, make("span", { class: fact.modality }, fact.modality)),
    make("td", {}, fact.speaker === null ? "" : page.entities[fact.speaker].label),
    make("td", { class: "figure" }, String(fact.sources)),
    make("td", { class: "figure" }, fact.confidence.toFixed(2)),
    make("td", { class: "quote" }, fact.evidence[0].quote),
  );
}

/** The facts that the filters leave, as a table that can be sorted by any column. */
function showTable() {
  const key = COLUMNS[sortedBy][1];
  const facts = page.facts.filter(isVisible);
  facts.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  const headings = COLUMNS.map(([name], column) =>
    make(
      "th",
      { scope: "col", "aria-sort": column === sortedBy ? "ascending" : "none" },
      make("button", { type: "button", onclick: () => { sortedBy = column; showTable(); } },
        name + (column === sortedBy ? " ↓" : "")),
    ),
  );
  byId("table").replaceChildren(
    make(
      "table",
      {},
      make("caption", {}, `${facts.length} of ${page.facts.length} facts`),
      make("thead", {}, make("tr", {}, ...headings)),
      make("tbody", {}, ...facts.map(factRow)),
    ),
  );
}
