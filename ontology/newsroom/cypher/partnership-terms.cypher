// title: Terms of partnerships
// question: Since when, for how long and until when does a partnership run? What no article states is not here.
// param entity: a partner: a name or IRI; all without it
MATCH (deal:Partnership)-[:BASED_ON]->(s:Statement {relation: 'partnerOf'})
WHERE EXISTS {
  MATCH (deal)-[:HAS_PARTNER]->(any:Entity)
  WHERE $entity IN ['', any.id] OR toLower($entity) IN any.searchNames
}
UNWIND [
  {term: 'start', value: s.start, words: coalesce(s.startText, s.start)},
  {term: 'duration', value: s.duration, words: coalesce(s.durationText, s.duration)},
  {term: 'end', value: s.end, words: coalesce(s.endText, s.end)}
] AS said
WITH deal, s, said WHERE said.value IS NOT NULL
MATCH (s)-[e:EVIDENCE]->(a:Article)
// the passages that say it, where one does
WHERE e.quote CONTAINS said.words OR NOT EXISTS {
  MATCH (s)-[other:EVIDENCE]->(:Article) WHERE other.quote CONTAINS said.words
}
RETURN DISTINCT deal.name AS partnership, said.term AS term, said.value AS value,
  e.voice AS voice, a.name AS article,
  e.startChar AS start, e.endChar AS end, e.quote AS quote
ORDER BY partnership, term, article, start
