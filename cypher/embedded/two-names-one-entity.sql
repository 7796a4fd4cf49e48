SELECT a.id AS first, a.name AS first_name, b.id AS second, b.name AS second_name, l.line,
    l.link_id AS link, l.claim_ids AS claims
FROM graph.links AS l
JOIN graph.entities AS a ON a.id = l.tail
JOIN graph.entities AS b ON b.id = l.head
WHERE l.relation = 'same_as'
ORDER BY first, second, link
