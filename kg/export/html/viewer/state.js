"use strict";
// What the reader has chosen. It is the address of the page: to send a view is to send its address.

/** Nothing chosen. Lists of names that are empty let everything through. */
const START = Object.freeze({
  view: "graph", // or "table", "article", "conflicts"
  article: null, // number of the article that is read
  selected: null, // {entity: number}, {facts: [number, …]} or nothing
  opened: [], // numbers of the entities whose neighbours were asked for, in order
  focus: null, // number of the entity whose neighbourhood alone is drawn
  depth: 1, // how far from it
  path: [], // numbers of the two entities between which the shortest path is drawn
  words: "", // facts whose names or quotes hold these words
  types: [], // positions in page.types
  predicates: [], // positions in page.predicates
  stances: [], // names
  speakers: [], // numbers of entities; -1 is the article itself
  articles: [], // positions in page.articles
  confidence: 0,
  sources: 1,
  from: null, // first and last day, ISO 8601
  to: null,
  disputed: false, // only facts that a disagreement is about
  sort: "subject", // column of the table; "-subject" is the other way round
  page: 1, // which page of the table
  named: false, // whether all lines have their names
});

const FILTERS = ["words", "types", "predicates", "stances", "speakers", "articles", "confidence", "sources", "from", "to", "disputed"];

const entityCode = { write: (entity) => page.entities[entity].key, read: (key) => entityByKey.get(key) };
const speakerCode = {
  write: (entity) => (entity === -1 ? "-" : entityCode.write(entity)),
  read: (key) => (key === "-" ? -1 : entityCode.read(key)),
};
const oneOf = (names) => ({ write: String, read: (name) => (names.includes(name) ? name : undefined) });
const positionIn = (list) => ({
  write: (position) => list[position].name,
  read: (name) => { const at = list.findIndex((item) => item.name === name); return at < 0 ? undefined : at; },
});
const numberCode = (test) => ({
  write: String,
  read: (text) => (/^\d{1,9}(\.\d{1,9})?$/.test(text) && test(Number(text)) ? Number(text) : undefined),
});
const dayCode = { write: String, read: (text) => (isDay(text) ? text : undefined) };
const yesCode = { write: () => "1", read: (text) => text === "1" };
const textCode = { write: String, read: String };

/** Whether it is a day of the calendar, ISO 8601. */
function isDay(text) {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text); // not 30 February
}

/** Of each part of the state: its name in the address, and how its values are written there. */
const CODES = {
  view: ["view", oneOf(["graph", "table", "article", "conflicts"])],
  article: ["read", positionIn(page.articles)],
  opened: ["open", entityCode],
  focus: ["focus", entityCode],
  depth: ["depth", oneOf([1, 2, 3, 4])],
  path: ["path", entityCode],
  words: ["words", textCode],
  types: ["type", positionIn(page.types)],
  predicates: ["relation", positionIn(page.predicates)],
  stances: ["stance", oneOf(STANCES)],
  speakers: ["speaker", speakerCode],
  articles: ["article", positionIn(page.articles)],
  confidence: ["confidence", numberCode((number) => number <= 1)],
  sources: ["sources", numberCode((number) => number >= 1 && Number.isInteger(number))],
  from: ["from", dayCode],
  to: ["to", dayCode],
  sort: ["sort", textCode],
  disputed: ["disputed", yesCode],
  page: ["page", { write: String, read: (text) => (/^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined) }],
  named: ["named", yesCode],
};
CODES.depth[1] = { write: String, read: (text) => (["1", "2", "3", "4"].includes(text) ? Number(text) : undefined) };

/** The state as the part of an address behind #; what is as at the start is left out. */
function writeState(shown) {
  const terms = new URLSearchParams();
  if (shown.selected?.entity !== undefined) terms.append("e", entityCode.write(shown.selected.entity));
  for (const number of shown.selected?.facts ?? []) terms.append("fact", page.facts[number].id);
  for (const [key, [name, code]] of Object.entries(CODES)) {
    const value = shown[key];
    if (Array.isArray(value)) for (const item of value) terms.append(name, code.write(item));
    else if (value !== START[key]) terms.append(name, code.write(value));
  }
  return terms.toString();
}

/** The state that an address tells; what it does not know (an old name, say) is passed over. */
function readState(hash) {
  const terms = new URLSearchParams(hash.replace(/^#/, ""));
  const read = { ...START };
  for (const [key, [name, code]] of Object.entries(CODES)) {
    const values = terms.getAll(name).map((text) => code.read(text)).filter((value) => value !== undefined);
    if (Array.isArray(START[key])) read[key] = [...new Set(values)];
    else if (values.length) read[key] = values[0];
  }
  const entity = terms.has("e") ? entityCode.read(terms.get("e")) : undefined;
  const facts = terms.getAll("fact").map((id) => factById.get(id)?.number).filter((number) => number !== undefined);
  if (entity !== undefined) read.selected = { entity };
  else if (facts.length) read.selected = { facts };
  if (read.path.length !== 2) read.path = [];
  if (read.view === "article" && read.article === null) read.view = "graph";
  return read;
}

let state = START;
const renderers = [];

/**
 * Has `draw(state, before)` called whenever the state has changed; `before` is null at first. `first`:
 * before all others, which can only scroll and focus what can be seen.
 */
function onChange(draw, { first = false } = {}) {
  if (first) renderers.unshift(draw);
  else renderers.push(draw);
}

/** Changes parts of the state. `push` makes a step that the browser's Back undoes. */
function change(patch, { push = false } = {}) {
  const before = state;
  if (push && waiting !== null) writeAddress("replaceState");
  state = Object.freeze({ ...state, ...patch });
  // What was on a page of the table is on another one now.
  if (!("page" in patch) && differs(before, ["sort", ...FILTERS])) state = Object.freeze({ ...state, page: 1 });
  if (push) writeAddress("pushState");
  else if (Date.now() - written > PAUSE) writeAddress("replaceState");
  else waiting ??= setTimeout(() => writeAddress("replaceState"), PAUSE);
  for (const draw of renderers) draw(state, before);
}

const PAUSE = 200; // milliseconds; browsers stop a page that writes its address too often
let written = 0;
let waiting = null;

function writeAddress(how) {
  clearTimeout(waiting);
  waiting = null;
  written = Date.now();
  const hash = writeState(state);
  try {
    history[how](null, "", hash ? `#${hash}` : location.pathname + location.search);
  } catch {
    // A page inside another has no address of its own; everything else works there.
  }
}

function start() {
  state = Object.freeze(readState(location.hash));
  for (const draw of renderers) draw(state, null);
  addEventListener("popstate", () => {
    clearTimeout(waiting);
    waiting = null;
    const before = state;
    state = Object.freeze(readState(location.hash));
    for (const draw of renderers) draw(state, before);
  });
}

/** Whether any of these parts differs between two states. */
function differs(before, keys) {
  return before === null || keys.some((key) => before[key] !== state[key]);
}
