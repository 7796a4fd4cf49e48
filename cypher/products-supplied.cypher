// title: Where a product went
// topic: Supplies
// explains: Supplies whose sources name the product, a row for each claim.
// parameter product: entity = null; only this one
// column product: entity; what was supplied
// column product_name: text; its name
// column supplier: entity; who supplied it
// column buyer: entity; who received it
// column valid_from: text; date, or the first of two dates, as the source writes it
// column status: word; status of the claim
// column claim: claim; the row of evidence
// does not show: Supplies whose sources name no product; versions of it; whether it was put to use.
// engines: neo4j, embedded
//
// :param product => null

MATCH (a:Entity)-[s:SUPPLIES]->(b:Entity)
UNWIND s.claim_ids AS claim_id
MATCH (c:Claim {id: claim_id})
MATCH (p:Entity {id: c.product})
WHERE $product IS NULL OR p.id = $product
RETURN p.id AS product, p.name AS product_name, a.id AS supplier, b.id AS buyer,
  c.valid_from AS valid_from, c.status AS status, c.id AS claim
ORDER BY product, supplier, buyer, claim
