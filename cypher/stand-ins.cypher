// title: Buyers that stand for several or unnamed bodies
// topic: Evidence
// explains: Supplies whose receiver is a stand-in: the source names a town, or several bodies
//   together, and no single one.
// column buyer: entity; the stand-in
// column buyer_name: text; its name
// column supplier: entity; who supplied
// column supplier_name: text; its name
// column line: word; documented, alleged, disputed, denied or withdrawn
// column note: text; what the record says of the stand-in
// column link: link; the supply
// does not show: Which body it was: no source says so.
// engines: neo4j, embedded

MATCH (a:Entity)-[s:SUPPLIES]->(b:Entity)
WHERE b.collective
RETURN b.id AS buyer, b.name AS buyer_name, a.id AS supplier, a.name AS supplier_name,
  s.line AS line, b.note AS note, s.link_id AS link
ORDER BY buyer, supplier, link
