SELECT c.id AS claim, c.subject, c.relation, c.object, c.status,
    c.id IN (SELECT claim FROM graph.replies) AS looked_for, c.text
FROM graph.claims AS c
WHERE c.status IN ('alleged', 'disputed') AND c.stance = 'supports'
    AND ($party IS NULL OR c.subject = $party OR c.object = $party)
    AND c.id NOT IN (SELECT claim FROM graph.replies WHERE kind <> 'none_readable')
ORDER BY claim, c.subject, c.object
