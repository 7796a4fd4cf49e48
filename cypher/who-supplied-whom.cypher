// title: Who supplied whom
// topic: Supplies
// explains: Every supply on record, from the company that supplied to the one that received, with
//   its dates as sources write them, the programme where a source names one, and the claims that
//   carry it.
// parameter supplier: entity = null; only what this one supplied
// parameter buyer: entity = null; only what this one received
// column supplier: entity; who supplied
// column supplier_name: text; its name
// column buyer: entity; who received
// column buyer_name: text; its name
// column valid_from: text; date, or the first of two dates, as a source writes it
// column valid_to: text; the second of two dates
// column programme: entity; the programme that a source says it served
// column line: word; documented, alleged, disputed, denied or withdrawn
// column link: link; the link
// column claims: set of claim; the rows of evidence that carry it
// does not show: Supplies that no source of the record tells of; owners, successors and resellers
//   behind the two ends; whether what was supplied was ever put to use.
// engines: neo4j, embedded
//
// :param supplier => null
// :param buyer => null

MATCH (a:Entity)-[s:SUPPLIES]->(b:Entity)
WHERE ($supplier IS NULL OR a.id = $supplier)
  AND ($buyer IS NULL OR b.id = $buyer)
RETURN a.id AS supplier, a.name AS supplier_name, b.id AS buyer, b.name AS buyer_name,
  s.valid_from AS valid_from, s.valid_to AS valid_to, s.programme AS programme, s.line AS line,
  s.link_id AS link, s.claim_ids AS claims
ORDER BY supplier, buyer, valid_from, programme, link
