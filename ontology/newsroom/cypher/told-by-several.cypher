// title: Told by several
// question: What do at least two articles say, and in which words?
// param entity: what the facts are about: a name or IRI; all without it
MATCH (any:Statement)-[:SUBJECT]->(who:Entity)
WHERE $entity IN ['', who.id] OR toLower($entity) IN who.searchNames
MATCH (any)-[:OBJECT]->(thing)
MATCH (any)-[:EVIDENCE]->(source:Article)
WITH who, any, source,
  CASE
    WHEN any.relation = 'hasMission' THEN any.relation  // a mission is one, in whatever words
    WHEN thing:Value THEN thing.value + ' ' + thing.datatype
    ELSE thing.id
  END AS same,
  EXISTS { MATCH (source)-[:COPY_OF]->(:Article) } AS isCopy
WITH who, any.relation AS fact, same, collect(DISTINCT any) AS statements,
  count(DISTINCT CASE WHEN isCopy THEN null ELSE source END) AS articles
WHERE articles > 1
UNWIND statements AS s
MATCH (s)-[:OBJECT]->(object)
MATCH (s)-[e:EVIDENCE]->(a:Article)
RETURN DISTINCT who.name AS subject, fact, object.name AS value, articles, s.stance AS stance,
  s.speaker AS speaker, e.voice AS voice, a.name AS article,
  e.startChar AS start, e.endChar AS end, e.quote AS quote
ORDER BY subject, fact, value, article, start
