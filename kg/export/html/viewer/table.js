"use strict";
// The facts that the filters leave, as a table: the graph in words.

const PAGE_ROWS = 200; // more make a page slow to draw and long to go through by keyboard

function openFact(number) {
  change({ selected: { facts: [number] } }, { push: true });
}

const tableParts = {
  caption: make("caption"),
  heads: new Map(COLUMNS.map((column) => [column, sortHead(column)])),
  rows: make("tbody", { role: "rowgroup", onclick: clickRow, onkeydown: moveByKey, onfocusin: ({ target }) => tabTo(target.closest("tr")) }),
  place: make("p", { role: "status" }),
  previous: pageButton("Previous", -1),
  next: pageButton("Next", 1),
};

function sortHead(column) {
  const sort = () => {
    const now = sorting();
    const isDown = now.column === column ? !now.isDown : Boolean(column.down);
    change({ sort: (isDown ? "-" : "") + column.name }, { push: true });
  };
  return make("th", { scope: "col", role: "columnheader", class: `of-${column.name}` },
    make("button", { type: "button", onclick: sort }, column.label, make("span", { class: "arrow", "aria-hidden": "true" })));
}

// Not `disabled`, which would take the focus away from whoever has come to the last page.
function pageButton(label, step) {
  const turn = ({ currentTarget }) => {
    if (currentTarget.getAttribute("aria-disabled") === "true") return;
    change({ page: pageShown().number + step }, { push: true });
    byId("table").querySelector(".table-rows").scrollTop = 0;
  };
  return make("button", { type: "button", "aria-label": `${label} ${PAGE_ROWS} facts`, onclick: turn }, label);
}

/** The page that is shown, from 1: the last one where the address asks for a later one. */
function pageShown() {
  const all = orderedFacts().length;
  const last = Math.max(1, Math.ceil(all / PAGE_ROWS));
  const number = Math.min(state.page, last);
  return { number, last, all, from: (number - 1) * PAGE_ROWS, to: Math.min(all, number * PAGE_ROWS) };
}

function factRow(number) {
  const fact = page.facts[number];
  return make("tr", { role: "row", "data-fact": fact.id },
    ...COLUMNS.map((column) => make("td", { role: "cell", class: `of-${column.name}`, "data-label": column.label }, ...column.cell(fact))));
}

/** Makes the frame once, so that no button loses the focus when the rows change. */
function makeTable() {
  const { caption, heads, rows, place, previous, next } = tableParts;
  byId("table").replaceChildren(
    make("div", { class: "table-head" }, place,
      make("div", { class: "pages", role: "group", "aria-label": "Pages of the table" }, previous, next),
      make("button", { type: "button", class: "download", title: "Save the facts of this table, all pages of it", onclick: downloadCsv }, "Download CSV")),
    make("div", { class: "table-rows" }, make("table", { role: "table" }, caption,
      make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...heads.values())), rows)));
}

function showTable() {
  const { number, last, all, from, to } = pageShown();
  const { column, isDown } = sorting();
  const direction = isDown ? "descending" : "ascending";
  const [first, end, whole] = [from + 1, to, all].map((figure) => figure.toLocaleString("en"));
  const place = last === 1 ? count(all, "fact") : `Facts ${first}–${end} of ${whole}`;
  tableParts.place.textContent = place;
  const filtered = all < page.facts.length ? ` that pass the filters, of ${page.facts.length.toLocaleString("en")} in all` : "";
  tableParts.caption.textContent = `${place}${filtered}, by ${column.label.toLowerCase()}, ${direction}. `
    + "Arrow keys move between rows; the relation of a fact opens its evidence.";
  for (const [head, element] of tableParts.heads) {
    element.setAttribute("aria-sort", head === column ? direction : "none");
    element.querySelector(".arrow").textContent = head === column ? (isDown ? "↓" : "↑") : "";
  }
  const none = make("tr", { role: "row", class: "none" }, make("td", { role: "cell", colspan: COLUMNS.length }, "No fact passes the filters."));
  tableParts.rows.replaceChildren(...(all ? orderedFacts().slice(from, to).map(factRow) : [none]));
  tabTo(tableParts.rows.firstChild);
  tableParts.next.parentElement.hidden = last === 1;
  tableParts.previous.setAttribute("aria-disabled", String(number === 1));
  tableParts.next.setAttribute("aria-disabled", String(number === last));
}

function markSelected({ selected }) {
  const chosen = new Set((selected?.facts ?? []).map((number) => page.facts[number].id));
  for (const row of tableParts.rows.children) {
    if (chosen.has(row.dataset.fact)) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}

function clickRow(event) {
  const row = event.target.closest("tr[data-fact]");
  if (row && !event.target.closest("button, a") && getSelection().isCollapsed) openFact(factById.get(row.dataset.fact).number);
}

let tabbed = null;

/** The Tab key goes through one row only, the arrow keys go from row to row. */
function tabTo(row) {
  const setStops = (of, stop) => { for (const link of of?.querySelectorAll("a") ?? []) link.tabIndex = stop; };
  if (row === tabbed) return;
  if (tabbed?.isConnected) setStops(tabbed, -1);
  else for (const other of tableParts.rows.children) setStops(other, -1);
  tabbed = row;
  setStops(row, 0);
}

function moveByKey(event) {
  const row = event.target.closest("tr[data-fact]");
  const to = { ArrowDown: row?.nextElementSibling, ArrowUp: row?.previousElementSibling,
    Home: row?.parentElement.firstElementChild, End: row?.parentElement.lastElementChild }[event.key];
  if (!to || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const column = event.target.closest("td").className;
  (to.querySelector(`td.${column} a`) ?? to.querySelector("a.verb")).focus();
}

onChange((now, before) => {
  if (now.view !== "table") return;
  if (before === null || !tableParts.rows.isConnected) makeTable();
  const isNew = differs(before, ["view", "sort", "page", ...FILTERS]);
  if (isNew) showTable();
  if (isNew || differs(before, ["selected"])) markSelected(now);
  if (differs(before, ["view"])) tableParts.rows.querySelector("[aria-current]")?.scrollIntoView({ block: "center" });
});
