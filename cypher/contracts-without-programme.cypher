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
WHERE s.contract IS NOT NULL
UNWIND s.claim_ids AS claim
WITH s.contract AS contract, count(s.programme) AS named,
  collect(DISTINCT CASE WHEN b.kind <> 'company' THEN a.id END) AS suppliers,
  collect(DISTINCT CASE WHEN b.kind <> 'company' THEN b.id END) AS end_users,
  collect(DISTINCT CASE WHEN b.kind <> 'company' THEN claim END) AS claims
WHERE named = 0 AND size(end_users) > 0
RETURN contract, suppliers, end_users, claims
ORDER BY contract
