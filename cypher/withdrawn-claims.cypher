// title: Claims that were withdrawn
// topic: Evidence
// explains: Claims that whoever made them took back. They carry no link.
// column claim: claim; the row
// column subject: entity; whom it was about
// column relation: word; what it said
// column object: entity; the other side
// column asserted_by: text; who said so
// column sources: set of source; the sources that it cites
// column text: text; what the source says, in short
// does not show: Why it was withdrawn, but for what the text says.
// engines: neo4j, embedded

MATCH (c:Claim)
WHERE c.status = 'withdrawn'
RETURN c.id AS claim, c.subject AS subject, c.relation AS relation, c.object AS object,
  c.asserted_by AS asserted_by, c.sources AS sources, c.text AS text
ORDER BY claim, subject, object
