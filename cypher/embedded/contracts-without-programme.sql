SELECT s.contract, list(DISTINCT s.tail) AS suppliers, list(DISTINCT s.head) AS end_users,
    list(DISTINCT carried.claim) AS claims
FROM graph.links AS s
JOIN graph.carried_by AS carried USING (link_id)
JOIN graph.entities AS b ON b.id = s.head
WHERE s.relation = 'supplies' AND b.kind <> 'company' AND s.contract NOT IN (
    SELECT contract FROM graph.links
    WHERE relation = 'supplies' AND contract IS NOT NULL AND programme IS NOT NULL
)
GROUP BY s.contract
ORDER BY s.contract
