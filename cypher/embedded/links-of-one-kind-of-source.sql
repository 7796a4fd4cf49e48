WITH resting AS (
    SELECT link_id, list(DISTINCT s.id) AS origins, list(DISTINCT s.type) AS kinds
    FROM graph.carried_by
    JOIN graph.rests_on USING (claim)
    JOIN graph.sources AS s ON s.id = rests_on.source
    GROUP BY link_id
)
SELECT l.tail, l.relation, l.head, l.line, r.origins, l.link_id AS link, l.claim_ids AS claims
FROM graph.links AS l JOIN resting AS r USING (link_id)
WHERE r.kinds = [$type]
ORDER BY l.relation, l.tail, l.head, link
