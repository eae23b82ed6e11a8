// Lints Cypher with the front end of Neo4j, for CYPHER 5 and CYPHER 25.
// Reads {schema: {labels, relationshipTypes, propertyKeys, parameters, graphSchema},
// queries: {name: text}} from standard input, and writes a list of
// {name, version, severity, message, line} to standard output; severity 1 is an error.
"use strict";

const {
  lintCypherQuery,
  testData,
} = require("@neo4j-cypher/language-support");

// Functions and procedures of a plain Neo4j, without APOC; where none are given every call passes.
const plain = (registries) =>
  Object.fromEntries(
    Object.entries(registries).map(([version, known]) => [
      version,
      Object.fromEntries(Object.entries(known).filter(([name]) => !name.startsWith("apoc."))),
    ]),
  );
const functions = plain(testData.mockSchema.functions);
const procedures = plain(testData.mockSchema.procedures);

function main(input) {
  const { schema, queries } = JSON.parse(input);
  const found = [];
  for (const [name, text] of Object.entries(queries)) {
    for (const version of ["CYPHER 5", "CYPHER 25"]) {
      const known = { ...schema, functions, procedures, defaultLanguage: version };
      const { diagnostics } = lintCypherQuery(`${version}\n${text}`, known, {
        consoleCommandsEnabled: false,
      });
      for (const { severity, message, range } of diagnostics) {
        found.push({ name, version, severity, message, line: range.start.line });
      }
    }
  }
  process.stdout.write(JSON.stringify(found));
}

const chunks = [];
process.stdin.on("data", (chunk) => chunks.push(chunk));
process.stdin.on("end", () => main(Buffer.concat(chunks).toString("utf8")));
