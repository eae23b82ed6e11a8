// title: What platforms do
// question: What is done or offered on which platform, and who runs it?
// param entity: a platform: a name or IRI; all without it
MATCH (site:Platform)-[r:PROVIDES|CLAIMED_PROVIDES|DENIED_PROVIDES|OFFERED_ON
  |CLAIMED_OFFERED_ON|DENIED_OFFERED_ON]-(what:Entity)
// from the platform if it provides, to it if something is offered on it
WHERE (r.relation = 'provides') = (startNode(r) = site)
  AND ($entity IN ['', site.id] OR toLower($entity) IN site.searchNames)
OPTIONAL MATCH (organisation:Entity)-[:OPERATES_PLATFORM]->(site)
WITH site, what, r, organisation
MATCH (s:Statement {id: r.id})-[e:EVIDENCE]->(a:Article)
RETURN DISTINCT site.name AS platform, organisation.name AS operator, what.name AS offering,
  s.stance AS stance, s.speaker AS speaker, e.voice AS voice, a.name AS article,
  e.startChar AS start, e.endChar AS end, e.quote AS quote
ORDER BY platform, offering, article, start
