SELECT c.id AS claim, c.subject, c.relation, c.object, c.asserted_by, c.sources, c.text
FROM graph.claims AS c
WHERE c.status = 'withdrawn'
ORDER BY claim, c.subject, c.object
