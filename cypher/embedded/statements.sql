SELECT c.id AS claim, c.subject, c.object, c.status, c.asserted_by, c.valid_from, c.text
FROM graph.claims AS c
WHERE c.relation = 'says' AND ($status IS NULL OR c.status = $status)
    AND ($party IS NULL OR c.subject = $party OR c.object = $party)
ORDER BY c.subject, c.object, claim
