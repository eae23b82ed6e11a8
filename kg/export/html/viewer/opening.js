"use strict";
// What the pane says when nothing is chosen: the story in a few lines.

const OPENING_ENTITIES = 5;
const OPENING_FACTS = 3;

function best(list, number, worth) {
  return list.map((item, place) => [item, place]).sort(([a, i], [b, j]) => worth(b) - worth(a) || i - j).slice(0, number).map(([item]) => item);
}

/** The sentence of a fact, to press. */
function factButton(fact) {
  return make("button", { type: "button", class: "line", "data-fact": fact.id, onclick: () => change({ selected: { facts: [fact.number] } }, { push: true }) }, sentenceOf(fact));
}

function moreButton(label, patch) {
  return make("button", { type: "button", class: "further", onclick: () => change(patch, { push: true }) }, label);
}

/** Well supported facts between entities first, those that are the same but for their object once. */
function foremost(stance) {
  const facts = page.facts.filter((fact) => fact.modality === stance);
  const seen = new Set();
  const ranked = best(facts, facts.length, (fact) => ("entity" in fact.object ? 2 : 0) + fact.confidence + fact.sources);
  return ranked.filter(({ subject, predicate }) => {
    const key = `${subject} ${predicate}`;
    return !seen.has(key) && seen.add(key);
  });
}

function centreSection() {
  const entities = best([...page.entities.keys()], OPENING_ENTITIES, (entity) => page.entities[entity].degree).filter((entity) => page.entities[entity].degree);
  if (!entities.length) return [];
  const rows = entities.map((entity) => make("li", {}, entityDot(entity), entityLink(entity),
    make("small", {}, make("span", { class: "unseen" }, `${page.types[page.entities[entity].type].label}, `), count(page.entities[entity].degree, "fact"))));
  return [make("h3", {}, "At the centre"), make("ul", { class: "rows" }, ...rows)];
}

function stanceSection(heading, stance, word) {
  const number = page.facts.filter((fact) => fact.modality === stance).length;
  if (!number) return [];
  const facts = foremost(stance).slice(0, OPENING_FACTS);
  return [make("h3", {}, make("span", { class: `stroke ${stance}`, "aria-hidden": "true" }), heading),
    make("ul", { class: "lines" }, ...facts.map((fact) => make("li", {}, factButton(fact)))),
    number > facts.length ? moreButton(`All ${count(number, word)}`, { view: "table", stances: [stance] }) : null];
}

function disputeSection() {
  const number = page.discrepancies.length;
  if (!number) return [];
  const some = page.discrepancies.slice(0, 2);
  return [make("h3", {}, "Does not fit together"),
    make("ul", { class: "lines plain" }, ...some.map(({ message }) => make("li", {}, message))),
    moreButton(`${number === 1 ? "The disagreement" : `All ${count(number, "disagreement")}`}, side by side`, { view: "conflicts" })];
}

function speakerSection() {
  const said = new Map();
  for (const { speaker } of page.facts) if (speaker !== null) said.set(speaker, (said.get(speaker) ?? 0) + 1);
  const speakers = best([...said.keys()].sort((a, b) => a - b), 5, (speaker) => said.get(speaker));
  if (!speakers.length) return [];
  const rows = speakers.map((speaker) => make("li", {}, entityDot(speaker), entityLink(speaker), make("small", {}, count(said.get(speaker), "claim"))));
  return [make("h3", {}, "Who is quoted"), make("ul", { class: "rows" }, ...rows)];
}

/** The children of the pane while nothing is chosen. */
function openingParts() {
  const hedged = page.facts.filter((fact) => ["hedged", "negated"].includes(fact.modality)).length;
  const own = page.facts.filter((fact) => fact.speaker === null).length;
  const told = page.facts.length
    ? `${count(page.facts.length, "fact")} about ${count(page.entities.length, "entity", "entities")}, each with the words that say it. `
      + `${own.toLocaleString("en")} in the articles' own voice, ${(page.facts.length - own).toLocaleString("en")} said by others${hedged ? `, ${hedged.toLocaleString("en")} hedged or denied` : ""}.`
    : "No fact was found in them.";
  return [make("h2", { tabindex: "-1" }, "What the articles say"), make("p", { class: "lead" }, told),
    ...centreSection(), ...stanceSection("Planned", "planned", "plan"), ...disputeSection(), ...stanceSection("Said to be so", "hedged", "hedged fact"), ...speakerSection(),
    make("p", { class: "hint" }, "Choose an entity or a line of the graph to read its facts.")];
}
