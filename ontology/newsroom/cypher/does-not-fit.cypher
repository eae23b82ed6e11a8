// title: What does not fit together
// question: Which statements contradict each other or the reference data, or look like a slip?
// param entity: what it is about: a name or IRI; all without it
MATCH (d:Discrepancy)-[:CONCERNS]->(who:Entity)
WHERE $entity IN ['', who.id] OR toLower($entity) IN who.searchNames
MATCH (d)-[:HAS_SIDE]->(side:Side)
OPTIONAL MATCH (side)-[e:EVIDENCE]->(a:Article)
RETURN DISTINCT d.kind AS kind, who.name AS about, d.message AS message, side.says AS says,
  side.reference AS reference, e.voice AS voice, a.name AS article,
  e.startChar AS start, e.endChar AS end, e.quote AS quote
ORDER BY kind, about, message, reference, article, start
