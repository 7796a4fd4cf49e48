SELECT l.link_id AS link, l.relation, l.head, c.id AS claim, c.status, s.id AS document, s.title,
    s.publisher, s.date, s.url, s.read_scope, s.root
FROM graph.links AS l
JOIN graph.carried_by AS carried USING (link_id)
JOIN graph.claims AS c ON c.id = carried.claim
JOIN graph.cites ON cites.claim = c.id
JOIN graph.sources AS s ON s.id = cites.source
WHERE l.tail = $tail AND ($head IS NULL OR l.head = $head)
ORDER BY l.relation, l.head, link, c.id, document, s.root
