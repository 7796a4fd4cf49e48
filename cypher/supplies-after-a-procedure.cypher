// title: Supplies after a step of a procedure
// topic: Listings and procedures
// explains: Dated supplies by a company about which the record holds a dated step of a procedure (a
//   complaint, a charge, a ruling), where the supply may have come later. `certain` says that it
//   did on every reading.
// parameter stage: stage = null; only this stage: complaint, charged, ruling, final …
// column supplier: entity; who supplied
// column supplier_name: text; its name
// column buyer: entity; who received
// column valid_from: text; date of the supply, or the first of two dates, as a source writes it
// column stage: word; stage of the procedure
// column status: word; status of the claim about it
// column stage_date: text; date of that step, as a source writes it
// column certain: boolean; whether the supply came later on every reading of the dates
// column supply: link; the supply
// column procedure: claim; the row of evidence for the step
// does not show: What the procedure was about, which may be another sale: read the claim. A
//   complaint or a charge is no finding. Supplies and steps without a date; stages of which only
//   the supply is dated.
// engines: neo4j, embedded
//
// :param stage => null

MATCH (c:Claim)-[:SUBJECT|OBJECT]->(a:Entity)
WHERE c.relation = 'says' AND c.stage IS NOT NULL AND c.status <> 'withdrawn'
  AND c.valid_from IS NOT NULL AND ($stage IS NULL OR c.stage = $stage)
WITH DISTINCT c, a
MATCH (a)-[s:SUPPLIES]->(b:Entity)
WHERE NOT s.undated AND coalesce(s.outer_to, date('9999-12-31')) >= c.outer_from
RETURN a.id AS supplier, a.name AS supplier_name, b.id AS buyer, s.valid_from AS valid_from,
  c.stage AS stage, c.status AS status, c.valid_from AS stage_date,
  coalesce(s.outer_from >= c.inner_from, false) AS certain, s.link_id AS supply, c.id AS procedure
ORDER BY supplier, buyer, valid_from, stage_date, supply, procedure
