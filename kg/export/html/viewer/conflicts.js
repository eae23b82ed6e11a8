"use strict";
// Where sides cannot all be right: each beside the other, with the words that say it.

/** The kinds in the order of their weight, what they are called and what they mean. */
const KINDS = [
  ["conflict", "Two answers to one question", "What can be only one is told in two ways."],
  ["denial", "Stated and denied", "One states or plans what another denies."],
  ["slip", "Against the reference data", "An article says other than the reference data of the domain, which may itself be wrong."],
  ["time", "Times that do not fit", "An end before its start, a span that misses its end, a deed before the founding of who did it."],
  ["type", "Two things at once", "One name is taken for things of which nothing can be both."],
  ["typo", "Names most likely misspelt", "A name that is a letter or two away from the right one, at every place where it is written."],
];
const CONFLICT_FILTERS = ["words", "types", "predicates", "articles", "disputed"];
const LONG_MESSAGE = 120; // characters
const FIRST_CARDS = 40; // of a kind at once
const SIDE_CONTEXT = 100; // characters around a quote
const SIDE_QUOTES = 3; // of one side are open at once

function disputedFacts({ sides }) {
  return [...new Set(sides.map((side) => side.fact).filter((fact) => fact !== undefined))];
}

/** Which disagreements pass the filters that ask for what they have. */
function passingConflicts() {
  const { words, types, predicates, articles } = state;
  const wanted = folded(words.trim());
  const names = new Set(predicates.map((position) => page.predicates[position].name));
  return page.discrepancies.filter((found) => {
    const places = found.sides.flatMap((side) => side.evidence);
    const entities = [found.subject, ...disputedFacts(found).flatMap((number) => endsOf(page.facts[number]))].filter((entity) => entity !== undefined);
    const said = [found.message, ...found.sides.map(({ says }) => says), ...places.map(quoteOf), ...entities.map(entityLabel)].join("\n");
    return (!articles.length || places.some(({ article }) => articles.includes(article)))
      && (!types.length || entities.some((entity) => types.includes(page.entities[entity].type)))
      && (!names.size || names.has(found.predicate))
      && (!wanted || folded(said).includes(wanted));
  });
}

/** A side without the note on stance and speaker at its end, which stand below it. */
function sideWords({ says, fact: number }) {
  if (number === undefined) return says;
  const { modality, speaker } = page.facts[number];
  const notes = [modality === "asserted" ? "" : modality, speaker === null ? "" : `according to ${entityLabel(speaker)}`].filter(Boolean);
  const note = ` [${notes.join(", ")}]`;
  return notes.length && says.endsWith(note) ? says.slice(0, -note.length) : says;
}

/** The words of a side; those that not every side has are marked, where the sides are about alike. */
function saysNode(side, sides) {
  const wordsOf = (one) => sideWords(one).split(/\s+/);
  const words = sideWords(side).split(/(\s+)/);
  const others = sides.filter((one) => one !== side).map((one) => new Set(wordsOf(one)));
  const isCommon = (word) => !word.trim() || others.every((other) => other.has(word));
  const alike = wordsOf(side).filter(isCommon).length >= 2;
  return make("p", { class: "says" }, ...words.map((word) => (alike && !isCommon(word) ? make("em", {}, word) : word)));
}

function sideNotes({ fact: number, evidence }) {
  const notes = [];
  if (number !== undefined) {
    const { modality, speaker, sources } = page.facts[number];
    if (modality !== "asserted") notes.push(make("span", { class: `stance ${modality}` }, STANCE_NAMES[modality]));
    if (speaker !== null) notes.push(make("span", { class: "speaker" }, "according to ", entityLink(speaker)));
    notes.push(make("span", {}, count(sources, "source")));
  } else {
    notes.push(make("span", {}, `written ${evidence.length === 1 ? "once" : count(evidence.length, "time")}`));
  }
  return make("div", { class: "chips" }, ...notes);
}

/** A fact that is told where the evidence stands, if any: the article is opened there. */
function factAround({ article, start, end }) {
  return page.facts.find((fact) => fact.evidence.some((item) => item.article === article && item.start <= start && end <= item.end));
}

/** A quote with the words around it, as in the pane. */
function sideQuote(side, evidence, above) {
  const fact = side.fact === undefined ? factAround(evidence) : page.facts[side.fact];
  return quoteNode(fact ?? null, evidence, SIDE_CONTEXT, above);
}

/** A side that the articles take. */
function toldSide(side, sides) {
  const quotes = (some) => some.map((evidence, place) => sideQuote(side, evidence, some[place - 1]));
  const more = side.evidence.slice(SIDE_QUOTES);
  return make("li", { class: "side" }, saysNode(side, sides), sideNotes(side), ...quotes(side.evidence.slice(0, SIDE_QUOTES)),
    more.length ? lazyDetails({ class: "more" }, [count(more.length, "more place")], () => quotes(more)) : null);
}

