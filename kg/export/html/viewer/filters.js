"use strict";
// The filters beside the graph. Nothing chosen in a list lets all of it through.

const STANCE_NAMES = { asserted: "asserted", planned: "planned", hedged: "hedged", negated: "denied" };

/** Options of a list, those with the most facts first. */
function ranked(name, options) {
  const totals = new Map();
  for (const fact of page.facts) for (const value of VALUES[name](fact)) totals.set(value, (totals.get(value) ?? 0) + 1);
  return options.filter(({ values: [value] }) => totals.has(value))
    .sort((a, b) => totals.get(b.values[0]) - totals.get(a.values[0]));
}

function plainList(key, label, options, isOpen = false) {
  const countsOf = () => {
    const counts = choiceCounts(key);
    return ({ values: [value] }) => counts.get(value) ?? 0;
  };
  return choiceList({ key, label, options, countsOf, isOpen });
}

/** Types under their families: the legend of the colours. */
function typeOptions() {
  return page.families.flatMap((family, at) => {
    const types = page.types.map((type, value) => ({ ...type, value })).filter((type) => type.family === at);
    const inner = types.map(({ label, value, icon }) => ({ values: [value], label, inner: types.length > 1, sign: familyDot(family, icon ?? family.icon) }));
    const whole = { values: types.map(({ value }) => value), label: family.label, sign: familyDot(family), family: at };
    return types.length > 1 ? [whole, ...inner] : inner;
  });
}

function typeCounts() {
  const types = choiceCounts("types");
  const families = choiceCounts("types", (fact) => new Set(VALUES.types(fact).map((type) => page.types[type].family)));
  return (option) => (option.family === undefined ? types.get(option.values[0]) : families.get(option.family)) ?? 0;
}

/** A slider from `least`, which lets everything through, to `most`. While it is dragged, Back has one step. */
function sliderFilter({ key, label, least, most, step, text }) {
  let isDragged = false;
  const slider = make("input", {
    type: "range", id: key, min: least, max: most, step, "aria-label": `${label} at least`,
    oninput: () => { change({ [key]: Number(slider.value) }, { push: !isDragged }); isDragged = true; },
    onchange: () => { isDragged = false; },
  });
  const shown = make("output", { for: key });
  onChange((now) => {
    slider.value = now[key];
    shown.textContent = text(now[key]);
    slider.setAttribute("aria-valuetext", text(now[key]));
  });
  return make("div", { class: "facet slider" }, make("h3", {}, label), shown, slider);
}

function disputedFilter() {
  const box = make("input", { type: "checkbox", id: "disputed", onchange: () => change({ disputed: box.checked }, { push: true }) });
  onChange((now) => { box.checked = now.disputed; });
  return make("label", { class: "option" }, box, make("span", {}, "Only what is in dispute"), make("small", {}, String(disputes.size)));
}

function speakerOptions() {
  const speakers = [...new Set(page.facts.map((fact) => fact.speaker ?? -1))];
  return speakers.map((speaker) => ({
    values: [speaker], label: speaker < 0 ? "the article itself" : page.entities[speaker].label || "(no name)",
    sign: speaker < 0 ? null : entityDot(speaker),
  }));
}

function makeFacets() {
  const facets = [
    choiceList({ key: "types", label: "Types", options: typeOptions(), countsOf: typeCounts, isOpen: true }),
    plainList("stances", "Stance", STANCES.map((stance) => ({ values: [stance], label: STANCE_NAMES[stance], sign: make("span", { class: `stroke ${stance}` }) })), true),
    plainList("predicates", "Relations", ranked("predicates", page.predicates.map(({ label }, value) => ({ values: [value], label })))),
    plainList("speakers", "Who says it", ranked("speakers", speakerOptions())),
    plainList("articles", "Articles", ranked("articles", page.articles.map(({ name, title, publisher }, value) =>
      ({ values: [value], label: title || name, title: [name, publisher].filter(Boolean).join(", ") })))),
    sliderFilter({ key: "confidence", label: "Confidence", least: 0, most: 1, step: 0.05, text: (value) => (value > 0 ? `at least ${value.toFixed(2)}` : "any") }),
  ];
  const most = page.facts.reduce((found, fact) => Math.max(found, fact.sources), 1);
  if (most > 1) facets.push(sliderFilter({ key: "sources", label: "Sources", least: 1, most: Math.min(most, 20), step: 1, text: (value) => (value > 1 ? `at least ${value}` : "any number") }));
  if (disputes.size) facets.push(disputedFilter());
  return facets;
}

byId("facets").append(...makeFacets());
