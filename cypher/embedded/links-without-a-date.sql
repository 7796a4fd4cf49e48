SELECT l.relation, a.id AS tail, a.name AS tail_name, b.id AS head, b.name AS head_name, l.line,
    l.link_id AS link, l.claim_ids AS claims
FROM graph.links AS l
JOIN graph.entities AS a ON a.id = l.tail
JOIN graph.entities AS b ON b.id = l.head
WHERE l.undated AND l.relation <> 'same_as' AND ($relation IS NULL OR l.relation = $relation)
ORDER BY l.relation, a.id, b.id, link
