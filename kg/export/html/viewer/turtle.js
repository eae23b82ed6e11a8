"use strict";
// A statement as graph.ttl has it, as far as the page knows it.

const PREFIXES = {
  dcterms: "http://purl.org/dc/terms/",
  nr: "https://w3id.org/newskg/newsroom#",
  oa: "http://www.w3.org/ns/oa#",
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  schema: "https://schema.org/",
  xsd: "http://www.w3.org/2001/XMLSchema#",
};
const STRING = `${PREFIXES.xsd}string`;

/** A part of an address as kg/rdf/terms.py writes it. */
function segment(text) {
  if (["", ".", ".."].includes(text)) return "~".repeat(text.length + 1);
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("_", "%5F").replaceAll("%20", "_").replaceAll("~", "%7E");
}

/** Whether Turtle can hold it as an IRI. Source: https://www.w3.org/TR/turtle/#grammar-production-IRIREF */
function isIri(text) {
  return /^[A-Za-z][A-Za-z0-9+.-]*:[^\u0000-\u0020<>"{}|^`\\]*$/.test(text) && text.isWellFormed();
}

/** Writes terms, and remembers which prefixes they took. */
function turtleWriter() {
  const used = new Set();
  const iri = (text) => {
    for (const [prefix, start] of Object.entries(PREFIXES)) {
      const name = text.startsWith(start) ? text.slice(start.length) : "";
      if (/^[A-Za-z][A-Za-z0-9]*$/.test(name)) { used.add(prefix); return `${prefix}:${name}`; }
    }
    return `<${text}>`;
  };
  const literal = (text, datatype = STRING) => {
    const quoted = JSON.stringify(text.toWellFormed()).replaceAll("\u007f", "\\u007F");
    return datatype === STRING ? quoted : `${quoted}^^${iri(datatype)}`;
  };
  const header = () => [...used].sort().map((prefix) => `@prefix ${prefix}: <${PREFIXES[prefix]}> .`).join("\n");
  return { iri, literal, header, typed: (text, name) => literal(text, PREFIXES.xsd + name), nr: (name) => iri(PREFIXES.nr + name), schema: (name) => iri(PREFIXES.schema + name) };
}

function block(subject, lines) {
  return `${subject} ${lines.map(([predicate, object]) => `${predicate} ${object}`).join(" ;\n    ")} .`;
}

const DATES = [[/^\d{4}$/, "gYear"], [/^\d{4}-\d\d$/, "gYearMonth"], [/^\d{4}-\d\d-\d\d$/, "date"], [/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/, "dateTime"]];

/** When the first and the last of its dated articles were published. */
function reportedLines(fact, { typed, nr }) {
  const dates = fact.evidence.map(({ article }) => page.articles[article].published ?? "").sort()
    .flatMap((text) => DATES.filter(([form]) => form.test(text)).map(([, name]) => typed(text, name)));
  return dates.length ? [[nr("firstReported"), dates[0]], [nr("lastReported"), dates.at(-1)]] : [];
}

/** The evidence without the names of its nodes, which are hashes. */
function evidenceLine(item, writer) {
  const { iri, literal, nr } = writer;
  const place = `${page.articles[item.article].iri}#char=${item.start},${item.end}`;
  return [nr("evidence"), `[ a ${nr("Evidence")} ; ${iri(`${PREFIXES.oa}hasTarget`)} ${iri(place)} ;\n        ${nr("quote")} ${literal(quoteOf(item))} ; ${nr("voice")} ${nr(`voice${capital(item.voice)}`)} ]`];
}

function capital(word) {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** The lines of the node of a quantity or quotation. */
function valueLines(fact, { literal, nr, schema }) {
  const { value, text, datatype } = fact.object;
  const named = Object.fromEntries(fact.qualifiers.filter((item) => !("entity" in item)).map((item) => [item.name, item.text]));
  const lines = [[nr("statedValue"), literal(value, datatype)], [nr("verbatim"), literal(text)]];
  if (named.unit !== undefined) lines.push([schema("unitText"), literal(named.unit)]);
  if (named.comparator !== undefined) lines.push([nr("bound"), literal(named.comparator)]);
  return lines;
}

function qualifierLines(fact, { iri, literal }) {
  return fact.qualifiers.map((item) => [
    iri(page.qualifiers[item.name]), "entity" in item ? iri(page.entities[item.entity].iri) : literal(item.value, item.datatype),
  ]);
}

/** Whether graph.ttl can hold the fact, so that the page can write it. */
function hasTurtle(fact) {
  const values = [{ entity: fact.subject }, fact.object, ...fact.qualifiers, ...(fact.speaker === null ? [] : [{ entity: fact.speaker }])];
  const iris = [page.predicates[fact.predicate].iri, ...fact.qualifiers.map(({ name }) => page.qualifiers[name])];
  return fact.derivedBy === null && page.articles.length > 0
    && [...iris, ...values.map((value) => ("entity" in value ? page.entities[value.entity].iri : value.datatype))].every((text) => text !== undefined && isIri(text));
}

/** The statement as graph.ttl has it, with its words, and the plain triple where there is one. */
function turtleOf(fact) {
  const writer = turtleWriter();
  const { iri, literal, typed, nr, schema } = writer;
  const { iri: relation, datatype } = page.predicates[fact.predicate];
  const subject = iri(page.entities[fact.subject].iri);
  const node = iri(`${page.base}statement/${segment(fact.id)}`);
  const isValue = !("entity" in fact.object) && !datatype;
  const object = isValue ? iri(`${page.base}value/${segment(fact.id)}`) : "entity" in fact.object ? iri(page.entities[fact.object.entity].iri) : literal(fact.object.value, fact.object.datatype);
  const rdf = (name) => iri(PREFIXES.rdf + name);
  const confidence = Number.isInteger(fact.confidence) ? fact.confidence.toFixed(1) : String(fact.confidence);
  const lines = [
    ["a", `${rdf("Statement")} , ${nr("Statement")}`], [iri(`${PREFIXES.dcterms}identifier`), literal(fact.id)],
    [rdf("subject"), subject], [rdf("predicate"), iri(relation)], [rdf("object"), object],
    [nr("stance"), nr(`stance${capital(fact.modality)}`)], [nr("confidence"), typed(confidence, "decimal")],
    [nr("sources"), typed(String(fact.sources), "nonNegativeInteger")], ...reportedLines(fact, writer),
  ];
  if (fact.speaker !== null) lines.push([nr("speaker"), iri(page.entities[fact.speaker].iri)]);
  if (datatype && !("entity" in fact.object)) lines.push([nr("verbatim"), literal(fact.object.text)]);
  lines.push(...qualifierLines(fact, writer), ...fact.evidence.map((item) => evidenceLine(item, writer)));
  const ends = [...new Set([fact.subject, ...("entity" in fact.object ? [fact.object.entity] : []), ...(fact.speaker === null ? [] : [fact.speaker])])];
  const blocks = [block(node, lines), ...(isValue ? [block(object, valueLines(fact, writer))] : []),
    ...ends.map((end) => block(iri(page.entities[end].iri), [[schema("name"), literal(page.entities[end].label)]]))];
  const isPlain = fact.speaker === null && ["asserted", "planned"].includes(fact.modality);
  if (isPlain) blocks.unshift(block(subject, [[iri(relation), object]]));
  return `${writer.header()}\n\n${blocks.join("\n\n")}\n`;
}
