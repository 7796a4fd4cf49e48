// title: Suppliers that two end users share
// topic: Supplies
// explains: Companies that supplied two different public bodies or organisations, a row for each
//   pair of them.
// parameter first: entity = null; one of the two end users
// parameter second: entity = null; the other one
// column supplier: entity; who supplied both
// column supplier_name: text; its name
// column first: entity; the end user whose id comes first
// column first_name: text; its name
// column second: entity; the other end user
// column second_name: text; its name
// column first_links: set of link; the supplies to the first
// column second_links: set of link; the supplies to the second
// does not show: That the two end users know of each other, or that the same goods were supplied.
// engines: neo4j, embedded
//
// :param first => null
// :param second => null

MATCH (a:Entity)<-[s:SUPPLIES]-(v:Entity)-[t:SUPPLIES]->(b:Entity)
WHERE a.kind <> 'company' AND b.kind <> 'company' AND a.id < b.id
  AND ($first IS NULL OR $first IN [a.id, b.id])
  AND ($second IS NULL OR $second IN [a.id, b.id])
RETURN v.id AS supplier, v.name AS supplier_name, a.id AS first, a.name AS first_name,
  b.id AS second, b.name AS second_name, collect(DISTINCT s.link_id) AS first_links,
  collect(DISTINCT t.link_id) AS second_links
ORDER BY first, second, supplier
