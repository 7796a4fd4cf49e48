// title: Contracts whose programme nobody names
// topic: Contracts
// explains: Contracts under which a public body or an organisation received, and for which no
//   source names a programme.
// column contract: contract; the contract
// column suppliers: set of entity; who supplied under it
// column end_users: set of entity; who received under it
// column claims: set of claim; the rows of evidence
// does not show: Programmes that the end user runs: `leads` does. That no source names a programme
//   does not mean that there is none.
// engines: neo4j, embedded

MATCH (a:Entity)-[s:SUPPLIES]->(b:Entity)
WHERE s.contract IS NOT NULL AND b.kind <> 'company'
  AND NOT EXISTS {
    MATCH (c:Claim {contract: s.contract})
    WHERE c.relation = 'supplies' AND c.stance = 'supports' AND c.status <> 'withdrawn'
      AND c.programme IS NOT NULL
  }
UNWIND s.claim_ids AS claim
RETURN s.contract AS contract, collect(DISTINCT a.id) AS suppliers,
  collect(DISTINCT b.id) AS end_users, collect(DISTINCT claim) AS claims
ORDER BY contract
