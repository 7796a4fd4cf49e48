// title: What was said, and is no link
// topic: Evidence
// explains: Policies, denials, bids, tenders, negotiations, rulings: statements that the record
//   keeps in words, because they are no supply, no ownership and the like.
// parameter party: entity = null; only those by or about this one
// parameter status: status = null; only this status
// column claim: claim; the row
// column subject: entity; whom or what it is about
// column object: entity; the other side, where there is one
// column status: word; its status
// column asserted_by: text; who says so
// column valid_from: text; date, as the source writes it
// column text: text; what the source says, in short
// does not show: Links: `claims-about` has both.
// engines: neo4j, embedded
//
// :param party => null
// :param status => null

MATCH (c:Claim)
WHERE c.relation = 'says' AND ($status IS NULL OR c.status = $status)
  AND ($party IS NULL OR c.subject = $party OR c.object = $party)
RETURN c.id AS claim, c.subject AS subject, c.object AS object, c.status AS status,
  c.asserted_by AS asserted_by, c.valid_from AS valid_from, c.text AS text
ORDER BY subject, object, claim
