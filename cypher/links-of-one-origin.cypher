// title: Links that rest on one origin
// topic: Evidence
// explains: Links all of whose claims go back to one and the same source, however many relay it.
// parameter origin: source = null; only links that rest on this one
// column tail: entity; where the link begins
// column relation: word; what it says
// column head: entity; where it ends
// column line: word; documented, alleged, disputed, denied or withdrawn
// column origin: source; the one source
// column origin_title: text; its title
// column citing: integer; number of sources that the claims cite, which may relay it
// column link: link; the link
// column claims: set of claim; the rows of evidence
// does not show: Whether that source is right. A single official record may well be enough.
// engines: neo4j, embedded
//
// :param origin => null

MATCH (a:Entity)-[l:OWNS|SUCCEEDED_BY|SAME_AS|SUPPLIES|OPERATES|CONTRIBUTES_TO|PART_OF|LISTED_IN]->(b:Entity)
UNWIND l.claim_ids AS claim_id
MATCH (c:Claim {id: claim_id})-[:RESTS_ON]->(o:Source)
WITH a, l, b, collect(DISTINCT o.id) AS origins, min(o.id) AS origin
WHERE size(origins) = 1 AND ($origin IS NULL OR origin = $origin)
MATCH (o:Source {id: origin})
MATCH (c:Claim)-[:CITES]->(s:Source)
WHERE c.id IN l.claim_ids
RETURN a.id AS tail, toLower(type(l)) AS relation, b.id AS head, l.line AS line, o.id AS origin,
  o.title AS origin_title, count(DISTINCT s) AS citing, l.link_id AS link, l.claim_ids AS claims
ORDER BY origin, relation, tail, head, link
