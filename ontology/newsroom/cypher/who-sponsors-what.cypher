// title: Who sponsors what
// question: Which events, teams and organisations does somebody sponsor, in the order of their years?
// param entity: a sponsor, or what is sponsored: a name or IRI; all without it
MATCH (who:Entity)-[r:SPONSOR_OF|CLAIMED_SPONSOR_OF|DENIED_SPONSOR_OF]->(what:Entity)
WHERE $entity = ''
  OR who.id = $entity OR toLower($entity) IN who.searchNames
  OR what.id = $entity OR toLower($entity) IN what.searchNames
OPTIONAL MATCH (what)-[:YEAR]->(year:Value)
WITH who, what, r, year
MATCH (s:Statement {id: r.id})-[e:EVIDENCE]->(a:Article)
RETURN DISTINCT who.name AS sponsor, what.name AS sponsored, year.value AS year, s.level AS level,
  s.stance AS stance, s.speaker AS speaker, e.voice AS voice, a.name AS article,
  e.startChar AS start, e.endChar AS end, e.quote AS quote
ORDER BY sponsor, year, sponsored, article, start, end
