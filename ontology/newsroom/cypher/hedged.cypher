// title: Hedged and distanced claims
// question: Which claims are hedged, denied or left to their speaker, and by which word?
// param entity: what the claim is about: a name or IRI; all without it
MATCH (s:Statement)-[:SUBJECT]->(who:Entity)
WHERE $entity IN ['', who.id] OR toLower($entity) IN who.searchNames
MATCH (s)-[:OBJECT]->(object)
MATCH (s)-[e:EVIDENCE]->(a:Article)
UNWIND CASE WHEN e.cues IS NULL THEN [null] ELSE e.cues END AS cue
WITH s, who, object, e, a, cue
WHERE s.stance IN ['hedged', 'negated']
  OR (cue IS NOT NULL AND (s.speaker IS NOT NULL OR s.relation = 'said'))
RETURN DISTINCT who.name AS subject, s.relation AS fact, object.name AS value, s.stance AS stance,
  cue, s.speaker AS speaker, e.voice AS voice, a.name AS article,
  e.startChar AS start, e.endChar AS end, e.quote AS quote
ORDER BY article, start, end, fact, cue
