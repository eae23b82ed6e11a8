"use strict";
// A fact as a sentence with its stance, its speaker and the words that say it.

const VOICES = {
  narrator: "in the article's own voice",
  quote: "in a quotation",
  paraphrase: "in reported speech",
  headline: "in the headline",
  caption: "in a caption",
};
const SHORT_CONTEXT = 60; // characters around a quote in a list of many facts
const LONG_VALUE = 90; // characters of a value in a sentence; its evidence has them all

/** A link that leaves the page; what is no web address stays text, so that nothing of it can run. */
function outLink(address, text = address) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    // no address at all
  }
  if (url === null || !["http:", "https:"].includes(url.protocol)) return make("span", {}, text);
  return make("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, text);
}

/** A link to another state of the page: it breaks between words, and opens in a new tab as well. */
function stateLink(patch, attributes, text, act = () => change(patch, { push: true })) {
  return make("a", { ...attributes, href: `#${writeState({ ...START, ...patch })}`, onclick: (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    act();
  } }, text);
}

function entityLink(entity) {
  const { key, label } = page.entities[entity];
  return stateLink({ selected: { entity } }, { class: "entity", "data-entity": key }, label || "(no name)");
}

/** A number with its bound and unit, a long saying cut, anything else as the article wrote it. */
function literalText(fact) {
  const words = fact.object.text || fact.object.value;
  const said = (name) => {
    const found = fact.qualifiers.find((qualifier) => qualifier.name === name && isInSentence(fact, qualifier));
    const text = found ? found.text || found.value : "";
    return words.includes(text) ? "" : text;
  };
  const whole = [said("comparator"), words, said("unit")].filter(Boolean).join(" ");
  return whole.length > LONG_VALUE ? `${whole.slice(0, LONG_VALUE).replace(/\s+\S*$/, "")} …` : whole;
}

/** Whether the qualifier is told in the sentence; the code of a currency is not, its words are. */
function isInSentence(fact, { name, ...value }) {
  if ("entity" in fact.object || "entity" in value) return false;
  return name === "comparator" || (name === "unit" && !/^[A-Z]{3}$/.test(value.text));
}

function objectNode(fact) {
  if ("entity" in fact.object) return entityLink(fact.object.entity);
  const { value, text, datatype } = fact.object;
  const words = fact.qualifiers.length || text ? literalText(fact) : value;
  if (words.endsWith(" …")) return make("q", {}, words);
  const isWord = datatype.endsWith("#string");
  if (isWord || !text || text === value) return make("b", {}, words);
  return make("span", {}, make("b", {}, words), make("small", { class: "exact" }, ` (${value})`));
}

function valueNode(value) {
  return "entity" in value ? entityLink(value.entity) : make("b", {}, value.text || value.value);
}

/** The fact in one plain line, for lists, citations and screen readers. */
function sentenceOf(fact) {
  const object = "entity" in fact.object ? valueText(fact.object) : literalText(fact);
  return `${page.entities[fact.subject].label || "(no name)"} ${relationText(fact)} ${object}`;
}

function claimNode(fact) {
  return make("p", { class: "claim" }, entityLink(fact.subject),
    make("span", { class: "relation" }, ` ${relationText(fact)} `), objectNode(fact));
}

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** A day in words, or the whole year or month of which it is the first or last day. */
function periodText([first, last]) {
  const day = (iso) => { const [year, month, date] = iso.split("-"); return `${Number(date)} ${MONTHS[month - 1]} ${year}`; };
  const [from, to] = [first, last].map((iso) => iso.slice(0, 4));
  const isWhole = first.endsWith("-01-01") && last.endsWith("-12-31");
  if (isWhole) return from === to ? from : `${from}–${to}`;
  if (first === last) return day(first);
  const isMonth = first.slice(0, 7) === last.slice(0, 7) && first.endsWith("-01") && Number(last.slice(8)) >= 28;
  return isMonth ? `${MONTHS[first.slice(5, 7) - 1]} ${from}` : `${day(first)} – ${day(last)}`;
}

function confidenceNode(fact) {
  const bar = make("span", { class: "level", "aria-hidden": "true" }, make("i"));
  bar.firstChild.style.width = `${Math.round(100 * fact.confidence)}%`;
  return make("span", { class: "confidence" }, bar, `confidence ${fact.confidence.toFixed(2)}`);
}

