// title: Partners and their roles
// question: Who is partner of whom, in which role and at which level?
// param entity: a partner: a name or IRI; all without it
MATCH (deal:Partnership)-[:HAS_PARTNER]->(who:Entity)
MATCH (deal)-[:BASED_ON]->(s:Statement {relation: 'partnerOf'})-[e:EVIDENCE]->(a:Article)
WHERE EXISTS {
  MATCH (deal)-[:HAS_PARTNER]->(any:Entity)
  WHERE $entity IN ['', any.id] OR toLower($entity) IN any.searchNames
}
RETURN DISTINCT deal.name AS partnership, who.name AS partner,
  CASE
    WHEN EXISTS { MATCH (deal)-[:HAS_SPONSOR]->(who) } THEN 'sponsor'
    WHEN EXISTS { MATCH (deal)-[:HAS_RIGHTS_HOLDER]->(who) } THEN 'rights holder'
    ELSE 'partner'
  END AS role,
  deal.level AS level, e.voice AS voice, a.name AS article,
  e.startChar AS start, e.endChar AS end, e.quote AS quote
ORDER BY partnership, role DESC, partner, article, start
