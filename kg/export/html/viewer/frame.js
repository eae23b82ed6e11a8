"use strict";
// What is around the views: the columns that fold away, the theme, the link to a view, the title.

/** Remembers small habits of the reader where the browser lets a page do so. */
const habits = {
  get(name) {
    try { return localStorage.getItem(`kg-${name}`); } catch { return null; }
  },
  set(name, value) {
    try { localStorage.setItem(`kg-${name}`, value); } catch { /* then for this visit only */ }
  },
};

const isNarrow = matchMedia("(max-width: 760px)");
const isTight = matchMedia("(max-width: 1100px)");

function isFolded(column) {
  return document.body.dataset[column] === "shut";
}

/** Shows or hides a column. On a phone they are sheets over the graph, one at a time. */
function fold(column, shut) {
  document.body.dataset[column] = shut ? "shut" : "open";
  if (isNarrow.matches && !shut) document.body.dataset[column === "pane" ? "filters" : "pane"] = "shut";
  for (const button of document.querySelectorAll("[data-fold]:not(.shut)")) {
    button.setAttribute("aria-expanded", String(!isFolded(button.dataset.fold)));
  }
}

function foldAsUsual() {
  for (const column of ["filters", "pane"]) {
    const shut = isNarrow.matches || (column === "filters" && isTight.matches) || habits.get(column) === "shut";
    fold(column, shut);
  }
}

for (const button of document.querySelectorAll("[data-fold]")) {
  button.addEventListener("click", () => {
    const column = button.dataset.fold;
    fold(column, !isFolded(column));
    if (!isNarrow.matches) habits.set(column, document.body.dataset[column]);
    if (button.matches(".shut")) document.querySelector(`#sheets [data-fold="${column}"]`).focus();
  });
}
isNarrow.addEventListener("change", foldAsUsual);
foldAsUsual();
// Who chooses something wants to read it.
onChange((now, before) => {
  if (now.selected && differs(before, ["selected"])) fold("pane", false);
  else if (isNarrow.matches && before !== null && !now.selected && before.selected) fold("pane", true);
});

const prefersDark = matchMedia("(prefers-color-scheme: dark)");

function setTheme(name) {
  document.documentElement.dataset.theme = name;
}

function setUsualTheme() {
  const kept = habits.get("theme");
  setTheme(["light", "dark"].includes(kept) ? kept : prefersDark.matches ? "dark" : "light");
}

byId("theme").addEventListener("click", () => {
  const name = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  habits.set("theme", name);
  setTheme(name);
  redraw();
});
prefersDark.addEventListener("change", () => { setUsualTheme(); redraw(); });
setUsualTheme();

let copiedTimer = null;

function sayCopied(text) {
  byId("copied").textContent = text;
  clearTimeout(copiedTimer);
  copiedTimer = setTimeout(() => { byId("copied").textContent = ""; }, 2500);
}

function viewAddress() {
  const hash = writeState(state);
  return location.href.replace(/#.*$/s, "") + (hash ? `#${hash}` : "");
}

/** Where the clipboard is not to be had, the address stands in a field, ready to be copied. */
function offerLink() {
  byId("link").hidden = false;
  byId("link-text").value = viewAddress();
  byId("link-text").focus();
  byId("link-text").select();
}

byId("copy-link").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(viewAddress());
    sayCopied("Link copied");
  } catch {
    offerLink();
  }
});
byId("link-text").addEventListener("keydown", (event) => {
  if (event.key === "Escape") byId("copy-link").focus();
});
byId("link-text").addEventListener("blur", () => { byId("link").hidden = true; });

const PAGE_TITLE = document.title;

function viewTitle({ view, article, selected }) {
  if (selected?.entity !== undefined) return page.entities[selected.entity].label || "(no name)";
  if (selected) {
    const fact = page.facts[selected.facts[0]];
    const more = selected.facts.length > 1 ? ` and ${selected.facts.length - 1} more` : "";
    return `${page.entities[fact.subject].label} ${relationText(fact)} ${valueText(fact.object)}`.slice(0, 120) + more;
  }
  if (view === "article") return page.articles[article].title || page.articles[article].name;
  return { table: "Facts", conflicts: "Disagreements" }[view];
}

onChange((now, before) => {
  if (!differs(before, ["view", "article", "selected"])) return;
  const title = viewTitle(now);
  document.title = title ? `${title} – ${PAGE_TITLE}` : PAGE_TITLE;
});
