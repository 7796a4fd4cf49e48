// title: Procedures, and how far they went
// topic: Listings and procedures
// explains: Claims that name a stage of a procedure: complaint, investigation, charge, settlement,
//   dismissal, annulment, ruling, final.
// parameter party: entity = null; only those about or by this one
// parameter stage: stage = null; only this stage
// column party: entity; whom or what the claim is about
// column party_name: text; its name
// column other: entity; the other side of the claim, where it has one
// column stage: word; the stage
// column status: word; status of the claim
// column stage_date: text; date of the stage, as the source writes it; empty for a row about a
//   supply or another link, whose date is not that of the stage
// column claim: claim; the row of evidence
// column text: text; what the source says, in short
// does not show: How a procedure went on where no source says so. A complaint or a charge is no
//   finding, and an official record of it shows the step, not the conduct.
// engines: neo4j, embedded
//
// :param party => null
// :param stage => null

MATCH (c:Claim)-[:SUBJECT]->(a:Entity)
WHERE c.stage IS NOT NULL AND ($stage IS NULL OR c.stage = $stage)
  AND ($party IS NULL OR c.subject = $party OR c.object = $party)
RETURN a.id AS party, a.name AS party_name, c.object AS other, c.stage AS stage, c.status AS status,
  CASE WHEN c.relation = 'says' THEN c.valid_from END AS stage_date, c.id AS claim, c.text AS text
ORDER BY party, stage_date, other, claim
