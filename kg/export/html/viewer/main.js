"use strict";
// The frame of the page: its views, its looks, and the keys that work everywhere.

const VIEWS = { graph: "graph", table: "table", article: "article", conflicts: "conflicts" };

for (const [view, id] of Object.entries(VIEWS)) {
  byId(`show-${view}`).addEventListener("click", () =>
    change({ view, article: view === "article" ? state.article ?? 0 : state.article }, { push: true }));
  onChange((now) => {
    byId(id).hidden = now.view !== view;
    byId(`show-${view}`).setAttribute("aria-pressed", String(now.view === view));
  });
}
byId("show-article").hidden = !page.articles.some((article) => article.text !== undefined);
byId("show-conflicts").hidden = !page.discrepancies.length;
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address is that of the view
  change({ view: "table" }, { push: true });
  byId("table").focus();
});

function setTheme(name) {
  document.documentElement.dataset.theme = name;
  redraw();
}

byId("theme").addEventListener("click", () => setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
byId("named").addEventListener("change", (event) => change({ named: event.target.checked }));
onChange((now) => { byId("named").checked = now.named; });
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.matches("input, select, textarea");
  if (event.key === "/" && !isTyping) { event.preventDefault(); byId("search").focus(); }
  if (event.key === "Escape" && !isTyping && state.selected) change({ selected: null }, { push: true });
});

document.documentElement.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
start();