/** The side of the domain: what is known beforehand, with where it comes from. */
function referenceSide(side, sides) {
  const entity = page.entities.findIndex(({ iri }) => iri === side.reference);
  const links = entity < 0 ? [] : page.entities[entity].sameAs;
  return make("li", { class: "side reference" }, make("p", { class: "who" }, "The reference data says"), saysNode(side, sides),
    make("p", { class: "iri" }, side.reference), ...links.map((link) => make("p", { class: "iri" }, "same as ", outLink(link))));
}

/** The message, or what the sides are about where they say the rest and it would be long. */
function conflictHeading({ kind, message, subject, predicate }) {
  const relation = page.predicates.find(({ name }) => name === predicate);
  if (kind !== "conflict" || message.length <= LONG_MESSAGE || !relation || subject === undefined) return message;
  return `${entityLabel(subject)} ${relation.label} …`;
}

function conflictCard(found) {
  const facts = disputedFacts(found);
  const actions = [
    facts.length ? make("button", { type: "button", onclick: () => change({ view: "graph", selected: { facts } }, { push: true }) }, "Show in graph") : null,
    found.subject === undefined ? null
      : make("button", { type: "button", onclick: () => change({ selected: { entity: found.subject } }, { push: true }) },
        `Open ${entityLabel(found.subject) || "(no name)"}`),
  ];
  return make("li", { class: "conflict", "data-conflict": found.id, tabindex: "-1" },
    make("h3", {}, conflictHeading(found)),
    make("ul", { class: "sides" }, ...found.sides.map((side) => (side.evidence.length ? toldSide : referenceSide)(side, found.sides))),
    make("div", { class: "conflict-actions" }, ...actions));
}

function kindSection([kind, heading, meaning], found, wanted) {
  const ones = found.filter((one) => one.kind === kind);
  if (!ones.length) return null;
  const shown = Math.max(FIRST_CARDS, ones.indexOf(wanted) + 1);
  const list = make("ul", { class: "cards" }, ...ones.slice(0, shown).map(conflictCard));
  const showRest = () => {
    const rest = ones.slice(shown).map(conflictCard);
    list.append(...rest);
    rest[0].focus();
    more.remove();
  };
  const more = make("button", { type: "button", class: "rest", onclick: showRest }, `Show ${(ones.length - shown).toLocaleString("en")} more`);
  return make("section", { "aria-label": heading, "data-kind": kind },
    make("h2", {}, heading, make("small", {}, ` ${ones.length.toLocaleString("en")}`)), make("p", { class: "hint" }, meaning), list, ones.length > shown ? more : null);
}

/** What is left out, and which filters ask for what only facts have. */
function conflictNote(shown) {
  const all = page.discrepancies.length;
  if (!all) return "No disagreement was found: nothing in the articles contradicts itself, another article or the reference data.";
  const others = FILTERS.filter((key) => !CONFLICT_FILTERS.includes(key) && isFiltered({ ...START, [key]: state[key] }));
  const parts = [shown === all ? `${count(all, "disagreement")}, as found; nothing is decided.` : `${shown} of ${count(all, "disagreement")} pass the filters.`];
  if (others.length) parts.push("Only the filters by words, type, relation and article apply here.");
  return parts.join(" ");
}

let wantedConflict = null; // position of the one to be shown next

/** Leads from a fact to the disagreement that it is a side of; nothing where it is of none. */
function disputeLink(fact) {
  const [first] = disputesOf(fact.number);
  if (first === undefined) return null;
  return stateLink({ view: "conflicts" }, { class: "disputed", title: page.discrepancies[first].message }, "disputed", () => {
    wantedConflict = first;
    change({ view: "conflicts" }, { push: true });
  });
}

function goToConflict() {
  const { id } = page.discrepancies[wantedConflict];
  const find = () => [...byId("conflicts").querySelectorAll(".conflict")].find((one) => one.dataset.conflict === id);
  if (!find()) showConflicts(); // it is behind the first of its kind
  wantedConflict = null;
  const card = find();
  card?.scrollIntoView({ block: "start", behavior: "instant" });
  card?.focus({ preventScroll: true });
}

function showConflicts() {
  const found = passingConflicts();
  byId("conflicts").replaceChildren(make("p", { class: "shown", role: "status" }, conflictNote(found.length)),
    ...KINDS.map((kind) => kindSection(kind, found, page.discrepancies[wantedConflict])).filter(Boolean));
}

byId("show-conflicts").append(" ", make("span", { class: "number" }, page.discrepancies.length.toLocaleString("en")));

onChange((now, before) => {
  if (now.view === "conflicts" && differs(before, ["view", ...FILTERS])) showConflicts();
  if (now.view === "conflicts" && wantedConflict !== null) goToConflict();
});
