"use strict";
// Finding words in names and quotes. Everything is folded once, when it is first needed.

/** For comparing: without case, accents and width of spaces. */
function folded(text) {
  const plain = /^[\x20-\x7e]*$/.test(text) ? text : text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/\s/gu, " ");
  return plain.toLowerCase().replace(/ {2,}/g, " ");
}

function wordsOf(text) {
  return [...new Set(folded(text).split(" ").filter(Boolean))];
}

const foldedNames = [];

/** The names of an entity to find it by: the label, the others, and last those never shown. */
function namesToFind(entity) {
  foldedNames[entity] ??= (({ label, names, hidden }) => [label, ...names, ...hidden].map(folded))(page.entities[entity]);
  return foldedNames[entity];
}

/** How well a folded name fits, 0 best; null: not at all. */
function fitness(name, wanted, words) {
  if (name.startsWith(wanted)) return name.length === wanted.length ? 0 : 1;
  if (` ${name}`.includes(` ${wanted}`)) return 3;
  if (name.includes(wanted)) return 5;
  return words.length > 1 && words.every((word) => name.includes(word)) ? 7 : null;
}

/** Entities by their names, best first: {entity, name}; `name` is the one to show as found. */
function findEntities(text, limit) {
  const words = wordsOf(text);
  const wanted = folded(text).trim();
  if (!words.length) return [];
  const found = [];
  for (const [entity, { label, names, degree }] of page.entities.entries()) {
    let best = null;
    for (const [place, name] of namesToFind(entity).entries()) {
      const rank = fitness(name, wanted, words);
      if (rank !== null && (best === null || rank + (place > 0) < best.rank)) best = { rank: rank + (place > 0), place };
    }
    if (best) found.push({ entity, name: [label, ...names][best.place] ?? label, rank: best.rank, degree });
  }
  found.sort((a, b) => a.rank - b.rank || b.degree - a.degree || a.entity - b.entity);
  return found.slice(0, limit);
}

const quotes = []; // {quote, plain, facts}: each quote once, many facts share one
const quoteByText = new Map();
const quotesOf = []; // by fact

/** The quotes of the facts before this one, folded: work that need not be done at once. */
function foldQuotes(until) {
  for (let number = quotesOf.length; number < until; number += 1) {
    quotesOf.push(page.facts[number].evidence.map((item) => {
      const text = quoteOf(item);
      let known = quoteByText.get(text);
      if (known === undefined) {
        known = { quote: text, plain: folded(text), facts: [] };
        quoteByText.set(text, known);
        quotes.push(known);
      }
      if (known.facts.at(-1) !== number) known.facts.push(number);
      return known;
    }));
  }
}

/** The first quote of a fact, folded; null where there is none. */
function foldedQuote(fact) {
  foldQuotes(page.facts.length);
  return quotesOf[fact.number][0]?.plain || null;
}

/** Quotes that hold all of the words, in the order of the page: {quote, facts}, `facts` numbers. */
function findQuotes(text, limit) {
  const words = wordsOf(text);
  const found = [];
  if (words.join("").length < 3) return found;
  foldQuotes(page.facts.length);
  for (const known of quotes) {
    if (found.length === limit) break;
    if (words.every((word) => known.plain.includes(word))) found.push(known);
  }
  return found;
}

const foldedRelations = page.predicates.map(({ label }) => folded(label));
const textsOf = []; // by fact

/** What can be searched of a fact, folded: names, values and quotes. */
function searchTexts(fact) {
  const plain = (value) => ("entity" in value ? namesToFind(value.entity)[0] : folded(valueText(value)));
  textsOf[fact.number] ??= [
    namesToFind(fact.subject)[0], foldedRelations[fact.predicate], plain(fact.object),
    ...fact.qualifiers.map(plain), ...quotesOf[fact.number].map((known) => known.plain),
  ];
  return textsOf[fact.number];
}

let told = { text: null, flags: null };

/** By number: 1 for the facts whose names, values or quotes hold all of the words. */
function factsWith(text) {
  if (told.text !== text) {
    const words = wordsOf(text);
    const flags = new Uint8Array(page.facts.length);
    foldQuotes(page.facts.length);
    for (const fact of page.facts) {
      const texts = searchTexts(fact);
      if (words.every((word) => texts.some((plain) => plain.includes(word)))) flags[fact.number] = 1;
    }
    told = { text, flags };
  }
  return told.flags;
}

/** The text with the words marked, as nodes; `around`: only as much of it, around the first mark. */
function marked(text, words, around = Infinity) {
  const { plain, at } = foldedWithPlaces(text);
  const hits = words.flatMap((word) => allPlaces(plain, word).map((start) => [at[start], at[start + word.length] ?? text.length]));
  hits.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const first = hits[0]?.[0] ?? 0;
  let from = first > around / 3 ? text.indexOf(" ", first - around / 3) + 1 : 0;
  if (from > first) from = first;
  const until = Math.min(text.length, from + around);
  const nodes = [from > 0 ? "… " : ""];
  let done = from;
  for (const [start, end] of hits) {
    if (start < done || start >= until) continue;
    nodes.push(text.slice(done, start), make("mark", {}, text.slice(start, end)));
    done = end;
  }
  nodes.push(text.slice(done, Math.max(done, until)), until < text.length ? " …" : "");
  return nodes.filter((node) => node !== "");
}

function allPlaces(text, word) {
  const places = [];
  for (let start = text.indexOf(word); start >= 0; start = text.indexOf(word, start + word.length)) places.push(start);
  return places;
}

/** The text folded, and where in the text each of its units comes from. */
function foldedWithPlaces(text) {
  let plain = "";
  const at = [];
  let place = 0;
  for (const sign of text) {
    const unit = folded(sign);
    if (!(unit === " " && plain.endsWith(" "))) {
      for (let n = 0; n < unit.length; n += 1) at.push(place);
      plain += unit;
    }
    place += sign.length;
  }
  at.push(text.length);
  return { plain, at };
}

let isFolding = false;

/** Folds what there is to search while the reader looks at the page, a bit at a time. */
function foldAhead() {
  if (isFolding) return;
  isFolding = true;
  const foldMore = (start) => {
    const end = start + 500;
    for (let entity = start; entity < Math.min(end, page.entities.length); entity += 1) namesToFind(entity);
    foldQuotes(Math.min(end, page.facts.length));
    if (end < Math.max(page.entities.length, page.facts.length)) setTimeout(foldMore, 5, end);
  };
  setTimeout(foldMore, 0, 0);
}
