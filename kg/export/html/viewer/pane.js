"use strict";
// The pane beside the graph: the facts of what is chosen.

const GROUP_FACTS = 20; // of a group at once
const FIRST_FACTS = 24; // groups open until so many facts are shown
const FIRST_NAMES = 6;
const STEP = 200; // facts made between two frames when all of a long group are asked for

let hasHidden = false; // whether what the filters hide of this choice is shown all the same

/** The strongest first: more sources, then surer. */
function byStrength(numbers) {
  return numbers.map((number) => page.facts[number]).sort((a, b) => b.sources - a.sources || b.confidence - a.confidence || a.number - b.number);
}

function groupsOf(numbers) {
  const groups = [...Map.groupBy(byStrength(numbers), ({ predicate }) => predicate)];
  return groups.sort(([a, some], [b, others]) => others.length - some.length || a - b);
}

/** Makes the cards of a long list step by step, as long as the list is in the page. */
function addCards(list, facts) {
  list.append(...facts.slice(0, STEP).map((fact) => factCard(fact, { isShort: true })));
  if (facts.length > STEP) requestAnimationFrame(() => { if (list.isConnected) addCards(list, facts.slice(STEP)); });
}

function groupNode([predicate, facts], isOpen) {
  const { label } = page.predicates[predicate];
  return lazyDetails({ class: "group", open: isOpen, "data-relation": page.predicates[predicate].name }, [make("span", {}, label), " ", make("small", {}, facts.length.toLocaleString("en"))], () => {
    const list = make("div");
    addCards(list, facts.slice(0, GROUP_FACTS));
    if (facts.length <= GROUP_FACTS) return [list];
    const all = make("button", { type: "button", class: "further", onclick: () => { all.remove(); list.className = "long"; addCards(list, facts.slice(GROUP_FACTS)); } }, `Show all ${facts.length.toLocaleString("en")}`);
    return [list, all];
  });
}

/** Facts in groups by relation; the first groups are open. */
function groupNodes(numbers) {
  let shown = 0;
  return groupsOf(numbers).map((group) => {
    const isOpen = shown < FIRST_FACTS;
    shown += Math.min(group[1].length, GROUP_FACTS);
    return groupNode(group, isOpen);
  });
}

/** The numbers that the filters let through, and a line about the others. */
function filtered(numbers) {
  const left = hasHidden ? numbers : numbers.filter(passes);
  const hidden = numbers.length - numbers.filter(passes).length;
  if (!hidden) return [left, null];
  const button = make("button", { type: "button", class: "further", "data-action": "hidden", onclick: () => { hasHidden = !hasHidden; showChosen(); } }, hasHidden ? "hide" : "show");
  const text = hasHidden ? `${hidden.toLocaleString("en")} of these do not pass the filters: ` : `${hidden.toLocaleString("en")} more hidden by filters: `;
  return [left, make("p", { class: "hidden-facts" }, text, button)];
}

function namesNode(names) {
  if (!names.length) return null;
  const rest = names.slice(FIRST_NAMES);
  const line = make("p", { class: "names" }, `also ${names.slice(0, FIRST_NAMES).join(" · ")}`);
  if (rest.length) {
    const button = make("button", { type: "button", class: "further", onclick: () => button.replaceWith(` · ${rest.join(" · ")}`) }, `${rest.length} more`);
    line.append(" · ", button);
  }
  return line;
}