/** How sure, how often, when: what is to be known of a fact beside its sentence. */
function chips(fact) {
  const list = make("div", { class: "chips" }, make("span", { class: `stance ${fact.modality}` }, STANCE_NAMES[fact.modality]));
  if (fact.speaker !== null) list.append(make("span", { class: "speaker" }, "according to ", entityLink(fact.speaker)));
  if (fact.when) list.append(make("span", { class: "when" }, periodText(fact.when)));
  list.append(make("span", {}, count(fact.sources, "source")), confidenceNode(fact));
  const dispute = disputeLink(fact);
  if (dispute) list.append(dispute);
  if (fact.derivedBy) list.append(make("span", {}, `derived by ${fact.derivedBy}`));
  return list;
}

function qualifierList(fact) {
  const told = fact.qualifiers.filter((qualifier) => !isInSentence(fact, qualifier));
  if (!told.length) return null;
  const list = make("dl");
  for (const qualifier of told) list.append(make("dt", {}, qualifier.name), make("dd", {}, valueNode(qualifier)));
  return list;
}

function articleTitle(article) {
  return article.title || article.name;
}

/** The day on which an article was published, or the month or year where no more is known. */
function publishedText({ published }) {
  return published?.replace(/^(\d{4}-\d\d-\d\d)T.*$/, "$1");
}

/** Opens the article where the evidence stands; only words where the page has no text, or no fact is told there. */
function articleLink(fact, evidence, text, name) {
  if (fact === null || page.articles[evidence.article].text === undefined) return make("span", { class: name }, text);
  const patch = { view: "article", article: evidence.article, selected: { facts: [fact.number] } };
  return stateLink(patch, { class: name, title: "Read it in the article" }, text, () => readAt(fact, evidence));
}

/** Where the quote stands and in which voice; `before` is the evidence above, of the same article perhaps. */
function sourceLine(fact, evidence, before) {
  const article = page.articles[evidence.article];
  const place = `characters ${evidence.start}–${evidence.end}`;
  const line = make("figcaption");
  if (before?.article !== evidence.article) {
    const from = [article.publisher, publishedText(article)].filter(Boolean).join(", ");
    line.append(articleLink(fact, evidence, articleTitle(article), "title"), from ? ` (${from})` : "", article.url ? " · " : "", article.url ? originalLink(article) : "");
    if (article.copyOf !== undefined) line.append(" · ", make("span", { class: "copy" }, `a copy of “${articleTitle(page.articles[article.copyOf])}”`));
    line.append(make("br"));
  }
  line.append(VOICES[evidence.voice] ?? evidence.voice, " · ", articleLink(fact, evidence, place, "place"));
  return line;
}

/** The article where it was published. */
function originalLink({ url }) {
  return outLink(url, /^https?:/i.test(url) ? "original" : url);
}

function quoteNode(fact, evidence, reach, above) {
  const { before, after } = contextOf(evidence, reach);
  return make("figure", {}, make("blockquote", {}, make("span", {}, before), make("mark", {}, quoteOf(evidence)), make("span", {}, after)), sourceLine(fact, evidence, above));
}

/** Makes its content when it is first opened: most of a long list is never looked at. */
function lazyDetails(attributes, summary, content) {
  const details = make("details", attributes, make("summary", {}, ...summary));
  const fill = () => { if (details.children.length === 1) details.append(...content()); };
  details.addEventListener("toggle", () => { if (details.open) fill(); });
  if (details.open) fill();
  return details;
}

/** A fact with its evidence. `isShort`: one of many, its first quote in few words, the others folded. */
function factCard(fact, { isShort = false } = {}) {
  const [reach, shown] = isShort ? [SHORT_CONTEXT, 1] : [CONTEXT, fact.evidence.length];
  const quotes = (some) => some.map((evidence, place) => quoteNode(fact, evidence, reach, some[place - 1]));
  const more = fact.evidence.slice(shown);
  return make("article", { "data-fact": fact.id }, claimNode(fact), chips(fact), qualifierList(fact), ...quotes(fact.evidence.slice(0, shown)),
    more.length ? lazyDetails({ class: "rest" }, [count(more.length, "more place")], () => quotes(more)) : null, copyButtons(fact));
}
