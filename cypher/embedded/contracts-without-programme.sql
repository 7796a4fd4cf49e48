WITH named AS (
    SELECT DISTINCT contract FROM graph.claims
    WHERE relation = 'supplies' AND stance = 'supports' AND status <> 'withdrawn'
        AND programme IS NOT NULL AND contract IS NOT NULL
)
SELECT s.contract, list(DISTINCT s.tail) AS suppliers, list(DISTINCT s.head) AS end_users,
    list(DISTINCT carried.claim) AS claims
FROM graph.links AS s
JOIN graph.carried_by AS carried USING (link_id)
JOIN graph.entities AS b ON b.id = s.head
WHERE s.relation = 'supplies' AND b.kind <> 'company' AND s.contract IS NOT NULL
    AND s.contract NOT IN (FROM named)
GROUP BY s.contract
ORDER BY s.contract
