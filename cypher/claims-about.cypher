// title: Everything that is claimed about an entity
// topic: Evidence
// explains: Every claim that names an entity as subject, object, programme or product, with its
//   status, its dates, the sources that it cites, and the number of replies that were readable.
// parameter entity: entity = 'morpho'; the entity
// column claim: claim; the row of evidence
// column subject: entity; whom it is about
// column relation: word; what it says
// column object: entity; the other side
// column status: word; its status
// column stance: word; supports, or refutes another claim
// column valid_from: text; date, or the first of two dates, as the source writes it
// column valid_to: text; the second of two dates
// column sources: set of source; the sources that it cites
// column replies: integer; number of readable replies
// column text: text; what the source says, in short
// does not show: Claims about its owners, successors and customers.
// engines: neo4j, embedded
//
// :param entity => 'morpho'

MATCH (c:Claim)
WHERE coalesce($entity, 'morpho') IN [c.subject, c.object, c.programme, c.product]
RETURN c.id AS claim, c.subject AS subject, c.relation AS relation, c.object AS object,
  c.status AS status, c.stance AS stance, c.valid_from AS valid_from, c.valid_to AS valid_to,
  c.sources AS sources,
  COUNT { MATCH (r:Reply)-[:ANSWERS]->(c) WHERE r.kind <> 'none_readable' } AS replies,
  c.text AS text
ORDER BY claim, subject, object
