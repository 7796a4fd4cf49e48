// title: Who worked under another's contract
// topic: Contracts
// explains: Supplies that a source calls those of a subcontractor, an integrator, a reseller or for
//   maintenance.
// parameter role: role = null; only this role
// column role: word; the role
// column supplier: entity; who supplied in it
// column supplier_name: text; its name
// column buyer: entity; who received
// column buyer_name: text; its name
// column contract: contract; the contract, where the record gives it an id
// column claim: claim; the row of evidence
// does not show: Roles that no source names; who else took part in the contract: `contracts` does.
// engines: neo4j, embedded
//
// :param role => null

MATCH (a:Entity)-[s:SUPPLIES]->(b:Entity)
UNWIND s.claim_ids AS claim_id
MATCH (c:Claim {id: claim_id})
WHERE c.role IS NOT NULL AND c.role <> 'supplier' AND ($role IS NULL OR c.role = $role)
RETURN c.role AS role, a.id AS supplier, a.name AS supplier_name, b.id AS buyer,
  b.name AS buyer_name, s.contract AS contract, c.id AS claim
ORDER BY role, supplier, buyer, contract, claim