/** A web address by its host and its last part: "wikidata.org Q42". */
function sameAsNode(iri) {
  const [, host, rest] = iri.match(/^https?:\/\/(?:www\.)?([^/?#]+)(.*)$/i) ?? [];
  const last = rest?.split(/[/#=]/).filter(Boolean).at(-1) ?? "";
  return outLink(iri, host ? `${host} ${last}`.trim() : iri);
}

/** How many facts of each stance, from how many articles. */
function summaryNode(numbers) {
  const facts = numbers.map((number) => page.facts[number]);
  const articles = new Set(facts.flatMap((fact) => fact.evidence.map(({ article }) => article)));
  const stances = STANCES.map((stance) => [stance, facts.filter(({ modality }) => modality === stance).length]).filter(([, number]) => number);
  const line = make("p", { class: "summary" }, count(numbers.length, "fact"), articles.size ? ` in ${count(articles.size, "article")}` : "");
  for (const [stance, number] of stances) line.append(make("span", { class: `tally ${stance}` }, make("span", { class: `stroke ${stance}`, "aria-hidden": "true" }), `${number.toLocaleString("en")} ${STANCE_NAMES[stance]}`));
  return line;
}

function entityParts(index) {
  const entity = page.entities[index];
  const lists = [["", factsAbout[index]], ["Said of others", factsSaidBy[index]], ["Named in", factsNaming[index]]];
  const parts = [
    make("p", { class: "kind" }, entityDot(index), make("span", {}, page.types[entity.type].label)),
    make("h2", { tabindex: "-1" }, entity.label || "(no name)"),
    namesNode(entity.names.filter((name) => !entity.hidden.includes(name))),
    entity.sameAs.length ? make("p", { class: "links" }, ...entity.sameAs.map(sameAsNode)) : null,
    summaryNode(lists.flatMap(([, numbers]) => numbers)),
    entityActions(index),
  ];
  for (const [heading, numbers] of lists) {
    if (!numbers.length) continue;
    const [left, hidden] = filtered(numbers);
    if (heading) parts.push(make("h3", {}, `${heading} (${numbers.length.toLocaleString("en")})`));
    parts.push(hidden, ...groupNodes(left));
  }
  return parts;
}

function factsParts(numbers) {
  const [left, hidden] = numbers.length > 1 ? filtered(numbers) : [numbers, null];
  const toGraph = state.view === "graph" ? null : make("div", { class: "actions" }, actionButton("graph", "Show in graph", () => change({ view: "graph" }, { push: true })));
  const isShort = left.length > 5;
  const list = make("div", { class: isShort ? null : "large" });
  if (isShort) list.append(...groupNodes(left));
  else list.append(...left.map((number) => factCard(page.facts[number])));
  return [make("h2", { tabindex: "-1", class: "few" }, count(numbers.length, "fact")), toGraph, hidden, list];
}

function chosenParts() {
  if (state.selected === null) return openingParts();
  return state.selected.entity !== undefined ? entityParts(state.selected.entity) : factsParts(state.selected.facts);
}

/** Shows what is chosen; who had pressed something in the pane stays there. */
function showChosen() {
  const pane = byId("details");
  const focused = pane.contains(document.activeElement) ? document.activeElement.dataset.action ?? "" : null;
  pane.replaceChildren(...chosenParts().filter((part) => part !== null));
  if (focused === null) return;
  (pane.querySelector(`[data-action="${focused}"]`) ?? pane.querySelector("h2")).focus({ preventScroll: true });
}

function showActions() {
  const actions = byId("details").querySelector(".actions");
  if (!actions || state.selected?.entity === undefined) return;
  const focused = actions.contains(document.activeElement) ? document.activeElement.dataset.action : null;
  const fresh = entityActions(state.selected.entity);
  actions.replaceWith(fresh);
  if (focused) fresh.querySelector(`[data-action="${focused}"]`)?.focus();
}

onChange((now, before) => {
  if (differs(before, ["selected"])) {
    hasHidden = false;
    showChosen();
    byId("details").scrollTop = 0;
    if (before !== null) announce([...byId("details").querySelectorAll("h2, .summary")].map((part) => part.textContent).join(", "));
  } else if (now.selected !== null && (differs(before, FILTERS) || (now.selected.entity === undefined && differs(before, ["view"])))) showChosen();
  else if (differs(before, ["view", "opened", "focus", "depth", "path"])) showActions();
});
