"use strict";
// Where the facts stand in an article: marks from start to end in code points, facts by number.

const marksIn = page.articles.map(() => []);
for (const { number, evidence } of page.facts) {
  for (const { article, start, end } of evidence) if (end > start) marksIn[article].push({ fact: number, start, end });
}
for (const marks of marksIn) marks.sort((a, b) => a.start - b.start || a.end - b.end || a.fact - b.fact);

/** How many facts an article supports. */
function factCount(article) {
  return new Set(marksIn[article].map(({ fact }) => fact)).size;
}

/**
 * The stretch [from, to) of an article cut where a mark begins or ends: {start, end, facts}, in
 * order and without a gap; `facts` is empty where no mark stands.
 */
function segmentsOf(marks, from, to) {
  const inside = marks.filter(({ start, end }) => start < to && end > from);
  const cuts = new Set([from, to]);
  for (const { start, end } of inside) cuts.add(Math.max(start, from)).add(Math.min(end, to));
  const ordered = [...cuts].sort((a, b) => a - b);
  let next = 0;
  let standing = [];
  return ordered.slice(0, -1).map((start, place) => {
    standing = standing.filter(({ end }) => end > start);
    while (next < inside.length && inside[next].start <= start) { standing.push(inside[next]); next += 1; }
    return { start, end: ordered[place + 1], facts: [...new Set(standing.map(({ fact }) => fact))].sort((a, b) => a - b) };
  });
}

/** The blocks of an article with what stands between them, so that no word is lost. */
function stretchesOf(article) {
  const length = article.text.length - article.astral.length;
  const found = [];
  let at = 0;
  for (const [start, end, kind] of [...(article.blocks ?? []), [length, length, null]]) {
    if (start > at && textOf(article, at, start).trim()) found.push([at, start, "body"]);
    if (kind !== null && end > start) found.push([start, end, kind]);
    at = Math.max(at, end);
  }
  return found;
}

/** What a screen reader says behind an underlined stretch. */
function saidOf(facts) {
  const stances = STANCES.filter((stance) => facts.some((number) => page.facts[number].modality === stance));
  return `${count(facts.length, "fact")}, ${stances.map((stance) => STANCE_NAMES[stance]).join(" and ")}`;
}

/** An underlined stretch to press: one line below the words for each stance. */
function underline(text, facts, start) {
  const stances = STANCES.filter((stance) => facts.some((number) => page.facts[number].modality === stance));
  const inner = stances.slice(1).reduce((child, stance) => make("span", { class: `line-${stance}` }, child), text);
  return make("span", { class: `said line-${stances[0]}`, role: "button", tabindex: "0", "data-facts": facts.join(" "), "data-start": start },
    inner, make("span", { class: "unseen" }, ` [${saidOf(facts)}] `));
}

/** The words [from, to) of an article, the stretches with facts underlined. */
function underlined(article, marks, from, to) {
  return segmentsOf(marks, from, to).map(({ start, end, facts }) => {
    const text = textOf(article, start, end);
    return facts.length && text.trim() ? underline(text, facts, start) : text;
  });
}
