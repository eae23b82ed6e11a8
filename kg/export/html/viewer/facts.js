"use strict";
// A fact as a sentence with its stance, its speaker and the words that say it.

const VOICES = {
  narrator: "in the article's own voice",
  quote: "in a quotation",
  paraphrase: "in reported speech",
  headline: "in the headline",
  caption: "in a caption",
};

function valueNode(value) {
  if ("entity" in value) return entityButton(value.entity);
  const exact = value.text !== value.value && value.text ? `${value.text} (${value.value})` : value.value;
  return make("b", {}, exact);
}

function claimNode(fact) {
  return make("p", { class: "claim" }, entityButton(fact.subject),
    make("span", { class: "relation" }, ` ${relationText(fact)} `), valueNode(fact.object));
}

function chips(fact) {
  const list = make("div", { class: "chips" }, make("span", { class: fact.modality }, fact.modality));
  if (fact.speaker !== null) list.append(make("span", { class: "speaker" }, `says ${page.entities[fact.speaker].label}`));
  list.append(make("span", {}, `confidence ${fact.confidence.toFixed(2)}`));
  list.append(make("span", {}, count(fact.sources, "source")));
  if (fact.derivedBy) list.append(make("span", {}, `derived by ${fact.derivedBy}`));
  return list;
}

function qualifierList(fact) {
  if (!fact.qualifiers.length) return null;
  const list = make("dl");
  for (const qualifier of fact.qualifiers) list.append(make("dt", {}, qualifier.name), make("dd", {}, valueNode(qualifier)));
  return list;
}

function quoteNode(evidence) {
  const { before, after } = contextOf(evidence);
  const place = `${page.articles[evidence.article].name}, characters ${evidence.start}–${evidence.end}`;
  return make("figure", {},
    make("blockquote", {}, before, make("mark", {}, quoteOf(evidence)), after),
    make("figcaption", {}, `${place}, ${VOICES[evidence.voice] ?? evidence.voice}`));
}

function factCard(fact) {
  return make("article", { "data-fact": fact.id }, claimNode(fact), chips(fact), qualifierList(fact), ...fact.evidence.map(quoteNode));
}
