// title: Customers that two suppliers share
// topic: Supplies
// explains: Public bodies and organisations that received from two different companies, a row for
//   each pair.
// parameter customer: entity = null; only this end user
// column customer: entity; who received from both
// column customer_name: text; its name
// column first: entity; the supplier whose id comes first
// column first_name: text; its name
// column second: entity; the other supplier
// column second_name: text; its name
// does not show: That the two suppliers worked together, or at the same time.
// engines: neo4j, embedded
//
// :param customer => null

MATCH (a:Entity)-[:SUPPLIES]->(c:Entity)<-[:SUPPLIES]-(b:Entity)
WHERE c.kind <> 'company' AND a.id < b.id
  AND ($customer IS NULL OR c.id = $customer)
RETURN DISTINCT c.id AS customer, c.name AS customer_name, a.id AS first, a.name AS first_name,
  b.id AS second, b.name AS second_name
ORDER BY customer, first, second
