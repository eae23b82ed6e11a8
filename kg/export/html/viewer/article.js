"use strict";
// An article as it was read, its facts underlined where they stand.

const LISTED = 30; // articles in the list at once
const TAGS = { headline: "h2", standfirst: "p", subhead: "h3", body: "p", caption: "p", chrome: "p" };
let wantedPlace = null; // {article, start}: where the text is to be shown next

/** Opens the article at the place of a piece of evidence. */
function readAt(fact, { article, start }) {
  wantedPlace = { article, start };
  change({ view: "article", article, selected: { facts: [fact.number] } }, { push: true });
}

function articleRow(number) {
  const article = page.articles[number];
  const about = [article.publisher, publishedText(article), count(factCount(number), "fact")].filter(Boolean).join(" · ");
  return make("li", {}, make("button", { type: "button", "aria-current": number === state.article ? "true" : null, onclick: () => change({ article: number, selected: null }, { push: true }) },
    make("span", {}, articleTitle(article)), make("small", {}, article.copyOf === undefined ? about : `${about} · copy`)));
}

/** The articles whose title, publisher or date hold the words. */
function findArticles(words) {
  const wanted = folded(words.trim());
  return [...page.articles.keys()].filter((number) => {
    const { name, title, publisher, published } = page.articles[number];
    return folded([name, title, publisher, published].join("\n")).includes(wanted);
  });
}

function articleList() {
  const list = make("ul");
  const more = make("p", { class: "note", "aria-live": "polite" });
  const show = (words) => {
    const found = findArticles(words);
    list.replaceChildren(...found.slice(0, LISTED).map(articleRow));
    more.textContent = found.length > LISTED ? `${count(found.length - LISTED, "more article")}: type to find one` : found.length ? "" : "No article has these words";
  };
  const field = make("input", { type: "search", "aria-label": "Find an article", placeholder: "Find an article", oninput: () => show(field.value) });
  show("");
  return [page.articles.length > 8 ? field : null, list, more];
}

/** The chooser above the text; nothing to choose where there is one article. */
function shelf() {
  if (page.articles.length < 2) return null;
  const label = [make("span", {}, `Article ${state.article + 1} of ${page.articles.length.toLocaleString("en")}`), make("span", { class: "choose" }, "Choose another")];
  return lazyDetails({ class: "shelf" }, label, () => articleList().filter((part) => part !== null));
}

function articleHead(number, shown) {
  const article = page.articles[number];
  const headline = (article.blocks ?? []).find(([, , kind]) => kind === "headline");
  const isTwice = headline && textOf(article, headline[0], headline[1]).trim() === (article.title ?? "").trim();
  const byline = make("p", { class: "byline" }, [article.publisher, article.author, publishedText(article)].filter(Boolean).join(" · "));
  if (article.url) byline.append(byline.textContent ? " · " : "", originalLink(article));
  const copy = article.copyOf === undefined ? null : make("p", { class: "byline" }, "Repeats the text of ",
    stateLink({ view: "article", article: article.copyOf }, {}, articleTitle(page.articles[article.copyOf])),
    "; the two count as one source.");
  const hidden = factCount(number) - shown;
  const told = `${count(shown, "fact")} underlined${hidden ? `, ${hidden.toLocaleString("en")} more hidden by filters` : ""}`;
  return make("header", {}, isTwice ? null : make("h2", { class: "title" }, articleTitle(article)),
    byline.textContent ? byline : null, copy, make("p", { class: "key" }, make("span", {}, told), ...stanceKey(number)));
}

/** What the lines mean, for the stances that stand in the text. */
function stanceKey(article) {
  const stances = new Set(marksIn[article].map(({ fact }) => page.facts[fact].modality));
  return STANCES.filter((stance) => stances.has(stance)).map((stance) => make("span", { class: `line-${stance}` }, STANCE_NAMES[stance]));
}

function blockNode(article, marks, [start, end, kind]) {
  const words = underlined(article, marks, start, end);
  return make(TAGS[kind] ?? "p", { class: kind }, ...(kind === "caption" ? [make("span", { class: "unseen" }, "Caption: "), ...words] : words));
}

/** The blocks in order; a run of chrome is folded away. */
function bodyNodes(article, marks) {
  const nodes = [];
  let folded = null;
  for (const stretch of stretchesOf(article)) {
    const node = blockNode(article, marks, stretch);
    if (stretch[2] !== "chrome") { nodes.push(node); folded = null; continue; }
    if (folded === null) {
      folded = make("details", { class: "chrome-run" }, make("summary", {}, "Menus and other parts around the article"));
      nodes.push(folded);
    }
    folded.append(node);
  }
  return nodes;
}

function showArticle() {
  const article = page.articles[state.article];
  const marks = marksIn[state.article].filter(({ fact }) => passes(fact));
  const shown = new Set(marks.map(({ fact }) => fact)).size;
  const text = article.text === undefined ? [make("p", { class: "note" }, "The page does not hold the text of this article; its quotes stand beside the facts.")] : bodyNodes(article, marks);
  byId("article").replaceChildren(...[shelf(), make("div", { class: "text" }, articleHead(state.article, shown), ...text)].filter((part) => part !== null));
}

function factsOf(segment) {
  return segment.dataset.facts.split(" ").map(Number);
}

/** Marks the stretches of the chosen facts; returns them in order. */
function markChosen() {
  const chosen = new Set(state.selected?.facts ?? []);
  const segments = [...byId("article").querySelectorAll(".said")];
  const lit = segments.filter((segment) => factsOf(segment).some((fact) => chosen.has(fact)));
  for (const segment of segments) segment.classList.toggle("chosen", lit.includes(segment));
  return lit;
}

/** Scrolls to the evidence that was asked for, or else to the first stretch that is marked. */
function goToPlace(lit) {
  const isHere = wantedPlace !== null && wantedPlace.article === state.article;
  const target = (isHere && lit.find((segment) => Number(segment.dataset.start) >= wantedPlace.start)) || lit[0];
  wantedPlace = null;
  if (!target) {
    byId("article").scrollTop = 0;
    if (document.activeElement === document.body) byId("article").focus({ preventScroll: true });
    return;
  }
  const run = target.closest("details");
  if (run) run.open = true;
  target.scrollIntoView({ block: "start", behavior: "instant" });
  target.focus({ preventScroll: true });
}

let isPressed = false; // the choice comes from the text itself, which then stays where it is

function press(event) {
  const segment = event.target.closest?.(".said");
  if (!segment || (event.type === "keydown" && !["Enter", " "].includes(event.key))) return;
  if (event.type === "click" && !getSelection().isCollapsed) return; // words are being copied
  event.preventDefault();
  isPressed = true;
  change({ selected: { facts: factsOf(segment) } }, { push: true });
  isPressed = false;
}

byId("article").addEventListener("click", press);
byId("article").addEventListener("keydown", press);

onChange((now, before) => {
  if (now.view !== "article" || now.article === null) return;
  const isNew = differs(before, ["view", "article"]);
  if (isNew || differs(before, FILTERS)) showArticle();
  if (isNew || differs(before, [...FILTERS, "selected"])) {
    const lit = markChosen();
    if (!isPressed && (isNew || differs(before, ["selected"]))) goToPlace(lit);
  }
});
