// title: Links that somebody contradicts
// topic: Evidence
// explains: Links whose claims do not agree: a row that refutes them, or a claim that is denied,
//   disputed or withdrawn.
// column tail: entity; where the link begins
// column relation: word; what it says
// column head: entity; where it ends
// column line: word; documented, alleged, disputed, denied or withdrawn
// column statuses: set of word; statuses of its claims
// column claims: set of claim; the rows that carry it
// column refuting: set of claim; the rows that refute it
// column withdrawn: set of claim; the rows that were withdrawn
// column link: link; the link
// does not show: Who is right. Denials that refute nothing stand as replies: `replies` does. Links
//   all of whose claims were withdrawn are no links any more: `withdrawn-claims`.
// engines: neo4j, embedded

MATCH (a:Entity)-[l:OWNS|SUCCEEDED_BY|SAME_AS|SUPPLIES|OPERATES|CONTRIBUTES_TO|PART_OF|LISTED_IN]->(b:Entity)
WHERE size(coalesce(l.refuting_ids, [])) > 0 OR size(coalesce(l.withdrawn_ids, [])) > 0
  OR 'denied' IN l.statuses OR 'disputed' IN l.statuses
RETURN a.id AS tail, toLower(type(l)) AS relation, b.id AS head, l.line AS line,
  l.statuses AS statuses, l.claim_ids AS claims, l.refuting_ids AS refuting,
  l.withdrawn_ids AS withdrawn, l.link_id AS link
ORDER BY tail, relation, head, link
