// title: Owners who came after the sale
// topic: Ownership
// explains: Owners of a supplier whose time as owner begins, on every reading of the dates, after
//   the supply. They did not own the company when it supplied.
// parameter supplier: entity = null; only this vendor
// column supplier: entity; who supplied
// column supplier_name: text; its name
// column buyer: entity; who received
// column supplied_by: date; the last day that the sources of the supply allow
// column owner: entity; who became the owner later
// column owner_name: text; its name
// column owned_since: date; the first day that the sources of the ownership allow
// column supply: link; the supply
// column ownership: link; the ownership
// does not show: Owners whose beginning is not known; who owned the company before, or at the time
//   (`owner-on-the-day`); owners of a successor.
// engines: neo4j, embedded
//
// :param supplier => null

MATCH (o:Entity)-[w:OWNS]->(a:Entity)-[s:SUPPLIES]->(b:Entity)
WHERE w.outer_from > s.outer_to AND ($supplier IS NULL OR a.id = $supplier)
RETURN a.id AS supplier, a.name AS supplier_name, b.id AS buyer, s.outer_to AS supplied_by,
  o.id AS owner, o.name AS owner_name, w.outer_from AS owned_since, s.link_id AS supply,
  w.link_id AS ownership
ORDER BY supplier, buyer, supplied_by, owner, supply, ownership
