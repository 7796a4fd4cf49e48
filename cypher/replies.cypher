// title: What parties replied
// topic: Evidence
// explains: Replies to claims: an answer, no comment, or that no reply was readable.
// parameter party: entity = null; only replies of this one
// column party: entity; who replied, or was to reply
// column party_name: text; its name
// column claim: claim; the claim
// column status: word; status of the claim
// column kind: word; answer, no comment or none readable
// column date: text; date of the reply
// column text: text; what it says, in short
// column document: source; where it stands
// does not show: The claim's own words: `claims-about` does. Replies that the record does not hold.
// engines: neo4j, embedded
//
// :param party => null

MATCH (r:Reply)-[:ANSWERS]->(c:Claim)
MATCH (r)-[:SAID_BY]->(p:Entity)
WHERE $party IS NULL OR p.id = $party
RETURN p.id AS party, p.name AS party_name, c.id AS claim, c.status AS status, r.kind AS kind,
  r.date AS date, r.text AS text, r.source AS document
ORDER BY party, claim, date, kind, document, text
