// title: Contracts and their parties
// topic: Contracts
// explains: Each contract of the record, with all who are said to have supplied under it, who
//   received, the programmes and products that sources name, and the claims.
// parameter contract: contract = null; only this one
// parameter party: entity = null; only those with this supplier or receiver
// column contract: contract; the contract
// column suppliers: set of entity; who supplied under it
// column buyers: set of entity; who received under it
// column programmes: set of entity; programmes that sources name for it
// column products: set of entity; products that sources name for it
// column claims: set of claim; the rows of evidence
// does not show: Contracts to which the record gives no id; their text; whether they were carried
//   out.
// engines: neo4j, embedded
//
// :param contract => null
// :param party => null

MATCH (a:Entity)-[s:SUPPLIES]->(b:Entity)
WHERE s.contract IS NOT NULL AND ($contract IS NULL OR s.contract = $contract)
UNWIND s.claim_ids AS claim_id
MATCH (c:Claim {id: claim_id})
WITH s.contract AS contract, collect(DISTINCT a.id) AS suppliers,
  collect(DISTINCT b.id) AS buyers, collect(DISTINCT c.programme) AS programmes,
  collect(DISTINCT c.product) AS products, collect(DISTINCT c.id) AS claims
WHERE $party IS NULL OR $party IN suppliers OR $party IN buyers
RETURN contract, suppliers, buyers, programmes, products, claims
ORDER BY contract
