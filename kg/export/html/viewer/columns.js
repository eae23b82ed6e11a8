"use strict";
// The columns of the table, and the order that they bring the facts into.

const entityLabel = (entity) => page.entities[entity].label;
const sortWords = (words) => (words ? folded(words) : null);
const isNumber = ({ datatype }) => /#(integer|decimal|double)$/.test(datatype ?? "");

/** What an object is sorted by: numbers by their value, before words. */
function objectKey({ object }) {
  const value = isNumber(object) ? Number(object.value) : NaN;
  return Number.isNaN(value) ? sortWords(valueText(object)) : value;
}

/** `key`: a number, folded words, or null where there is nothing; `down`: the largest first at once. */
const COLUMNS = [
  { name: "subject", label: "Subject", key: (fact) => sortWords(entityLabel(fact.subject)), cell: (fact) => [entityLink(fact.subject)] },
  { name: "relation", label: "Relation", key: (fact) => sortWords(page.predicates[fact.predicate].label), cell: relationCell },
  { name: "object", label: "Object", key: objectKey,
    cell: ({ object }) => ["entity" in object ? entityLink(object.entity) : valueText(object)] },
  { name: "speaker", label: "Speaker", key: (fact) => (fact.speaker === null ? null : sortWords(entityLabel(fact.speaker))),
    cell: (fact) => (fact.speaker === null ? [] : [entityLink(fact.speaker)]) },
  { name: "when", label: "When", key: (fact) => fact.when?.join() ?? null, cell: (fact) => [fact.when && periodText(fact.when)] },
  { name: "stance", label: "Stance", key: (fact) => STANCES.indexOf(fact.modality), cell: stanceCell },
  { name: "article", label: "Article", key: (fact) => sortWords(articlesOf(fact)[0]), cell: articleCell },
  { name: "quote", label: "Quote", key: foldedQuote, cell: quoteCell },
  { name: "sources", label: "Sources", key: (fact) => fact.sources, cell: (fact) => [String(fact.sources)], down: true },
  { name: "confidence", label: "Confidence", key: (fact) => fact.confidence, cell: (fact) => [fact.confidence.toFixed(2)], down: true },
];

/** The titles of the articles that say it, in the order of the evidence. */
function articlesOf(fact) {
  return [...new Set(fact.evidence.map(({ article }) => article))].map((article) => articleTitle(page.articles[article]));
}

function relationCell(fact) {
  return [stateLink({ view: "table", selected: { facts: [fact.number] } }, { class: "verb", title: "Show the evidence" }, relationText(fact), () => openFact(fact.number))];
}

function stanceCell(fact) {
  return [make("span", { class: fact.modality }, fact.modality), disputeLink(fact)];
}

function moreOf(number, what) {
  return number > 0 ? make("small", {}, ` and ${count(number, what, what)}`) : null;
}

function articleCell(fact) {
  const [first, ...others] = articlesOf(fact);
  return first === undefined ? [] : [articleLink(fact, fact.evidence[0], first, "title"), moreOf(others.length, "more")];
}

function quoteCell(fact) {
  if (!fact.evidence.length) return [];
  return [make("q", {}, quoteOf(fact.evidence[0])), moreOf(fact.evidence.length - 1, "more")];
}

const rankings = new Map();

/** Of each fact its place among the values of the column, equal where the values are; none is -1. */
function ranksIn(column) {
  if (!rankings.has(column.name)) {
    const values = page.facts.map(column.key);
    const distinct = [...new Set(values)].filter((value) => value !== null);
    distinct.sort((a, b) => (typeof a === typeof b ? (a < b ? -1 : 1) : typeof a === "number" ? -1 : 1));
    const places = new Map(distinct.map((value, place) => [value, place]));
    rankings.set(column.name, Int32Array.from(values, (value) => places.get(value) ?? -1));
  }
  return rankings.get(column.name);
}

function sorting() {
  const isDown = state.sort.startsWith("-");
  const column = COLUMNS.find(({ name }) => name === state.sort.slice(isDown ? 1 : 0));
  return column ? { column, isDown } : { column: COLUMNS[0], isDown: false };
}

let ordered = { key: null, numbers: [] };

/** Numbers of the facts that pass, sorted; equal ones as in the page, those without a value last. */
function orderedFacts() {
  const { column, isDown } = sorting();
  const shown = passing();
  const key = `${state.sort} ${shown.key}`;
  if (ordered.key !== key) {
    const ranks = ranksIn(column);
    const sign = isDown ? -1 : 1;
    const byRank = (a, b) => (ranks[a] < 0) - (ranks[b] < 0) || sign * (ranks[a] - ranks[b]) || a - b;
    ordered = { key, numbers: shown.facts.map((fact) => fact.number).sort(byRank) };
  }
  return ordered.numbers;
}
