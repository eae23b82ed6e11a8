"use strict";
// The data of the page and what follows from it once: who has which facts, and the words of quotes.

const { nodes, options, page } = JSON.parse(document.getElementById("graph-data").textContent);
const STANCES = ["asserted", "planned", "hedged", "negated"];

for (const article of page.articles) article.astral ??= [];
for (const entity of page.entities) {
  entity.names ??= [];
  entity.hidden ??= [];
  entity.sameAs ??= [];
  // What the address of the page calls it: it stays when the graph grows.
  entity.key = entity.iri.startsWith(page.base) ? entity.iri.slice(page.base.length) : entity.iri;
  if (["", "-"].includes(entity.key)) entity.key = entity.iri; // "-" is no speaker
}
for (const [number, fact] of page.facts.entries()) {
  fact.number = number;
  fact.speaker ??= null;
  fact.when ??= null;
  fact.derivedBy ??= null;
  fact.qualifiers ??= [];
  fact.evidence ??= [];
}
for (const found of page.discrepancies) {
  for (const side of found.sides) side.evidence ??= [];
}

const entityByKey = new Map(page.entities.map((entity, index) => [entity.key, index]));
const factById = new Map(page.facts.map((fact) => [fact.id, fact]));

/** Numbers of the facts that have the entity as an end, as the speaker, in a qualifier. */
const factsAbout = page.entities.map(() => []);
const factsSaidBy = page.entities.map(() => []);
const factsNaming = page.entities.map(() => []);
/** Numbers of the edges at each entity. */
const edgesAt = page.entities.map(() => []);

for (const { number, subject, object, speaker, qualifiers } of page.facts) {
  const ends = new Set([subject, ...("entity" in object ? [object.entity] : [])]);
  for (const end of ends) factsAbout[end].push(number);
  if (speaker !== null && !ends.has(speaker)) factsSaidBy[speaker].push(number);
  const named = new Set(qualifiers.filter((value) => "entity" in value).map((value) => value.entity));
  for (const entity of named) if (!ends.has(entity) && entity !== speaker) factsNaming[entity].push(number);
}
for (const [number, edge] of page.edges.entries()) {
  edge.number = number;
  edgesAt[edge.from].push(number);
  if (edge.to !== edge.from) edgesAt[edge.to].push(number);
}

/** The disagreements that a fact is a side of, as positions in page.discrepancies. */
const disputes = new Map();
for (const [number, { sides }] of page.discrepancies.entries()) {
  for (const fact of new Set(sides.map((side) => side.fact))) {
    if (fact !== undefined) disputes.set(fact, [...(disputes.get(fact) ?? []), number]);
  }
}

function disputesOf(fact) {
  return disputes.get(fact) ?? [];
}

function familyOf(entity) {
  return page.families[page.types[page.entities[entity].type].family];
}

/** Offsets count code points, strings count UTF-16 units: the two differ behind astral signs. */
function unitOffset(article, offset) {
  let low = 0;
  let high = article.astral.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (article.astral[middle] < offset) low = middle + 1;
    else high = middle;
  }
  return offset + low;
}

/** The characters [start, end) of an article; null where the page has no text of it. */
function textOf(article, start, end) {
  if (article.text === undefined) return null;
  return article.text.slice(unitOffset(article, start), unitOffset(article, end));
}

function quoteOf(evidence) {
  return evidence.quote ?? textOf(page.articles[evidence.article], evidence.start, evidence.end);
}

const CONTEXT = 160; // characters on either side of a quote

/** The words before and after a quote, from its own paragraph, cut between words. */
function contextOf(evidence, reach = CONTEXT) {
  const article = page.articles[evidence.article];
  if (article.text === undefined) return { before: "", after: "" };
  const { start, end } = evidence;
  const blocks = article.blocks ?? [];
  const first = blocks.find(([from, to]) => from <= start && start < to)?.[0] ?? 0;
  const last = Math.max(end, blocks.find(([from, to]) => from < end && end <= to)?.[1] ?? end + reach);
  let before = textOf(article, Math.max(first, start - reach), start);
  let after = textOf(article, end, Math.min(last, end + reach));
  if (start - reach > first) before = `… ${before.slice(before.indexOf(" ") + 1)}`;
  if (end + reach < last) after = `${after.slice(0, after.lastIndexOf(" ") + 1)}…`;
  return { before, after };
}

/** What a value is called: an entity's label, or a literal as the article wrote it. */
function valueText(value) {
  return "entity" in value ? page.entities[value.entity].label : value.text || value.value;
}

function relationText(fact) {
  const { label } = page.predicates[fact.predicate];
  return fact.modality === "negated" ? `not: ${label}` : label;
}

function count(number, one, many = `${one}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}
