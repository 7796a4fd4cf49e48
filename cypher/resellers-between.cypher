// title: Resellers between two parties
// topic: Supplies
// explains: Companies that received from one party and supplied another. `one_contract` and
//   `one_product` say whether sources give both supplies the same contract or product; where they
//   do not, nothing ties the one to the other.
// parameter supplier: entity = null; who supplied the reseller
// parameter buyer: entity = null; whom the reseller supplied
// column supplier: entity; who supplied the reseller
// column supplier_name: text; its name
// column reseller: entity; the company in between
// column reseller_name: text; its name
// column buyer: entity; whom the reseller supplied
// column buyer_name: text; its name
// column one_contract: boolean; whether both supplies carry the same contract
// column one_product: boolean; whether both supplies carry the same product
// column link_in: link; the supply to the reseller
// column link_out: link; the supply by the reseller
// does not show: Resellers that no source names; the order of the two supplies; chains of more than
//   one reseller.
// engines: neo4j, embedded
//
// :param supplier => null
// :param buyer => null

MATCH (a:Entity)-[s:SUPPLIES]->(r:Company)-[t:SUPPLIES]->(b:Entity)
WHERE a.id <> b.id
  AND ($supplier IS NULL OR a.id = $supplier)
  AND ($buyer IS NULL OR b.id = $buyer)
RETURN a.id AS supplier, a.name AS supplier_name, r.id AS reseller, r.name AS reseller_name,
  b.id AS buyer, b.name AS buyer_name, coalesce(s.contract = t.contract, false) AS one_contract,
  coalesce(s.product = t.product, false) AS one_product,
  s.link_id AS link_in, t.link_id AS link_out
ORDER BY supplier, reseller, buyer, link_in, link_out
