"use strict";
// Which facts the reader's filters let through, and how many each choice would leave.

function endsOf(fact) {
  return "entity" in fact.object ? [fact.subject, fact.object.entity] : [fact.subject];
}

/** Of each list of choices: the values that a fact has there, each once. */
const VALUES = {
  types: (fact) => {
    const [one, other = one] = endsOf(fact).map((end) => page.entities[end].type);
    return one === other ? [one] : [one, other];
  },
  predicates: (fact) => [fact.predicate],
  stances: (fact) => [fact.modality],
  speakers: (fact) => [fact.speaker ?? -1],
  articles: (fact) => (fact.evidence.length < 2 ? fact.evidence.map((item) => item.article)
    : [...new Set(fact.evidence.map((item) => item.article))]),
};

function isWithin(when, from, to) {
  return when !== null && (!to || when[0] <= to) && (!from || when[1] >= from);
}

/** The filters in use as [name, test of a fact]; the cheap ones first. */
function filterTests(filters) {
  const tests = [];
  for (const [name, values] of Object.entries(VALUES)) {
    const wanted = new Set(filters[name]);
    if (wanted.size) tests.push([name, (fact) => values(fact).some((value) => wanted.has(value))]);
  }
  if (filters.confidence > 0) tests.push(["confidence", (fact) => fact.confidence >= filters.confidence]);
  if (filters.sources > 1) tests.push(["sources", (fact) => fact.sources >= filters.sources]);
  if (filters.disputed) tests.push(["disputed", (fact) => disputesOf(fact.number).length > 0]);
  if (filters.from || filters.to) tests.push(["time", (fact) => isWithin(fact.when, filters.from, filters.to)]);
  if (filters.words.trim()) {
    const told = factsWith(filters.words);
    tests.push(["words", (fact) => told[fact.number] === 1]);
  }
  return tests;
}

function isFiltered(filters = state) {
  return FILTERS.some((key) => (Array.isArray(START[key]) ? filters[key].length > 0 : filters[key] !== START[key]));
}

function resetFilters() {
  change(Object.fromEntries(FILTERS.map((key) => [key, START[key]])), { push: true });
}

let passed = { key: null, flags: null, facts: [], nearly: new Map() };

/**
 * What the filters let through: `facts` in the order of the page, `flags` by number, and `nearly`:
 * by the name of a filter, the facts that it alone keeps out.
 */
function passing() {
  const key = JSON.stringify(FILTERS.map((name) => state[name]));
  if (passed.key === key) return passed;
  const tests = filterTests(state);
  const flags = new Uint8Array(page.facts.length);
  const nearly = new Map(tests.map(([name]) => [name, []]));
  const facts = page.facts.filter((fact) => {
    let failed = null;
    for (const [name, test] of tests) {
      if (test(fact)) continue;
      if (failed !== null) return false;
      failed = name;
    }
    if (failed !== null) nearly.get(failed).push(fact);
    else flags[fact.number] = 1;
    return failed === null;
  });
  passed = { key, flags, facts, nearly };
  return passed;
}

function passes(number) {
  return passing().flags[number] === 1;
}

/** The facts that pass all filters but this one. */
function passingBut(name) {
  const { facts, nearly } = passing();
  return nearly.get(name)?.length ? [...facts, ...nearly.get(name)] : facts;
}

/** How many facts each choice of a list would leave, the other filters as they are: value to number. */
function choiceCounts(name, values = VALUES[name]) {
  const counts = new Map();
  for (const fact of passingBut(name)) {
    for (const value of values(fact)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}
