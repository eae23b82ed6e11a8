"use strict";
// The pane beside the graph: the facts of what is chosen.

function showHint() {
  const most = page.entities.map((_, index) => index).sort((a, b) => page.entities[b].degree - page.entities[a].degree || a - b).slice(0, 8);
  byId("details").replaceChildren(
    make("h2", {}, "What the articles say"),
    make("p", { class: "hint" }, "Choose an entity or a line of the graph to read its facts, each with the words that say it."),
    make("p", { class: "hint" }, "Dashed lines are plans, dotted lines are hedged, red crossed lines are denied."),
    ...(most.length ? [make("h3", {}, "Most connected"), make("ul", { class: "most" }, ...most.map((index) => make("li", {}, entityButton(index))))] : []),
  );
}

function showEntity(index) {
  const entity = page.entities[index];
  const parts = [
    make("p", { class: "kind" }, familyDot(familyOf(index)), make("span", {}, page.types[entity.type].label)),
    make("h2", {}, entity.label || "(no name)"),
  ];
  if (entity.names.length) parts.push(make("p", { class: "names" }, `also ${entity.names.join(", ")}`));
  for (const iri of entity.sameAs) parts.push(make("p", { class: "names" }, iri));
  const lists = [["Facts", factsAbout[index]], ["Said of others", factsSaidBy[index]], ["Named in", factsNaming[index]]];
  for (const [heading, numbers] of lists) {
    if (numbers.length) parts.push(make("h3", {}, `${heading} (${numbers.length})`), ...numbers.map((number) => factCard(page.facts[number])));
  }
  if (lists.every(([, numbers]) => !numbers.length)) parts.push(make("p", { class: "hint" }, "No facts."));
  byId("details").replaceChildren(...parts);
}

function showFacts(numbers) {
  byId("details").replaceChildren(make("h2", {}, count(numbers.length, "fact")), ...numbers.map((number) => factCard(page.facts[number])));
}

onChange((now, before) => {
  if (!differs(before, ["selected"])) return;
  if (now.selected === null) showHint();
  else if (now.selected.entity !== undefined) showEntity(now.selected.entity);
  else showFacts(now.selected.facts);
  byId("details").scrollTop = 0;
});
