// title: Who develops what with whom
// question: Who works with whom on which offering?
// param entity: an offering, its provider or partner: a name or IRI; all without it
MATCH (what:Entity)-[r:DEVELOPED_WITH|CLAIMED_DEVELOPED_WITH|DENIED_DEVELOPED_WITH]->(who:Entity)
OPTIONAL MATCH (organisation:Organization)-[:PROVIDES]->(what)
WITH what, r, who, organisation
WHERE $entity = ''
  OR what.id = $entity OR toLower($entity) IN what.searchNames
  OR who.id = $entity OR toLower($entity) IN who.searchNames
  OR organisation.id = $entity OR toLower($entity) IN organisation.searchNames
MATCH (s:Statement {id: r.id})-[e:EVIDENCE]->(a:Article)
RETURN DISTINCT organisation.name AS provider, what.name AS offering, who.name AS partner,
  s.stance AS stance, s.speaker AS speaker, e.voice AS voice, a.name AS article,
  e.startChar AS start, e.endChar AS end, e.quote AS quote
ORDER BY provider, offering, partner, article, start
