"use strict";
// Which facts the reader's filters let through, and what a search finds.

/** All that can be searched of a fact, in lower case; made when it is first asked for. */
const searchTexts = [];

function searchText(fact) {
  searchTexts[fact.number] ??= folded([
    page.entities[fact.subject].label,
    page.predicates[fact.predicate].label,
    valueText(fact.object),
    ...fact.qualifiers.map(valueText),
    ...fact.evidence.map(quoteOf),
  ].join("\n"));
  return searchTexts[fact.number];
}

/** For comparing: without case, accents and width of spaces. */
function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ");
}

/** A test of facts for these filters. */
function factTest(filters) {
  const words = folded(filters.words.trim());
  const tests = [];
  const only = (chosen, of) => {
    if (!chosen.length) return;
    const wanted = new Set(chosen);
    tests.push((fact) => of(fact).some((value) => wanted.has(value)));
  };
  only(filters.stances, (fact) => [fact.modality]);
  only(filters.predicates, (fact) => [fact.predicate]);
  only(filters.speakers, (fact) => [fact.speaker ?? -1]);
  only(filters.articles, (fact) => fact.evidence.map((item) => item.article));
  only(filters.types, (fact) => endsOf(fact).map((end) => page.entities[end].type));
  if (filters.confidence > 0) tests.push((fact) => fact.confidence >= filters.confidence);
  if (filters.sources > 1) tests.push((fact) => fact.sources >= filters.sources);
  if (filters.disputed) tests.push((fact) => disputesOf(fact.number).length > 0);
  if (filters.from || filters.to) {
    tests.push((fact) => fact.when !== null
      && (!filters.to || fact.when[0] <= filters.to) && (!filters.from || fact.when[1] >= filters.from));
  }
  if (words) tests.push((fact) => searchText(fact).includes(words));
  return (fact) => tests.every((test) => test(fact));
}

function endsOf(fact) {
  return "entity" in fact.object ? [fact.subject, fact.object.entity] : [fact.subject];
}

function isFiltered(filters = state) {
  return FILTERS.some((key) => (Array.isArray(START[key]) ? filters[key].length : filters[key] !== START[key]));
}

let passed = { key: null, flags: null, facts: [] };

/** The facts that the filters let through, in the order of the page; `flags` by number. */
function passing() {
  const key = FILTERS.map((name) => JSON.stringify(state[name])).join();
  if (passed.key !== key) {
    const facts = page.facts.filter(factTest(state));
    const flags = new Uint8Array(page.facts.length);
    for (const fact of facts) flags[fact.number] = 1;
    passed = { key, flags, facts };
  }
  return passed;
}

function passes(number) {
  return passing().flags[number] === 1;
}

/** Entities by their names, best first: {entity, name}, `name` the one that was found. */
function findEntities(words, limit) {
  const wanted = folded(words.trim());
  if (!wanted) return [];
  const found = [];
  for (const [entity, { label, names, hidden, degree }] of page.entities.entries()) {
    let best = null;
    for (const name of [label, ...names, ...hidden]) {
      const at = folded(name).indexOf(wanted);
      if (at < 0) continue;
      const rank = (at === 0 ? 0 : 2) + (name === label ? 0 : 1);
      if (best === null || rank < best.rank) best = { rank, name };
    }
    if (best) found.push({ entity, name: best.name, rank: best.rank, degree });
  }
  found.sort((a, b) => a.rank - b.rank || b.degree - a.degree || a.entity - b.entity);
  return found.slice(0, limit);
}

/** Facts whose quotes hold the words, in the order of the page. */
function findQuotes(words, limit) {
  const wanted = folded(words.trim());
  if (wanted.length < 3) return [];
  const found = [];
  for (const fact of page.facts) {
    if (fact.evidence.some((item) => folded(quoteOf(item)).includes(wanted))) found.push(fact);
    if (found.length === limit) break;
  }
  return found;
}
