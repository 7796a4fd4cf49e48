// title: Links that rest on one kind of source
// topic: Evidence
// explains: Links all of whose origins are of one type, such as the companies' own statements, the
//   press, or official records.
// parameter type: source_type = 'company_statement'; the type: company_statement, press, ngo_report …
// column tail: entity; where the link begins
// column relation: word; what it says
// column head: entity; where it ends
// column line: word; documented, alleged, disputed, denied or withdrawn
// column origins: set of source; the sources that it goes back to
// column link: link; the link
// column claims: set of claim; the rows of evidence
// does not show: Whether those sources are independent of each other, or right.
// engines: neo4j, embedded
//
// :param type => 'company_statement'

MATCH (a:Entity)-[l:OWNS|SUCCEEDED_BY|SAME_AS|SUPPLIES|OPERATES|CONTRIBUTES_TO|PART_OF|LISTED_IN]->(b:Entity)
UNWIND l.claim_ids AS claim_id
MATCH (c:Claim {id: claim_id})-[:RESTS_ON]->(o:Source)
WITH a, l, b, collect(DISTINCT o.id) AS origins, collect(DISTINCT o.type) AS kinds
WHERE kinds = [coalesce($type, 'company_statement')]
RETURN a.id AS tail, toLower(type(l)) AS relation, b.id AS head, l.line AS line, origins,
  l.link_id AS link, l.claim_ids AS claims
ORDER BY relation, tail, head, link
