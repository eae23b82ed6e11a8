"use strict";
// The facts of the table as a file: first what people read, then what programs join by.

/** Of each column its name in the file and what is in it; records are written as in facts.jsonl. */
const CSV_COLUMNS = [
  ["subject", (fact) => entityLabel(fact.subject)],
  ["predicate", (fact) => page.predicates[fact.predicate].name],
  ["object", (fact) => valueText(fact.object)],
  ["modality", (fact) => fact.modality],
  ["attributed_to", (fact) => (fact.speaker === null ? "" : entityLabel(fact.speaker))],
  ["from", (fact) => fact.when?.[0]],
  ["to", (fact) => fact.when?.[1]],
  ["sources", (fact) => fact.sources],
  ["confidence", (fact) => fact.confidence],
  ["articles", (fact) => [...new Set(fact.evidence.map(({ article }) => page.articles[article].name))].join("; ")],
  ["quote", (fact) => (fact.evidence.length ? quoteOf(fact.evidence[0]) : "")],
  ["id", (fact) => fact.id],
  ["subject_id", (fact) => page.entities[fact.subject].iri],
  ["subject_type", (fact) => typeName(fact.subject)],
  ["predicate_id", (fact) => page.predicates[fact.predicate].iri],
  ["object_id", ({ object }) => ("entity" in object ? page.entities[object.entity].iri : "")],
  ["object_type", ({ object }) => ("entity" in object ? typeName(object.entity) : "")],
  ["object_value", ({ object }) => object.value],
  ["object_datatype", ({ object }) => object.datatype],
  ["attributed_to_id", (fact) => (fact.speaker === null ? "" : page.entities[fact.speaker].iri)],
  ["derived_by", (fact) => fact.derivedBy],
  ["disputed", (fact) => disputesOf(fact.number).map((number) => page.discrepancies[number].id).join(" ")],
  ["qualifiers", (fact) => JSON.stringify(Object.fromEntries(fact.qualifiers.map(qualifierRecord)))],
  ["evidence", (fact) => JSON.stringify(fact.evidence.map(evidenceRecord))],
];

function typeName(entity) {
  return page.types[page.entities[entity].type].name;
}

function qualifierRecord({ name, field = name, entity, value, datatype, text }) {
  if (entity === undefined) return [field, { value, datatype, text }];
  return [field, { id: page.entities[entity].iri, label: entityLabel(entity), type: typeName(entity) }];
}

function evidenceRecord(item) {
  const { start, end, voice, extractor } = item;
  return { article: page.articles[item.article].name, start, end, quote: quoteOf(item), voice, extractor };
}

/**
 * A field as RFC 4180 has it. Spreadsheets take a text that begins with one of these signs for a
 * formula, so it gets an apostrophe before it, as does one that begins with apostrophes and such a
 * sign: whoever takes one apostrophe away before them has the text again. A number stays one.
 */
function csvField(value) {
  let field = String(value ?? "");
  if (/^'*[=+\-@\t\r\n＝＋－＠]/.test(field) && !/^[+-]?\d+(\.\d+)?$/.test(field)) field = `'${field}`;
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

/** The facts of these numbers as CSV with a heading. */
function csvOf(numbers) {
  const rows = [CSV_COLUMNS.map(([name]) => name), ...numbers.map((number) => CSV_COLUMNS.map(([, value]) => value(page.facts[number])))];
  return rows.map((row) => `${row.map(csvField).join(",")}\r\n`).join("");
}

/** Saves what the table shows, all pages of it. The mark at its head tells spreadsheets UTF-8. */
function downloadCsv() {
  const address = URL.createObjectURL(new Blob(["\ufeff", csvOf(orderedFacts())], { type: "text/csv;charset=utf-8" }));
  make("a", { href: address, download: "facts.csv" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // a browser may ask its reader first
}
