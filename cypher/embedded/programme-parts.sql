WITH RECURSIVE up(part, whole, hops, links) AS (
    SELECT tail, head, 1, [link_id] FROM graph.links WHERE relation = 'part_of'
    UNION ALL
    SELECT up.part, l.head, hops + 1, list_append(links, l.link_id)
    FROM up JOIN graph.links AS l ON l.relation = 'part_of' AND l.tail = up.whole
    WHERE hops < 4 AND NOT list_contains(links, l.link_id)
)
SELECT w.id AS programme, w.name AS programme_name, p.id AS part, p.name AS part_name, hops, links
FROM up
JOIN graph.entities AS p ON p.id = up.part AND p.kind = 'programme'
JOIN graph.entities AS w ON w.id = up.whole AND w.kind = 'programme'
WHERE $programme IS NULL OR w.id = $programme
ORDER BY programme, hops, p.id, links
