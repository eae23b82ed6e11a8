"use strict";
// The views, and the keys that work everywhere; starts the page.

const VIEWS = { graph: "graph", table: "table", article: "article", conflicts: "conflicts" };

for (const [view, id] of Object.entries(VIEWS)) {
  byId(`show-${view}`).addEventListener("click", () =>
    change({ view, article: view === "article" ? state.article ?? 0 : state.article }, { push: true }));
  onChange((now) => {
    byId(id).hidden = now.view !== view;
    byId(`show-${view}`).setAttribute("aria-pressed", String(now.view === view));
  }, { first: true });
}
byId("show-article").hidden = !page.articles.some((article) => article.text !== undefined);
byId("show-conflicts").hidden = !page.discrepancies.length;
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address is that of the view
  change({ view: "table" }, { push: true });
  byId("table").focus();
});

byId("named").addEventListener("change", (event) => change({ named: event.target.checked }));
onChange((now) => { byId("named").checked = now.named; });
document.addEventListener("keydown", (event) => {
  if (event.target.matches("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
  if (event.key === "/") { event.preventDefault(); byId("search").focus(); }
  if (event.key === "?") showHelp();
  if (event.key === "Escape" && !event.defaultPrevented && state.selected) change({ selected: null }, { push: true });
});

/** Takes the focus along when what had it is in a view that was left. */
onChange((now, before) => {
  if (before === null || before.view === now.view) return;
  const focused = document.activeElement;
  if (focused !== document.body && !focused.closest("section[hidden]")) return;
  const canvas = byId("canvas");
  const target = now.view === "graph" && canvas.tabIndex >= 0 ? canvas : byId(VIEWS[now.view]);
  target.focus({ preventScroll: true });
});

start();
