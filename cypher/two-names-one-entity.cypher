// title: Two ids that a source takes for one
// topic: Ownership
// explains: Pairs of entities that a source says are the same.
// column first: entity; the one whose id comes first
// column first_name: text; its name
// column second: entity; the other
// column second_name: text; its name
// column line: word; documented, alleged, disputed, denied or withdrawn
// column link: link; the link
// column claims: set of claim; the rows of evidence
// does not show: Merges that reviewers decided: those are judgements. Names that are spelt alike.
// engines: neo4j, embedded

MATCH (a:Entity)-[l:SAME_AS]->(b:Entity)
RETURN a.id AS first, a.name AS first_name, b.id AS second, b.name AS second_name, l.line AS line,
  l.link_id AS link, l.claim_ids AS claims
ORDER BY first, second, link
