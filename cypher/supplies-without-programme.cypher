// title: Supplies whose programme nobody names
// topic: Programmes
// explains: Supplies to public bodies and organisations for which no source names a programme.
// parameter buyer: entity = null; only supplies to this one
// column supplier: entity; who supplied
// column supplier_name: text; its name
// column buyer: entity; who received
// column buyer_name: text; its name
// column valid_from: text; date, or the first of two dates, as a source writes it
// column line: word; documented, alleged, disputed, denied or withdrawn
// column link: link; the supply
// column claims: set of claim; the rows of evidence
// does not show: Programmes that the buyer runs: `leads` does. That no source names one does not
//   mean that there is none.
// engines: neo4j, embedded
//
// :param buyer => null

MATCH (a:Entity)-[s:SUPPLIES]->(b:Entity)
WHERE b.kind <> 'company' AND s.programme IS NULL AND ($buyer IS NULL OR b.id = $buyer)
RETURN a.id AS supplier, a.name AS supplier_name, b.id AS buyer, b.name AS buyer_name,
  s.valid_from AS valid_from, s.line AS line, s.link_id AS link, s.claim_ids AS claims
ORDER BY supplier, buyer, valid_from, link
