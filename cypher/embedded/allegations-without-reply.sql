SELECT c.id AS claim, c.subject, c.relation, c.object, c.status,
    c.id IN (SELECT claim FROM graph.replies) AS looked_for, c.text
FROM graph.claims AS c
WHERE c.id IN (FROM graph.unanswered)
    AND ($party IS NULL OR c.subject = $party OR c.object = $party)
ORDER BY claim, c.subject, c.object
