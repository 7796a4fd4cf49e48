SELECT b.id AS end_user, b.name AS end_user_name, c.technology,
    list(DISTINCT s.tail) AS suppliers, list(DISTINCT c.id) AS claims
FROM graph.links AS s
JOIN graph.carried_by AS carried USING (link_id)
JOIN graph.claims AS c ON c.id = carried.claim
JOIN graph.entities AS b ON b.id = s.head
WHERE s.relation = 'supplies' AND b.kind <> 'company' AND c.technology IS NOT NULL
    AND ($end_user IS NULL OR b.id = $end_user)
    AND ($technology IS NULL OR contains(
        replace(lower(replace(c.technology, 'İ', 'i̇')), 'ς', 'σ'),
        replace(lower(replace($technology, 'İ', 'i̇')), 'ς', 'σ')
    ))
GROUP BY ALL
ORDER BY end_user, c.technology
