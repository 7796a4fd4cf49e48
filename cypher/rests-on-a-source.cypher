// title: What rests on a source
// topic: Evidence
// explains: Claims that go back to a source, or that cite it, with what they say.
// parameter origin: source = 'amnesty-ooc-2020'; the source
// column claim: claim; the row of evidence
// column how: word; origin (it goes back to it), or cited
// column subject: entity; whom it is about
// column relation: word; what it says
// column object: entity; the other side
// column status: word; status of the claim
// column alone: boolean; whether it goes back to this source alone
// column link: link; the link that it carries, where it carries one
// column text: text; what the source says, in short
// does not show: What would be left of a path without the source: `sightline explain` does.
// engines: neo4j, embedded
//
// :param origin => 'amnesty-ooc-2020'

MATCH (s:Source {id: coalesce($origin, 'amnesty-ooc-2020')})
MATCH (c:Claim)-[:RESTS_ON|CITES]->(s)
WITH DISTINCT s, c
RETURN c.id AS claim,
  CASE WHEN EXISTS { (c)-[:RESTS_ON]->(s) } THEN 'origin' ELSE 'cited' END AS how,
  c.subject AS subject, c.relation AS relation, c.object AS object, c.status AS status,
  EXISTS { (c)-[:RESTS_ON]->(s) } AND COUNT { (c)-[:RESTS_ON]->(:Source) } = 1 AS alone,
  c.link_id AS link, c.text AS text
ORDER BY claim, subject, object, link
