SELECT a.id AS party, a.name AS party_name, c.object AS other, c.stage, c.status,
    CASE WHEN c.relation = 'says' THEN c.valid_from END AS stage_date,
    c.id AS claim, c.text
FROM graph.claims AS c JOIN graph.entities AS a ON a.id = c.subject
WHERE c.stage IS NOT NULL AND ($stage IS NULL OR c.stage = $stage)
    AND ($party IS NULL OR c.subject = $party OR c.object = $party)
ORDER BY party, stage_date, other, claim
