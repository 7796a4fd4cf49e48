// title: Who owned the vendor on the day of the sale
// topic: Ownership
// explains: For each supply, the owners of the supplier whose time as owner may cover its day.
//   `certain` says that it does on every reading of the dates; else some reading of them fits, and
//   another does not.
// parameter supplier: entity = null; only this vendor
// parameter buyer: entity = null; only supplies to this one
// column supplier: entity; who supplied
// column supplier_name: text; its name
// column buyer: entity; who received
// column supplied_from: text; date of the supply, or the first of two dates, as a source writes it
// column supplied_to: text; the second of two dates
// column owner: entity; who owned the supplier
// column owner_name: text; its name
// column owned_from: text; since when, as a source writes it
// column owned_to: text; until when
// column known_as_of: text; a day on which it is known, with no word of what came after
// column certain: boolean; whether it fits on every reading of the dates
// column supply: link; the supply
// column ownership: link; the ownership
// does not show: Owners of owners (`owners-of` does); owners that no source names; what an owner
//   knew.
// engines: neo4j, embedded
//
// :param supplier => null
// :param buyer => null

MATCH (o:Entity)-[w:OWNS]->(a:Entity)-[s:SUPPLIES]->(b:Entity)
WHERE ($supplier IS NULL OR a.id = $supplier)
  AND ($buyer IS NULL OR b.id = $buyer)
  AND w.undated IS NOT NULL AND s.undated IS NOT NULL
  AND coalesce(w.outer_from, date('0001-01-01')) <= coalesce(s.outer_to, date('9999-12-31'))
  AND coalesce(w.outer_to, date('9999-12-31')) >= coalesce(s.outer_from, date('0001-01-01'))
RETURN a.id AS supplier, a.name AS supplier_name, b.id AS buyer, s.valid_from AS supplied_from,
  s.valid_to AS supplied_to, o.id AS owner, o.name AS owner_name, w.valid_from AS owned_from,
  w.valid_to AS owned_to, w.as_of AS known_as_of,
  NOT w.inner_empty
  AND coalesce(w.inner_from, date('0001-01-01')) <= coalesce(s.outer_from, date('0001-01-01'))
  AND coalesce(w.inner_to, date('9999-12-31')) >= coalesce(s.outer_to, date('9999-12-31')) AS certain,
  s.link_id AS supply, w.link_id AS ownership
ORDER BY supplier, buyer, supplied_from, owner, supply, ownership
