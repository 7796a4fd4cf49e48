// title: Allegations without a reply
// topic: Evidence
// explains: Claims that are alleged or disputed, and to which the record holds no reply that was
//   readable. `looked_for` says that a reply was looked for and none was readable.
// parameter party: entity = null; only claims with this subject or object
// column claim: claim; the row of evidence
// column subject: entity; whom it is about
// column relation: word; what it says
// column object: entity; the other side
// column status: word; alleged or disputed
// column looked_for: boolean; whether a reply was looked for, and none was readable
// column text: text; what the source says, in short
// does not show: Replies that the record does not hold. That none was readable does not mean that
//   none was given.
// engines: neo4j, embedded
//
// :param party => null

MATCH (c:Claim)
WHERE c.status IN ['alleged', 'disputed'] AND c.stance = 'supports'
  AND ($party IS NULL OR c.subject = $party OR c.object = $party)
  AND NOT EXISTS { MATCH (r:Reply)-[:ANSWERS]->(c) WHERE r.kind <> 'none_readable' }
RETURN c.id AS claim, c.subject AS subject, c.relation AS relation, c.object AS object,
  c.status AS status, EXISTS { (:Reply)-[:ANSWERS]->(c) } AS looked_for, c.text AS text
ORDER BY claim, subject, object
