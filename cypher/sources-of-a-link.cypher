// title: The documents behind the links between two ends
// topic: Evidence
// explains: For each link between two entities, the claims that carry it and the documents that
//   they cite, with address, archived copy, and how much of each was read.
// parameter tail: entity = 'morpho'; where the link begins
// parameter head: entity = null; where it ends; null: anywhere
// column link: link; the link
// column relation: word; what it says
// column head: entity; where it ends
// column claim: claim; the row of evidence
// column status: word; its status
// column document: source; the document
// column title: text; its title
// column publisher: text; who published it
// column date: text; when
// column url: text; its address
// column read_scope: text; how much of it was read
// column root: source; the source that it relays in the end; itself, where it relays none
// does not show: The documents' own words; claims that refute the link: `contradicting-claims`.
// engines: neo4j, embedded
//
// :param tail => 'morpho'
// :param head => null

MATCH (a:Entity {id: coalesce($tail, 'morpho')})-[l:OWNS|SUCCEEDED_BY|SAME_AS|SUPPLIES|OPERATES|CONTRIBUTES_TO|PART_OF|LISTED_IN]->(b:Entity)
WHERE $head IS NULL OR b.id = $head
MATCH (c:Claim)-[:CITES]->(s:Source)
WHERE c.id IN l.claim_ids
RETURN l.link_id AS link, toLower(type(l)) AS relation, b.id AS head, c.id AS claim,
  c.status AS status, s.id AS document, s.title AS title, s.publisher AS publisher, s.date AS date,
  s.url AS url, s.read_scope AS read_scope, s.root AS root
ORDER BY relation, head, link, claim, document, root
