// title: Links without a date
// topic: Evidence
// explains: Links of which no source says when. They are read as possible at any time, and as
//   certain at none.
// parameter relation: relation = null; only this relation: owns, supplies, operates …
// column relation: word; what it says
// column tail: entity; where the link begins
// column tail_name: text; its name
// column head: entity; where it ends
// column head_name: text; its name
// column line: word; documented, alleged, disputed, denied or withdrawn
// column link: link; the link
// column claims: set of claim; the rows of evidence
// does not show: Two ids that are said to be one entity, which needs no date.
// engines: neo4j, embedded
//
// :param relation => null

MATCH (a:Entity)-[l:OWNS|SUCCEEDED_BY|SUPPLIES|OPERATES|CONTRIBUTES_TO|PART_OF|LISTED_IN]->(b:Entity)
WHERE l.undated AND ($relation IS NULL OR toLower(type(l)) = $relation)
RETURN toLower(type(l)) AS relation, a.id AS tail, a.name AS tail_name, b.id AS head,
  b.name AS head_name, l.line AS line, l.link_id AS link, l.claim_ids AS claims
ORDER BY relation, tail, head, link
