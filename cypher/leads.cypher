// title: Supplies to whoever runs a programme: leads
// topic: Programmes
// explains: Supplies to a body that runs a programme, or contributes to it, where no source says
//   that this supply serves it. A lead is where to look next; it is in no path and in no score.
// parameter supplier: entity = null; only supplies by this one
// parameter programme: entity = null; only leads to this programme
// column supplier: entity; who supplied
// column supplier_name: text; its name
// column buyer: entity; who received
// column buyer_name: text; its name
// column relation: word; what the buyer does: operates or contributes to
// column programme: entity; the programme
// column programme_name: text; its name
// column supply: link; the supply
// column link: link; what ties the buyer to the programme
// does not show: Any use of the supply in the programme: no source of the record says so. Dates are
//   not compared.
// engines: neo4j, embedded
//
// :param supplier => null
// :param programme => null

MATCH (a:Company)-[s:SUPPLIES]->(b:Entity)-[l:OPERATES|CONTRIBUTES_TO]->(p:Programme)
WHERE (type(l) = 'OPERATES' OR b.kind <> 'company')
  AND (s.programme IS NULL OR s.programme <> p.id)
  AND ($supplier IS NULL OR a.id = $supplier)
  AND ($programme IS NULL OR p.id = $programme)
RETURN a.id AS supplier, a.name AS supplier_name, b.id AS buyer, b.name AS buyer_name,
  toLower(type(l)) AS relation, p.id AS programme, p.name AS programme_name, s.link_id AS supply,
  l.link_id AS link
ORDER BY supplier, buyer, relation, programme, supply, link
