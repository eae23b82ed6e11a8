// title: Figures
// question: Which figures are given, with what is counted and the words that bound the number?
// param entity: what the figure is about: a name or IRI; all without it
MATCH (who:Entity)-[r:HAS_MEASURE|CLAIMED_HAS_MEASURE|DENIED_HAS_MEASURE]->(amount:Value)
WHERE $entity IN ['', who.id] OR toLower($entity) IN who.searchNames
WITH who, amount, r
MATCH (s:Statement {id: r.id})-[e:EVIDENCE]->(a:Article)
RETURN DISTINCT who.name AS subject, coalesce(amount.comparatorText, amount.comparator) AS bound,
  amount.value AS number, coalesce(amount.unitText, amount.unit) AS unit, s.place AS where,
  s.date AS date, s.stance AS stance, s.speaker AS speaker, e.voice AS voice, a.name AS article,
  e.startChar AS start, e.endChar AS end, e.quote AS quote
ORDER BY subject, article, start
