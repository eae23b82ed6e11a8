// title: Offerings without an event
// question: Which initiatives and technologies does somebody provide without a word on the event or place they are for?
// param entity: a provider: a name or IRI; all without it
MATCH (who:Entity)-[r:PROVIDES|CLAIMED_PROVIDES|DENIED_PROVIDES]->(what:Entity)
WHERE (what:Initiative OR what:Technology)
  AND ($entity IN ['', who.id] OR toLower($entity) IN who.searchNames)
  AND NOT EXISTS {
    MATCH (other:Statement)-[:SUBJECT]->(what)
    WHERE other.relation IN ['deployedAt', 'promotes', 'accompanies', 'locatedIn', 'heldIn']
  }
WITH who, what, r
MATCH (s:Statement {id: r.id})-[e:EVIDENCE]->(a:Article)
RETURN DISTINCT who.name AS provider, what.name AS offering, s.stance AS stance,
  s.speaker AS speaker, e.voice AS voice, a.name AS article,
  e.startChar AS start, e.endChar AS end, e.quote AS quote
ORDER BY provider, offering, article, start
