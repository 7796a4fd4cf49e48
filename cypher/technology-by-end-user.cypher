// title: Technology by end user
// topic: Supplies
// explains: What sources say was supplied to each public body or organisation, by class of
//   technology.
// parameter end_user: entity = null; only this one
// parameter technology: text = null; only classes whose name holds this text
// column end_user: entity; who received
// column end_user_name: text; its name
// column technology: text; the class, in the words of the record
// column suppliers: set of entity; who supplied it
// column claims: set of claim; the rows of evidence
// does not show: Supplies whose sources name no technology; what the technology was used for.
// engines: neo4j, embedded
//
// :param end_user => null
// :param technology => null

MATCH (a:Entity)-[s:SUPPLIES]->(b:Entity)
WHERE b.kind <> 'company' AND ($end_user IS NULL OR b.id = $end_user)
UNWIND s.claim_ids AS claim_id
MATCH (c:Claim {id: claim_id})
WHERE c.technology IS NOT NULL
  AND ($technology IS NULL OR replace(toLower(c.technology), 'ς', 'σ')
    CONTAINS replace(toLower($technology), 'ς', 'σ'))
RETURN b.id AS end_user, b.name AS end_user_name, c.technology AS technology,
  collect(DISTINCT a.id) AS suppliers, collect(DISTINCT c.id) AS claims
ORDER BY end_user, technology
