"use strict";
// How to read the page: what the lines mean, and the keys.

const LINES = [
  ["asserted", "stated as a fact"],
  ["planned", "planned or expected"],
  ["hedged", "hedged: “could”, “reportedly”, “in talks”"],
  ["negated", "denied"],
];
const KEYS = [
  [["/"], "search"],
  [["↑", "↓", "Enter"], "choose what was found"],
  [["Esc"], "close what is open, choose nothing"],
  [["Tab"], "to the next part of the page"],
  [["←", "→"], "move a handle of the timeline"],
  [["?"], "this help"],
];

function helpRows(rows) {
  return make("dl", {}, ...rows.flatMap(([sign, text]) => [make("dt", {}, ...[sign].flat()), make("dd", {}, text)]));
}

function showHelp() {
  const rowsOf = (list) => list.map(([names, text]) => [names.flatMap((name) => [make("kbd", {}, name), " "]), text]);
  byId("help").replaceChildren(
    make("button", { type: "button", class: "icon shut", "aria-label": "Close help", onclick: () => byId("help").close() }, "×"),
    make("h2", { id: "help-title" }, "How to read this page"),
    make("p", {}, "Circles are who and what the articles tell of; the larger, the more they tell. Lines are facts. "
      + "Choose one to read the words that say it, who says them, and in which article."),
    make("div", { class: "columns" },
      make("div", {},
        make("h3", {}, "Lines"),
        helpRows([...LINES.map(([stance, text]) => [make("span", { class: `stroke ${stance}` }), text]), [speechMark(), "said by someone, not by the article itself"]])),
      make("div", {}, make("h3", {}, "Keys"), helpRows(rowsOf(KEYS))),
      make("div", {}, make("h3", {}, "Keys in the graph"), helpRows(rowsOf(GRAPH_KEYS))),
      make("div", {}, make("h3", {}, "Colours"), helpRows(page.families.map((family) => [familyDot(family), family.label]))),
      make("div", {}, make("h3", {}, "Filters"), make("p", {},
        "Where nothing is chosen in a list, all of it is shown. The numbers say how many facts would be left. "
        + "The address of the page keeps what you chose: send it to show someone the same view."))),
  );
  byId("help").showModal();
}

/** What marks a fact that has a speaker. */
function speechMark() {
  return makeSvg("svg", { viewBox: "0 0 16 16", width: 16, height: 16, class: "speech", "aria-hidden": "true" },
    makeSvg("path", { d: "M2.5 3.5h11v7.5H8l-3 2.7V11H2.5z", fill: "none", stroke: "currentColor", "stroke-width": 1.4, "stroke-linejoin": "round" }));
}

byId("show-help").addEventListener("click", showHelp);
byId("help").addEventListener("click", (event) => {
  if (event.target === byId("help")) byId("help").close(); // outside of it
});
