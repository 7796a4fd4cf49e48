SELECT p.id AS programme, p.name AS programme_name, l.relation, b.id AS body, b.name AS body_name,
    l.valid_from, l.valid_to, l.as_of, l.line, l.link_id AS link, l.claim_ids AS claims
FROM graph.links AS l
JOIN graph.entities AS b ON b.id = l.tail
JOIN graph.entities AS p ON p.id = l.head
WHERE (l.relation = 'operates' OR (l.relation = 'contributes_to' AND b.kind <> 'company'))
    AND ($programme IS NULL OR p.id = $programme)
ORDER BY p.id, l.relation, b.id, link
